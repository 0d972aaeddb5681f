"""What is asked: one campaign day, as frozen dataclasses.

The fields' names are the keys of the JSON form (see `files`). Impossible values are refused
at birth with `InvalidProblem`; a wish that nobody can meet is possible, and is answered in
`plan.Plan.unplaced`. Begin with `Problem`; what it consists of is in `wishes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from matching.values import (
    LONGEST_S,
    InvalidProblem,
    Place,
    a_number,
    a_place,
    a_price,
    a_whole,
    different_ids,
)
from matching.wishes import SEAT_TYPES, Driver, Pin, Rider, Session, Told

__all__ = ["SEAT_TYPES", "Driver", "InvalidProblem", "Pin", "Problem", "Rider", "Session", "Told"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One campaign day.

    Attributes
    ----------
    places
        (lat, lon) in WGS 84 degrees.
    either
        (driver, rider) pairs that are one person: at most one of the two is used.
    forbidden
        Pairs of ids, of drivers or riders, that never share a car.
    drive_s
        Row i, column j: seconds from place i to place j. None: `travel` estimates them.
    dwell_s
        How long a car stops at each pickup or drop.
    early_s
        How long before a session's start its cars arrive.
    change_price
        Worth lost for each person who was told of a lift and is not in it now.
    seed
        Breaks the ties of the search; the same problem with the same seed has one answer.
    deadline_s
        Seconds by the clock after which the best plan so far is given.
    """

    places: tuple[Place, ...]
    sessions: tuple[Session, ...]
    drivers: tuple[Driver, ...] = ()
    riders: tuple[Rider, ...] = ()
    either: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    pins: tuple[Pin, ...] = ()
    told: tuple[Told, ...] = ()
    drive_s: tuple[tuple[int, ...], ...] | None = field(default=None, repr=False)
    dwell_s: int = 60
    early_s: int = 300
    change_price: int = 1000
    seed: int = 1
    deadline_s: float = 30

    def __post_init__(self) -> None:
        for at, place in enumerate(self.places):
            a_place(f"places[{at}]", place)
        a_whole("dwell_s", self.dwell_s, most=LONGEST_S)
        a_whole("early_s", self.early_s, most=LONGEST_S)
        a_price("change_price", self.change_price)
        a_whole("seed", self.seed, most=2**31 - 1)
        a_number("deadline_s", self.deadline_s, least=0, most=86_400)
        _square(self)
        _references(self)
        _lifts_once(self, "pins", self.pins)
        _lifts_once(self, "told", self.told)


def _square(problem: Problem) -> None:
    if problem.drive_s is None:
        return
    size = len(problem.places)
    if len(problem.drive_s) != size:
        raise InvalidProblem("drive_s", f"must have {size} rows, one for each place")
    for at, row in enumerate(problem.drive_s):
        if len(row) != size:
            raise InvalidProblem(f"drive_s[{at}]", f"must have {size} numbers, one for each place")
        for to, seconds in enumerate(row):
            a_whole(f"drive_s[{at}][{to}]", seconds, most=LONGEST_S)


def _references(problem: Problem) -> None:
    """Refuse an id given twice, and a name or an index that means nothing."""
    sessions = _ids("sessions", problem.sessions)
    drivers = _ids("drivers", problem.drivers)
    riders = _ids("riders", problem.riders, taken=drivers)
    size = len(problem.places)
    for at, session in enumerate(problem.sessions):
        a_whole(f"sessions[{at}].place", session.place, most=size - 1)
    for at, driver in enumerate(problem.drivers):
        a_whole(f"drivers[{at}].home", driver.home, most=size - 1)
        _known(f"drivers[{at}].sessions", driver.sessions or (), sessions)
    for at, rider in enumerate(problem.riders):
        a_whole(f"riders[{at}].start", rider.start, most=size - 1)
        _known(f"riders[{at}].sessions", rider.sessions or (), sessions)
    for at, (driver_id, rider_id) in enumerate(problem.either):
        _known(f"either[{at}]", (driver_id,), drivers)
        _known(f"either[{at}]", (rider_id,), riders)
    different_ids("either", (each for pair in problem.either for each in pair))
    people = drivers | riders
    for at, pair in enumerate(problem.forbidden):
        _known(f"forbidden[{at}]", pair, people)
        different_ids(f"forbidden[{at}]", pair)


def _ids(
    path: str, things: Iterable[Session | Driver | Rider], taken: Iterable[str] = ()
) -> set[str]:
    seen = set(taken)
    for at, thing in enumerate(things):
        if thing.id in seen:
            raise InvalidProblem(f"{path}[{at}].id", f"{thing.id} is used twice")
        seen.add(thing.id)
    return seen - set(taken)


def _known(path: str, ids: Iterable[str], known: set[str]) -> None:
    for each in ids:
        if each not in known:
            raise InvalidProblem(path, f"there is no {each}")


def _lifts_once(problem: Problem, path: str, lifts: Iterable[Pin | Told]) -> None:
    """Refuse lifts that name someone unknown, or someone twice."""
    sessions = {session.id for session in problem.sessions}
    drivers = {driver.id for driver in problem.drivers}
    riders = {rider.id for rider in problem.riders}
    seen: set[str] = set()
    for at, lift in enumerate(lifts):
        _known(f"{path}[{at}].driver", (lift.driver,), drivers)
        _known(f"{path}[{at}].session", (lift.session,), sessions)
        _known(f"{path}[{at}].riders", lift.riders, riders)
        for each in (lift.driver, *lift.riders):
            if each in seen:
                raise InvalidProblem(f"{path}[{at}]", f"{each} is in two of them")
            seen.add(each)
