"""From who rides with whom to a whole `Plan`, so that `matching.check` can judge any tool.

Written beside the solver, not with it. A tool that proves nothing gets the plainest bound
there is, and no reasons: `outbid` stands for all of them. Begin with `answer`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matching.check_lift import travel_s
from matching.plan import Back, Drop, Lift, Plan, Reason, Status, Stop, Unplaced
from matching.problem import Driver, Problem, Rider, Session


@dataclass(frozen=True)
class Car:
    """A driver on the way to a session; riders in the order of pickups, dropped in reverse."""

    driver: Driver
    session: Session
    riders: tuple[Rider, ...]

    @property
    def company(self) -> list[Driver | Rider]:
        """All of them, the driver too; a party counts as one."""
        return [self.driver, *self.riders]

    @property
    def people(self) -> int:
        """How many they are; a party of three counts as three."""
        return 1 + sum(rider.people for rider in self.riders)


@dataclass(frozen=True)
class Way:
    """One way of a car: when each stop is reached, the seconds in all, and those too many.

    `reach_s` counts from the beginning; `driver_extra_s` and `rider_extra_s` (a rider each)
    are what it takes beyond the direct drives.
    """

    reach_s: list[int]
    total_s: int
    driver_extra_s: int
    rider_extra_s: list[int]


def out_of(problem: Problem, car: Car) -> Way:
    """The way to the session."""
    venue = car.session.place
    reach_s, total_s = _reach(
        problem, [car.driver.home, *(rider.start for rider in car.riders), venue]
    )
    extra_s = [
        total_s - at_s - problem.dwell_s - travel_s(problem, rider.start, venue)
        for rider, at_s in zip(car.riders, reach_s, strict=True)
    ]
    direct_s = travel_s(problem, car.driver.home, venue)
    return Way(reach_s, total_s, total_s - direct_s, extra_s)


def back_of(problem: Problem, car: Car) -> Way:
    """The way back of those who need it."""
    venue, riders = car.session.place, going_back(car)
    reach_s, total_s = _reach(problem, [venue, *(rider.start for rider in riders), car.driver.home])
    extra_s = [
        at_s - travel_s(problem, venue, rider.start)
        for rider, at_s in zip(riders, reach_s, strict=True)
    ]
    return Way(reach_s, total_s, total_s - travel_s(problem, venue, car.driver.home), extra_s)


def going_back(car: Car) -> list[Rider]:
    """Who is dropped on the way back, in this order."""
    return [rider for rider in reversed(car.riders) if rider.both_ways]


def answer(problem: Problem, cars: Iterable[Car]) -> Plan:
    """The plan that consists of *cars*, with all its numbers."""
    every = sorted(cars, key=lambda car: car.driver.id)
    ways = [out_of(problem, car) for car in every]
    ways += [back_of(problem, car) for car in every if car.driver.both_ways]
    worth, bound = _worth(problem, every), _bound(problem)
    return Plan(
        status=Status.FEASIBLE,
        worth=worth,
        driver_extra_s=sum(way.driver_extra_s for way in ways),
        rider_extra_s=sum(sum(way.rider_extra_s) for way in ways),
        bound=bound,
        gap=(bound - worth) / max(1, bound),
        proven_levels=0,
        lifts=tuple(_lift(problem, car) for car in every),
        unplaced=_unplaced(problem, every),
    )


def _reach(problem: Problem, places: Sequence[int]) -> tuple[list[int], int]:
    """Seconds until each stop between the first and the last of *places*, and in all."""
    at_s, reached = 0, []
    for before, place in pairwise(places):
        at_s += travel_s(problem, before, place)
        reached.append(at_s)
        at_s += problem.dwell_s
    return reached[:-1], reached[-1]


def _lift(problem: Problem, car: Car) -> Lift:
    way = out_of(problem, car)
    arrive_s = car.session.start_s - problem.early_s
    leave_s = arrive_s - way.total_s
    stops = tuple(
        Stop(rider.id, leave_s + at_s) for rider, at_s in zip(car.riders, way.reach_s, strict=True)
    )
    back = _back(problem, car) if car.driver.both_ways else None
    return Lift(car.driver.id, car.session.id, leave_s, stops, arrive_s, back)


def _back(problem: Problem, car: Car) -> Back:
    way, end_s = back_of(problem, car), car.session.end_s
    drops = tuple(
        Drop(rider.id, end_s + at_s)
        for rider, at_s in zip(going_back(car), way.reach_s, strict=True)
    )
    return Back(end_s, drops, end_s + way.total_s)


def _worth(problem: Problem, cars: Sequence[Car]) -> int:
    """As the statement of the problem has it; nobody was told anything before."""
    brought = dict.fromkeys((session.id for session in problem.sessions), 0)
    for car in cars:
        brought[car.session.id] += car.people
    worth = 0
    for session in problem.sessions:
        unit = 1000 + round(1000 * session.need)
        missing = max(0, session.target - session.coming)
        worth += unit * (brought[session.id] + min(missing, brought[session.id]))
        if session.coming < session.minimum <= session.coming + brought[session.id]:
            worth += unit * session.minimum
    return worth


def _bound(problem: Problem) -> int:
    """Everybody, where they count most, and every minimum reached (both selves of an either)."""
    units = [1000 + round(1000 * session.need) for session in problem.sessions]
    people = len(problem.drivers) + sum(rider.people for rider in problem.riders)
    minima = zip(units, problem.sessions, strict=True)
    return 2 * people * max(units, default=0) + sum(u * each.minimum for u, each in minima)


def ids_of(people: Iterable[Driver | Rider]) -> set[str]:
    """The ids of *people*."""
    return {each.id for each in people}


def _unplaced(problem: Problem, cars: Sequence[Car]) -> tuple[Unplaced, ...]:
    """Everyone else; who could drive or ride is named once, as the rider."""
    used = ids_of(each for car in cars for each in car.company)
    known = set(used)
    for driver, rider in problem.either:
        known |= {driver, rider} if used & {driver, rider} else {driver}
    everyone = ids_of(problem.drivers) | ids_of(problem.riders)
    return tuple(Unplaced(each, Reason.OUTBID) for each in sorted(everyone - known))
