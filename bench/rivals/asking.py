"""First come, first served: every rider asks around, the nearest session and driver first.

For days of any kind, several sessions, ways back and all types of places: what people do who
find each other on a board.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from bench.rivals.answer import Car, answer, back_of, going_back, out_of
from matching.check_lift import travel_s
from matching.plan import Plan
from matching.problem import Driver, Problem, Rider, Session
from matching.travel import on_sphere

SESSIONS = 10  # that somebody asks about

Places = npt.NDArray[np.int64]


def plan(problem: Problem, seconds: float) -> Plan:  # noqa: ARG001 - greedy needs no time
    """Drivers choose the nearest session, then riders ask, all of them in the order of ids.

    A rider asks at the nearest acceptable session first, there the nearest driver first, and
    rides with the first who can take them somewhere on the way. Who could drive or ride
    drives. It knows all limits, but neither pins nor told people; *seconds* is not used.
    """
    board = _Board(problem)
    room = {each.id: each.maximum - each.coming for each in problem.sessions}
    cars: dict[str, list[Car]] = {each.id: [] for each in problem.sessions}
    for driver in sorted(problem.drivers, key=lambda each: each.id):
        for session in board.sessions(driver, driver.home):
            car = Car(driver, session, ())
            if room[session.id] > 0 and _sound(problem, car):
                cars[session.id].append(car)
                room[session.id] -= 1
                break
    driving = {car.driver.id for there in cars.values() for car in there}
    driving_too = {rider for driver, rider in problem.either if driver in driving}
    for rider in sorted(problem.riders, key=lambda each: each.id):
        for session in board.sessions(rider, rider.start) if rider.id not in driving_too else ():
            if room[session.id] >= rider.people and _asks(board, cars[session.id], rider):
                room[session.id] -= rider.people
                break
    return answer(problem, [car for there in cars.values() for car in there])


class _Board:
    """What riders see: which places are nearest to which, and who shares no car with whom."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._points = np.array([on_sphere(place) for place in problem.places]).reshape(-1, 3)
        self._apart = {frozenset(pair) for pair in problem.forbidden}
        self._venues = np.array([each.place for each in problem.sessions], dtype=np.int64)

    def order(self, place: int, others: Places) -> list[int]:
        """The numbers of *others*, the nearest to *place* first."""
        if self.problem.drive_s is not None:
            far = np.array(self.problem.drive_s[place])[others]
        else:
            far = ((self._points[others] - self._points[place]) ** 2).sum(axis=1)
        return [int(each) for each in np.argsort(far, kind="stable")]

    def welcome(self, car: Car, rider: Rider) -> bool:
        """Whether the rider finds places in the car, and nobody they never share one with."""
        seated = all(
            sum(each.needs.get(kind, 0) for each in (*car.riders, rider))
            <= car.driver.seats.get(kind, 0)
            for kind in rider.needs
        )
        apart = self._apart and any(
            frozenset((each.id, rider.id)) in self._apart for each in car.company
        )
        return seated and not apart and (car.driver.both_ways or not rider.both_ways)

    def sessions(self, person: Driver | Rider, place: int) -> Iterator[Session]:
        """Acceptable sessions, the nearest first."""
        found = 0
        for each in self.order(place, self._venues):
            session = self.problem.sessions[each]
            direct_s = travel_s(self.problem, place, session.place)
            far = person.max_direct_s is not None and direct_s > person.max_direct_s
            if far if person.sessions is None else session.id not in person.sessions:
                continue
            yield session
            found += 1
            if found == SESSIONS:
                return


def _asks(board: _Board, cars: list[Car], rider: Rider) -> bool:
    """Whether one of *cars* takes the rider; it is changed in the list."""
    homes = np.array([car.driver.home for car in cars], dtype=np.int64)
    for each in board.order(rider.start, homes):
        taken = _with(board, cars[each], rider)
        if taken is not None:
            cars[each] = taken
            return True
    return False


def _with(board: _Board, car: Car, rider: Rider) -> Car | None:
    """The car with the rider where that takes the driver the least, if anywhere."""
    if not board.welcome(car, rider):
        return None
    longer = [
        replace(car, riders=(*car.riders[:at], rider, *car.riders[at:]))
        for at in range(len(car.riders) + 1)
    ]
    return min(
        (each for each in longer if _sound(board.problem, each)),
        key=lambda each: out_of(board.problem, each).total_s,
        default=None,
    )


def _sound(problem: Problem, car: Car) -> bool:
    """Whether both ways are within everybody's limits; places are not counted."""
    out = out_of(problem, car)
    leave_s = car.session.start_s - problem.early_s - out.total_s
    if out.driver_extra_s > car.driver.detour_limit_s or leave_s < car.driver.earliest_s:
        return False
    for rider, reach_s, extra_s in zip(car.riders, out.reach_s, out.rider_extra_s, strict=True):
        if extra_s > rider.extra_limit_s or leave_s + reach_s < rider.earliest_s:
            return False
    return not car.driver.both_ways or _sound_back(problem, car)


def _sound_back(problem: Problem, car: Car) -> bool:
    back = back_of(problem, car)
    limits: Sequence[int] = [rider.extra_limit_s for rider in going_back(car)]
    return back.driver_extra_s <= car.driver.detour_limit_s and all(
        extra_s <= limit_s for extra_s, limit_s in zip(back.rider_extra_s, limits, strict=True)
    )
