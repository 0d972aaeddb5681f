"""A planned day on which some people change their minds, and who is moved by planning it again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

from matching.plan import Plan
from matching.problem import Problem, Told

CHANGED = 0.02  # of the people: half of them cancel, half of them join


def changed(problem: Problem) -> tuple[Problem, Problem]:
    """The day without those who will join, and without those who will have cancelled."""
    chance = Random(problem.seed)
    everyone = sorted(people_of(problem))
    half = max(1, round(CHANGED * len(everyone) / 2))
    chosen = chance.sample(everyone, 2 * half)
    return _without(problem, chosen[:half]), _without(problem, chosen[half:])


def _without(problem: Problem, ids: Iterable[str]) -> Problem:
    """The day without these people; of an either, both selves go."""
    gone = set(ids)
    gone |= {each for pair in problem.either if gone & set(pair) for each in pair}
    return replace(
        problem,
        drivers=tuple(each for each in problem.drivers if each.id not in gone),
        riders=tuple(each for each in problem.riders if each.id not in gone),
        either=tuple(pair for pair in problem.either if not gone & set(pair)),
        forbidden=tuple(pair for pair in problem.forbidden if not gone & set(pair)),
    )


def told_again(plan: Plan, after: Problem) -> tuple[Told, ...]:
    """What *plan* told those who still come *after*, if their driver still comes too."""
    known = people_of(after)
    return tuple(
        Told(
            lift.driver,
            lift.session,
            tuple(stop.rider for stop in lift.stops if stop.rider in known),
        )
        for lift in plan.lifts
        if lift.driver in known
    )


def moved(told: Iterable[Told], plan: Plan, people: Mapping[str, int]) -> int:
    """How many people are not in *plan* where they were *told* that they would be."""
    lifts = {(lift.driver, lift.session): lift for lift in plan.lifts}
    count = 0
    for each in told:
        lift = lifts.get((each.driver, each.session))
        there = {stop.rider for stop in lift.stops} if lift else set()
        count += lift is None
        count += sum(people[rider] for rider in each.riders if rider not in there)
    return count


def people_of(problem: Problem) -> dict[str, int]:
    """How many people stand behind each id."""
    drivers = dict.fromkeys((driver.id for driver in problem.drivers), 1)
    return drivers | {rider.id: rider.people for rider in problem.riders}
