"""What is wrong with one lift: who is in the car, and both ways minute by minute.

Part of `check`. Begin with `lift_violations`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matching.check_names import Names
from matching.plan import Back, Lift
from matching.problem import SEAT_TYPES, Driver, Problem, Rider, Session
from matching.travel import drive_s
from matching.violation import Violation


def lift_violations(names: Names, lift: Lift) -> Iterator[Violation]:
    """Every promise that *lift*, all of whose ids are known, breaks by itself."""
    problem, car = names.problem, _car(names, lift)
    yield from _company(names, car)
    yield from _acceptable(problem, car)
    yield from _out(problem, car, lift)
    if lift.back is None:
        if car.driver.both_ways:
            yield Violation("way_back", car.driver.id, "goes back, but has no way back")
    elif not car.driver.both_ways:
        yield Violation("way_back", car.driver.id, "does not go back, but has a way back")
    else:
        yield from _back(problem, car, lift.back)


@dataclass(frozen=True, slots=True)
class _Car:
    """A lift's names looked up; riders in the order of their pickups."""

    driver: Driver
    session: Session
    riders: tuple[Rider, ...]


def _car(names: Names, lift: Lift) -> _Car:
    return _Car(
        driver=names.drivers[lift.driver],
        session=names.sessions[lift.session],
        riders=tuple(names.riders[stop.rider] for stop in lift.stops),
    )


def travel_s(problem: Problem, start: int, end: int) -> int:
    """The drive between two places, as the problem gives it or as it is estimated."""
    if problem.drive_s is None:
        return drive_s(problem.places[start], problem.places[end])
    return problem.drive_s[start][end]


def _company(names: Names, car: _Car) -> Iterator[Violation]:
    """Places, pairs that never share a car, and riders who must be taken back."""
    for kind in SEAT_TYPES:
        needed = sum(rider.needs.get(kind, 0) for rider in car.riders)
        if needed > car.driver.seats.get(kind, 0):
            yield Violation("seats", car.driver.id, f"{needed} need a {kind} place")
    together = {car.driver.id, *(rider.id for rider in car.riders)}
    for one in sorted(together):
        for other in together.intersection(names.apart.get(one, ())):
            yield Violation("forbidden", one, f"shares a car with {other}")
    for rider in car.riders:
        if rider.both_ways and not car.driver.both_ways:
            yield Violation("way_back", rider.id, "needs the way back, which this car has not")


def _acceptable(problem: Problem, car: _Car) -> Iterator[Violation]:
    starts: list[tuple[Driver | Rider, int]] = [(car.driver, car.driver.home)]
    starts.extend((rider, rider.start) for rider in car.riders)
    for person, start in starts:
        if person.sessions is not None:
            fine = car.session.id in person.sessions
        else:
            direct = travel_s(problem, start, car.session.place)
            fine = person.max_direct_s is None or direct <= person.max_direct_s
        if not fine:
            yield Violation("session", person.id, f"did not accept {car.session.id}")


def _out(problem: Problem, car: _Car, lift: Lift) -> Iterator[Violation]:
    driver, venue = car.driver, car.session.place
    places = [driver.home, *(rider.start for rider in car.riders), venue]
    reached = _reached(problem, places)
    arrive_s = car.session.start_s - problem.early_s
    leave_s = arrive_s - reached[-1]
    yield from _clock(driver.id, "arrive_s", lift.arrive_s, arrive_s)
    yield from _clock(driver.id, "leave_s", lift.leave_s, leave_s)
    for stop, at in zip(lift.stops, reached, strict=False):
        yield from _clock(stop.rider, "at_s", stop.at_s, leave_s + at)
    if leave_s < driver.earliest_s:
        yield Violation("earliest", driver.id, f"leaves at {leave_s}")
    yield from _detour(problem, car, reached[-1], driver.home, venue)
    for rider, at in zip(car.riders, reached, strict=False):
        if leave_s + at < rider.earliest_s:
            yield Violation("earliest", rider.id, f"is picked up at {leave_s + at}")
        seated_s = reached[-1] - at - problem.dwell_s
        yield from _extra(rider, seated_s - travel_s(problem, rider.start, venue))


def _back(problem: Problem, car: _Car, back: Back) -> Iterator[Violation]:
    going = {rider.id: rider for rider in car.riders if rider.both_ways}
    if sorted(drop.rider for drop in back.drops) != sorted(going):
        yield Violation("way_back", car.driver.id, "drops others than those who go back")
        return
    driver, venue = car.driver, car.session.place
    riders = [going[drop.rider] for drop in back.drops]
    reached = _reached(problem, [venue, *(rider.start for rider in riders), driver.home])
    yield from _clock(driver.id, "back.leave_s", back.leave_s, car.session.end_s)
    for drop, at in zip(back.drops, reached, strict=False):
        yield from _clock(drop.rider, "back.at_s", drop.at_s, car.session.end_s + at)
    yield from _clock(driver.id, "home_s", back.home_s, car.session.end_s + reached[-1])
    yield from _detour(problem, car, reached[-1], venue, driver.home)
    for rider, at in zip(riders, reached, strict=False):
        yield from _extra(rider, at - travel_s(problem, venue, rider.start))


def _reached(problem: Problem, places: Sequence[int]) -> list[int]:
    """Seconds after leaving the first of *places* at which the car reaches each other one."""
    seconds, reached = 0, []
    for start, end in pairwise(places):
        seconds += travel_s(problem, start, end)
        reached.append(seconds)
        seconds += problem.dwell_s
    return reached


def _clock(who: str, what: str, claimed: int, true: int) -> Iterator[Violation]:
    if claimed != true:
        yield Violation("clock", who, f"{what} is {claimed}, not {true}")


def _detour(problem: Problem, car: _Car, seconds: int, start: int, end: int) -> Iterator[Violation]:
    extra = seconds - travel_s(problem, start, end)
    if extra > car.driver.detour_limit_s:
        yield Violation("detour", car.driver.id, f"{extra} s more than the direct drive")


def _extra(rider: Rider, extra: int) -> Iterator[Violation]:
    if extra > rider.extra_limit_s:
        yield Violation("extra", rider.id, f"{extra} s more in the car than directly")
