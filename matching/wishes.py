"""What each one asks: sessions for people, drivers and riders for lifts, organisers for pins.

Part of `problem`, where a day is put together and names are looked up. Impossible values are
refused at birth.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matching.values import (
    LONGEST_S,
    MOST_PEOPLE,
    MOST_PLACES_IN_CAR,
    InvalidProblem,
    a_flag,
    a_number,
    a_whole,
    an_id,
    different_ids,
    places_by_type,
)

SEAT_TYPES = ("standard", "wheelchair", "child")


@dataclass(frozen=True, slots=True)
class Session:
    """One shift that people may be brought to.

    Attributes
    ----------
    place
        Index into `Problem.places`.
    minimum, target, maximum, coming
        People: too few below `minimum`, enough at `target`, full at `maximum`; `coming` of
        them come by their own means (more than `maximum` only means that it is full).
    need
        0 to 1: how much the session lacks people.
    """

    id: str
    place: int
    start_s: int
    end_s: int
    minimum: int
    target: int
    maximum: int
    coming: int = 0
    need: float = 0.0

    def __post_init__(self) -> None:
        an_id("id", self.id)
        a_whole("place", self.place)
        a_whole("start_s", self.start_s, most=LONGEST_S)
        a_whole("end_s", self.end_s, least=self.start_s + 1, most=LONGEST_S)
        a_whole("maximum", self.maximum, most=MOST_PEOPLE)
        a_whole("minimum", self.minimum, most=self.maximum)
        a_whole("target", self.target, most=self.maximum)
        a_whole("coming", self.coming, most=MOST_PEOPLE)
        a_number("need", self.need, least=0, most=1)


@dataclass(frozen=True, slots=True)
class Driver:
    """Someone who drives to a session and may have places for others.

    Attributes
    ----------
    home
        Index into `Problem.places`: where the drive begins, and ends when `both_ways`.
    seats
        Places for others by type (`SEAT_TYPES`); the driver's own is not counted. None at
        all is possible: such a driver goes alone.
    earliest_s
        Leaves home no earlier.
    detour_limit_s
        Seconds that each way, stops and all, may last beyond the direct drive.
    sessions, max_direct_s
        The acceptable sessions; None means all whose direct drive is at most `max_direct_s`
        (None: however far). `max_direct_s` counts only where `sessions` is None.
    """

    id: str
    home: int
    seats: Mapping[str, int] = field(hash=False)
    earliest_s: int
    detour_limit_s: int
    sessions: tuple[str, ...] | None = None
    max_direct_s: int | None = None
    both_ways: bool = True

    def __post_init__(self) -> None:
        an_id("id", self.id)
        a_whole("home", self.home)
        seats = places_by_type("seats", self.seats, SEAT_TYPES, MOST_PLACES_IN_CAR)
        object.__setattr__(self, "seats", seats)
        a_whole("earliest_s", self.earliest_s, most=LONGEST_S)
        a_whole("detour_limit_s", self.detour_limit_s, most=LONGEST_S)
        _wishes(self)


@dataclass(frozen=True, slots=True)
class Rider:
    """A party that asks for a lift, never split.

    Attributes
    ----------
    start
        Index into `Problem.places`: where it is picked up, and dropped when `both_ways`.
    needs
        People by the type of place each needs; the party's size is their sum, 1 or more.
    earliest_s
        The car reaches the start no earlier.
    extra_limit_s
        Seconds that each way's time in the car may last beyond the direct drive.
    sessions, max_direct_s
        As for a driver.
    both_ways
        True when the party is only carried by a driver who takes it back as well.
    """

    id: str
    start: int
    needs: Mapping[str, int] = field(hash=False)
    earliest_s: int
    extra_limit_s: int
    sessions: tuple[str, ...] | None = None
    max_direct_s: int | None = None
    both_ways: bool = True

    def __post_init__(self) -> None:
        an_id("id", self.id)
        a_whole("start", self.start)
        needs = places_by_type("needs", self.needs, SEAT_TYPES, MOST_PLACES_IN_CAR)
        object.__setattr__(self, "needs", needs)
        if not needs:
            raise InvalidProblem("needs", "must name at least one person")
        a_whole("earliest_s", self.earliest_s, most=LONGEST_S)
        a_whole("extra_limit_s", self.extra_limit_s, most=LONGEST_S)
        _wishes(self)

    @property
    def people(self) -> int:
        """The party's size."""
        return sum(self.needs.values())


@dataclass(frozen=True, slots=True)
class Pin:
    """A lift to keep: *driver* takes at least *riders* to *session*; exactly, if `closed`."""

    driver: str
    session: str
    riders: tuple[str, ...] = ()
    closed: bool = False

    def __post_init__(self) -> None:
        _lift_ids(self)
        a_flag("closed", self.closed)


@dataclass(frozen=True, slots=True)
class Told:
    """What people were told: that *driver* takes *riders* to *session*. A change has a price."""

    driver: str
    session: str
    riders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _lift_ids(self)


def _wishes(person: Driver | Rider) -> None:
    if person.sessions is not None:
        different_ids("sessions", person.sessions)
    if person.max_direct_s is not None:
        a_whole("max_direct_s", person.max_direct_s, most=LONGEST_S)
    a_flag("both_ways", person.both_ways)


def _lift_ids(lift: Pin | Told) -> None:
    an_id("driver", lift.driver)
    an_id("session", lift.session)
    different_ids("riders", lift.riders)
