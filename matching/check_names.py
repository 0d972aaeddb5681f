"""A problem's people and sessions by their ids, looked up once for all lifts of a plan.

Part of `check`. Begin with `names_of`.
"""

from collections import Counter
from dataclasses import dataclass

from matching.plan import Plan
from matching.problem import Driver, Problem, Rider, Session


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the ids of *problem* stand for; `apart[a]` are the second ids of its pairs of a."""

    problem: Problem
    drivers: dict[str, Driver]
    riders: dict[str, Rider]
    sessions: dict[str, Session]
    apart: dict[str, list[str]]


def names_of(problem: Problem) -> Names:
    """Look up everybody and everything."""
    apart: dict[str, list[str]] = {}
    for one, other in problem.forbidden:
        apart.setdefault(one, []).append(other)
    return Names(
        problem=problem,
        drivers={driver.id: driver for driver in problem.drivers},
        riders={rider.id: rider for rider in problem.riders},
        sessions={session.id: session for session in problem.sessions},
        apart=apart,
    )


def brought(names: Names, plan: Plan) -> Counter[str]:
    """By session: how many people the plan's lifts bring, drivers too."""
    people: Counter[str] = Counter()
    for lift in plan.lifts:
        people[lift.session] += 1 + sum(names.riders[stop.rider].people for stop in lift.stops)
    return people
