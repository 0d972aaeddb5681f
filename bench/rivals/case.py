"""One session's day as the routing problem that every tool of this kind knows.

A car arrives at a fixed instant and never waits. So a limit on a drive's length is an earliest
time at which it may begin, and each person has exactly one time window: a driver's opens when
they may leave, a rider's when the car may reach them, and all of them close on arrival. A tool
that may wait on the way gains nothing: whatever it finds, all later by what it waited, is a
route without waiting that meets the same windows. Begin with `case_of`, then `plan_of`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.rivals.answer import Car, answer
from matching.plan import Plan
from matching.problem import SEAT_TYPES, Driver, Problem, Rider, Session
from matching.travel_table import drive_table


class Inexpressible(ValueError):
    """The day has what routing tools do not know: several sessions, ways back, pins."""


@dataclass(frozen=True)
class Case:
    """The day in numbers; drivers and riders are those who could come if they were alone.

    Attributes
    ----------
    drive_s
        Row i, column j: seconds from point i to point j. The points are the drivers' homes,
        then the riders' starts, then the venue.
    seats, needs
        By driver, by rider: places of each type that any rider needs.
    leave_s, reach_s
        By driver, by rider: the earliest instant to leave home, to reach the start.
    arrive_s
        When every car arrives.
    room
        People that may still come, drivers counted.
    """

    problem: Problem
    session: Session
    drivers: tuple[Driver, ...]
    riders: tuple[Rider, ...]
    drive_s: list[list[int]]
    seats: list[list[int]]
    needs: list[list[int]]
    leave_s: list[int]
    reach_s: list[int]
    arrive_s: int
    room: int

    @property
    def venue(self) -> int:
        """The venue's point."""
        return len(self.drivers) + len(self.riders)

    def start(self, rider: int) -> int:
        """A rider's point."""
        return len(self.drivers) + rider

    def extra_s(self, driver: int, riders: Sequence[int]) -> int | None:
        """Seconds beyond the direct drive when *riders* are picked up in this order.

        None: the car cannot do it.
        """
        if any(
            sum(each) > seats
            for *each, seats in zip(
                *(self.needs[r] for r in riders), self.seats[driver], strict=True
            )
        ):
            return None
        way = [driver, *map(self.start, riders), self.venue]
        at_s = self.arrive_s
        for before, point in reversed(list(pairwise(way))):
            at_s -= self.drive_s[before][point]
            if before != driver:
                at_s -= self.problem.dwell_s
                if at_s < self.reach_s[before - len(self.drivers)]:
                    return None
        if at_s < self.leave_s[driver]:
            return None
        return self.arrive_s - at_s - self.drive_s[driver][self.venue]


def case_of(problem: Problem) -> Case:
    """Put the day in numbers.

    Raises
    ------
    Inexpressible
        When it is no day of one session, out only, without pins, pairs and told people.
    """
    everyone: list[Driver | Rider] = [*problem.drivers, *problem.riders]
    if len(problem.sessions) != 1 or any(person.both_ways for person in everyone):
        raise Inexpressible("routing tools know one session, out only")
    if problem.either or problem.forbidden or problem.pins or problem.told:
        raise Inexpressible("routing tools know no pairs, pins and told people")
    [session] = problem.sessions
    arrive_s = session.start_s - problem.early_s
    drive_s = _table(problem)
    drivers, leave_s = _drivers(problem, session, drive_s, arrive_s)
    riders, reach_s = _riders(problem, session, drive_s, arrive_s)
    kinds = [kind for kind in SEAT_TYPES if any(kind in rider.needs for rider in riders)]
    places = [*(each.home for each in drivers), *(each.start for each in riders), session.place]
    return Case(
        problem=problem,
        session=session,
        drivers=drivers,
        riders=riders,
        drive_s=[[drive_s[i][j] for j in places] for i in places],
        seats=[[each.seats.get(kind, 0) for kind in kinds] for each in drivers],
        needs=[[each.needs.get(kind, 0) for kind in kinds] for each in riders],
        leave_s=leave_s,
        reach_s=reach_s,
        arrive_s=arrive_s,
        room=max(0, session.maximum - session.coming),
    )


def _table(problem: Problem) -> Sequence[Sequence[int]]:
    if problem.drive_s is not None:
        return problem.drive_s
    table: list[list[int]] = drive_table(problem.places).tolist()
    return table


def _accepts(person: Driver | Rider, session: Session, direct_s: int) -> bool:
    if person.sessions is not None:
        return session.id in person.sessions
    return person.max_direct_s is None or direct_s <= person.max_direct_s


def _drivers(
    problem: Problem, session: Session, drive_s: Sequence[Sequence[int]], arrive_s: int
) -> tuple[tuple[Driver, ...], list[int]]:
    found = []
    for driver in problem.drivers:
        direct_s = drive_s[driver.home][session.place]
        leave_s = max(driver.earliest_s, arrive_s - direct_s - driver.detour_limit_s)
        if _accepts(driver, session, direct_s) and leave_s + direct_s <= arrive_s:
            found.append((driver, leave_s))
    return tuple(driver for driver, _ in found), [leave_s for _, leave_s in found]


def _riders(
    problem: Problem, session: Session, drive_s: Sequence[Sequence[int]], arrive_s: int
) -> tuple[tuple[Rider, ...], list[int]]:
    found = []
    for rider in problem.riders:
        direct_s = drive_s[rider.start][session.place]
        onward_s = problem.dwell_s + direct_s
        reach_s = max(rider.earliest_s, arrive_s - onward_s - rider.extra_limit_s)
        if _accepts(rider, session, direct_s) and reach_s + onward_s <= arrive_s:
            found.append((rider, reach_s))
    return tuple(rider for rider, _ in found), [reach_s for _, reach_s in found]


def plan_of(case: Case, routes: Sequence[Sequence[int]]) -> Plan:
    """The plan in which each driver picks up the riders of their route, in its order.

    Drivers without riders go alone, as in our own plans. No tool is told how many people the
    session takes, so whoever is too many stays at home: first drivers without riders, then
    the parties that leave the fewest of the session's places empty, and drivers without
    riders fill those.
    """
    people = [rider.people for rider in case.riders]
    alone = [driver for driver, route in enumerate(routes) if not route]
    cars = {driver: list(route) for driver, route in enumerate(routes) if route}
    over = len(cars) + sum(people[r] for route in cars.values() for r in route) - case.room
    while over > 0 and cars:
        carried = [(driver, r) for driver, route in cars.items() for r in route]
        driver, r = min(carried, key=lambda each: abs(over - people[each[1]]))
        cars[driver].remove(r)
        over -= people[r]
        if not cars[driver]:
            del cars[driver]
            alone.append(driver)
            over -= 1
    cars |= {driver: [] for driver in alone[: max(0, -over)]}
    return answer(
        case.problem,
        [
            Car(case.drivers[driver], case.session, tuple(case.riders[r] for r in route))
            for driver, route in cars.items()
        ],
    )
