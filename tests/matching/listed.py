"""Tiny days with all of their loads, as the tests of the solving files ask for them."""

from collections.abc import Iterator

from matching.chains import Size
from matching.day import Day
from matching.greedy import first_plan
from matching.listing import all_loads
from matching.loads import Loads
from matching.numbering import day_of
from matching.pins import pinned_loads
from matching.problem import InvalidProblem, Problem
from tests.matching.tiny import pressed_problem, tiny_problem

Key = tuple[int, int, frozenset[int]]
Cost = tuple[int, int, int, int]


def tiny_problems(count: int) -> Iterator[tuple[str, Problem]]:
    """So many, each with what a failure should say of it."""
    for seed in range(count):
        made = pressed_problem if seed % 3 == 2 else tiny_problem
        yield f"{made.__name__}({seed})", made(seed)


def kept_days(count: int) -> Iterator[tuple[str, Problem, Day, Loads]]:
    """Those of so many tiny days whose pins can be kept, with a first plan."""
    for name, problem in tiny_problems(count):
        day = day_of(problem)
        try:
            pinned = pinned_loads(day)
        except InvalidProblem:
            continue
        yield name, problem, day, first_plan(day, pinned, bool)


def every_load(day: Day) -> Loads:
    """All loads of a tiny day."""
    loads, complete = all_loads(day, Size(states=10**6, loads=10**6))
    assert complete
    return loads


def keys(loads: Loads) -> list[Key]:
    """By load: driver, session, riders."""
    riders = [frozenset(row) - {-1} for row in loads.riders.tolist()]
    return list(zip(loads.driver.tolist(), loads.session.tolist(), riders, strict=True))


def costs(loads: Loads) -> dict[Key, Cost]:
    """By load: people, the driver's and the riders' seconds, and what is saved of changes."""
    columns = (loads.people, loads.driver_extra, loads.rider_extra, loads.told)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return dict(zip(keys(loads), rows, strict=True))
