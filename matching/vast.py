"""Days too large for one table of drives: regions, each a large day of its own.

Sessions are cut into regions, and everyone belongs to the region of the nearest session that
they accept (of the one they were told of or are pinned to, if any). So nobody is offered what
another region would have for them; and the bound is coarse: as if everyone came to where they
count most. Begin with `by_regions`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.answer import Watch, plan_of
from matching.crew import Crew
from matching.day import Flags, Whole, weight
from matching.large import at_once
from matching.numbering import day_of, used_places
from matching.pins import pinned_loads
from matching.plan import Plan, Status
from matching.problem import Driver, Pin, Problem, Rider, Session, Told
from matching.shares import cut
from matching.travel_table import drives

REGION = 6_000  # people in a region, at most, but for sessions that have more
ROWS = 2_000  # people whose drives to all sessions are looked at together
AFTER = 0.05  # of a region's time is left to the others


@dataclass(frozen=True)
class Choices:
    """By person: the nearest session they accept (-1: none), and what they are worth at most."""

    nearest: Whole
    worth: Whole


def by_regions(problem: Problem, workers: int, watch: Watch, *, people: int = REGION) -> Plan:
    """The plan of all regions, of at most so many *people* each, together.

    Raises
    ------
    InvalidProblem
        When a pin cannot be kept.
    """
    riders, drivers = _choices(problem, problem.riders), _choices(problem, problem.drivers)
    regions = _regions(problem, drivers.nearest, riders.nearest, people)
    watch.phase("read")
    rounds = -(-len(regions) // max(1, workers))
    each_s = max(0.0, watch.left_s() / max(1, rounds)) * (1 - AFTER)
    timed = [replace(region, deadline_s=each_s) for region in regions]
    with Crew(timed, workers) as crew:
        plans = list(crew.each(_solved, range(len(timed))))
    watch.phase("search")
    watch.mark("found")
    most = int(riders.worth.sum() + drivers.worth.sum())
    return _together(problem, regions, plans, most, watch)


def _solved(regions: list[Problem], number: int) -> Plan:
    watch = Watch(regions[number].deadline_s)
    day = day_of(regions[number])
    with Crew(day, 1) as crew:
        found = at_once(day, pinned_loads(day), crew, watch.left_s, watch.mark)
    return plan_of(day, found, watch)


def _choices(problem: Problem, people: Sequence[Driver | Rider]) -> Choices:
    venues = [problem.places[session.place] for session in problem.sessions]
    number = {session.id: at for at, session in enumerate(problem.sessions)}
    unit = np.array([2 * weight(session) for session in problem.sessions], dtype=np.int64)
    nearest = np.full(len(people), -1, dtype=np.int64)
    worth = np.zeros(len(people), dtype=np.int64)
    for begin in range(0, len(people) if venues else 0, ROWS):
        some = people[begin : begin + ROWS]
        direct = drives([problem.places[_home(each)] for each in some], venues).astype(np.int64)
        ok = np.array([_accepts(each, number, row) for each, row in zip(some, direct, strict=True)])
        direct[~ok] = np.iinfo(np.int64).max
        near = np.where(ok.any(axis=1), direct.argmin(axis=1), -1)
        nearest[begin : begin + len(some)] = near
        size = np.array([each.people if isinstance(each, Rider) else 1 for each in some])
        worth[begin : begin + len(some)] = size * np.where(ok, unit, 0).max(axis=1)
    return Choices(nearest, worth)


def _home(person: Driver | Rider) -> int:
    return person.home if isinstance(person, Driver) else person.start


def _accepts(person: Driver | Rider, number: dict[str, int], direct: Whole) -> Flags:
    if person.sessions is not None:
        found = np.zeros(len(direct), dtype=bool)
        found[[number[each] for each in person.sessions]] = True
        return found
    if person.max_direct_s is None:
        return np.ones(len(direct), dtype=bool)
    return np.asarray(direct <= person.max_direct_s)


def _regions(problem: Problem, drivers: Whole, riders: Whole, people: int) -> list[Problem]:
    """The problem in parts that share nobody and no session."""
    number = {session.id: at for at, session in enumerate(problem.sessions)}
    session = {each.id: int(s) for each, s in zip(problem.drivers, drivers, strict=True)}
    session |= {each.id: int(s) for each, s in zip(problem.riders, riders, strict=True)}
    for driver, rider in problem.either:
        session[rider] = session[driver] = max(session[driver], session[rider])
    lifts: list[Told | Pin] = [*problem.told, *problem.pins]
    for lift in lifts:
        session |= dict.fromkeys((lift.driver, *lift.riders), number[lift.session])
    pinned = {rider for pin in problem.pins for rider in pin.riders}
    for driver, rider in problem.either:
        first, second = (driver, rider) if rider in pinned else (rider, driver)
        session[first] = session[second]
    size = np.bincount([s for s in session.values() if s >= 0], minlength=len(problem.sessions))
    venues = [problem.places[each.place] for each in problem.sessions]
    groups = cut(venues, size, people, 0.5)
    region = np.zeros(len(problem.sessions) + 1, dtype=np.int64)
    for at, group in enumerate(groups):
        region[group] = at
    where = {each: int(region[s]) for each, s in session.items()}
    return [_region(problem, at, where, region) for at in range(max(1, len(groups)))]


def _region(problem: Problem, at: int, where: dict[str, int], region: Whole) -> Problem:
    """Region *at*: its sessions, its people, and the places that they name."""
    sessions = [each for s, each in enumerate(problem.sessions) if region[s] == at]
    drivers = [each for each in problem.drivers if where[each.id] == at]
    riders = [each for each in problem.riders if where[each.id] == at]
    known = {each.id for each in sessions}
    part = replace(
        problem,
        sessions=tuple(sessions),
        drivers=tuple(replace(each, sessions=_known(each, known)) for each in drivers),
        riders=tuple(replace(each, sessions=_known(each, known)) for each in riders),
        either=tuple(pair for pair in problem.either if where[pair[0]] == at),
        forbidden=tuple(
            pair for pair in problem.forbidden if {where[each] for each in pair} == {at}
        ),
        pins=tuple(pin for pin in problem.pins if pin.session in known),
        told=tuple(_told(problem, where, at)),
    )
    return used_places(part)


def _told(problem: Problem, where: dict[str, int], at: int) -> Iterator[Told]:
    """What people of region *at* were told, as far as the driver is of it too."""
    for told in problem.told:
        if where[told.driver] == at:
            yield replace(told, riders=tuple(each for each in told.riders if where[each] == at))


def _known(person: Driver | Rider, known: set[str]) -> tuple[str, ...] | None:
    if person.sessions is None:
        return None
    return tuple(each for each in person.sessions if each in known)


def _together(
    problem: Problem, regions: list[Problem], plans: list[Plan], worth: int, watch: Watch
) -> Plan:
    most = min(worth + _bonus(problem), sum(map(_full, problem.sessions)))
    lost = _people_told(problem) - sum(map(_people_told, regions))
    total = sum(plan.worth for plan in plans) - lost * problem.change_price
    late = any(plan.status is Status.DEADLINE for plan in plans)
    watch.phase("together")
    return Plan(
        status=Status.DEADLINE if late else Status.FEASIBLE,
        worth=total,
        driver_extra_s=sum(plan.driver_extra_s for plan in plans),
        rider_extra_s=sum(plan.rider_extra_s for plan in plans),
        bound=most,
        gap=round((most - total) / max(1, most), 6),
        proven_levels=0,
        lifts=tuple(
            sorted((lift for plan in plans for lift in plan.lifts), key=lambda lift: lift.driver)
        ),
        unplaced=tuple(
            sorted((each for plan in plans for each in plan.unplaced), key=lambda each: each.id)
        ),
        seconds=watch.seconds,
    )


def _people_told(problem: Problem) -> int:
    people = {rider.id: rider.people for rider in problem.riders}
    return sum(1 + sum(people[each] for each in told.riders) for told in problem.told)


def _bonus(problem: Problem) -> int:
    return sum(weight(each) * each.minimum for each in problem.sessions)


def _full(session: Session) -> int:
    """What a full session is worth."""
    room = max(0, session.maximum - session.coming)
    below = max(0, min(session.target, session.maximum) - session.coming)
    lifted = session.coming < session.minimum <= session.maximum
    return weight(session) * (room + below + session.minimum * lifted)
