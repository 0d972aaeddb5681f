"""Is what a dive comes up with always a plan?"""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from matching.day import Day
from matching.diving import PACES, dived
from matching.generate import generate
from matching.goals import goals_of, together
from matching.greedy import first_plan
from matching.loads import Loads, no_loads, persons_of
from matching.numbering import day_of
from matching.pins import pinned_loads
from matching.pools import Grown
from matching.prices import FINE, Level
from matching.problem import Pin
from matching.relaxation import Until, relaxed
from tests.matching.days import a_day, a_rider
from tests.matching.listed import every_load, kept_days, keys

ROUNDS = 12  # of cuts


def test_a_dive_makes_a_plan_of_known_loads_that_no_bound_forbids() -> None:
    plans = 0
    for number, (name, _, day, first) in enumerate(kept_days(200)):
        pace = PACES[number % len(PACES)]

        found, most = _dive(day, first, number % 2 == 0, pace_number=number % len(PACES))

        if found is None:
            continue
        plans += 1
        _is_plan(day, found, f"{name} {pace}")
        assert set(keys(found)) <= set(keys(every_load(day))), name
        assert _value(day, found, number % 2 == 0) * FINE <= most, name
    assert plans > 150


@pytest.mark.parametrize("seed", range(3))
def test_a_dive_in_a_day_of_dozens_makes_a_plan_about_as_good_as_its_bound(seed: int) -> None:
    day = day_of(generate(70, seed, sessions=3))
    first = first_plan(day, no_loads(), bool)

    found, most = _dive(day, first, both=False, pace_number=0)

    assert found is not None, f"seed {seed}"
    _is_plan(day, found, f"seed {seed}")
    assert 0.9 * most <= _value(day, found, both=False) * FINE <= most, f"seed {seed}"


def test_a_dive_without_time_leaves_no_pin_out() -> None:
    day = day_of(a_day(riders=(a_rider(),), pins=(Pin("d", "s", ("r",)),)))

    found, _ = _dive(day, pinned_loads(day), both=False, pace_number=0, left_s=lambda: 0.0)

    assert found is None


def _dive(
    day: Day,
    first: Loads,
    both: bool,
    pace_number: int,
    left_s: Callable[[], float] = lambda: 60.0,
) -> tuple[Loads | None, int]:
    """The plan of a dive from a linear program with cuts, and that program's bound."""
    level = Level(together(day) if both else goals_of(day)[0])
    pool = Grown(day, first, bool)
    until = Until(lambda: 60.0, rounds=ROUNDS)
    linear = relaxed(day, pool, level, np.arange(len(first)), until)
    assert linear is not None
    found = dived(day, pool, level, linear, PACES[pace_number], left_s)
    return None if found is None else pool.loads.pick(found), linear.bound.total


def _value(day: Day, loads: Loads, both: bool) -> int:
    return (together(day) if both else goals_of(day)[0]).of(loads)


def _is_plan(day: Day, loads: Loads, name: str) -> None:
    persons = persons_of(day, loads)
    assert max(Counter(persons[persons >= 0].tolist()).values(), default=0) <= 1, name
    people = np.bincount(loads.session, loads.people, len(day.sessions))
    assert (people <= day.room).all(), name
    driven = {driver: (session, riders) for driver, session, riders in keys(loads)}
    for driver, (session, must, closed) in day.pins.items():
        there, riders = driven[driver]
        assert there == session, name
        assert riders == set(must) if closed else riders >= set(must), name
