"""A problem as arrays: what the solving files compute with.

Drivers, riders and sessions are numbered in the order of their ids, so that comparing
numbers is comparing ids and the order of a problem's lists changes nothing. A *person* is
a driver, numbered alike, or a rider, numbered after the drivers; but the rider's self of an
`either` has the number of the driver. Begin with `Day`.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.problem import Driver, Problem, Rider, Session

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]  # of riders, where there are millions of them
Marks = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Way:
    """One way's times for all sessions: to the venue, or (read backwards) from it.

    `link[i, j]` is the drive between places i and j in the direction of growth: a chain of
    stops grows from the venue outwards, so on the way back the table is transposed.
    `driver_limit[d, s]` is the longest that the whole drive may last, `rider_limit[r, s]` the
    longest from the car's reaching the rider's start to the venue, that stop included;
    negative where the time of day rules it out. `least` is no more than any way round by
    other places takes (`link` itself may be longer, since given tables need not be metric).
    """

    link: Numbers
    least: Numbers
    driver_direct: Whole
    driver_limit: Whole
    rider_direct: Whole
    rider_limit: Whole


@dataclass(frozen=True)
class Day:
    """One day's arrays: `[d]` by driver, `[r]` by rider, `[s]` by session. See `numbering`.

    `driver_ok` and `rider_ok` say who accepts which session; narrowing them (and
    raising `coming`) makes a smaller day of the same shape, which is how neighbourhoods are
    solved. `told_session[d]` and `told_driver[r]` are -1 for people who were told nothing.
    `apart_driver` holds (driver, rider) pairs, both selves of an either among them.
    `pins[d]` is (session, riders, closed).
    """

    problem: Problem
    drivers: tuple[Driver, ...]
    riders: tuple[Rider, ...]
    sessions: tuple[Session, ...]
    home: Whole
    start: Whole
    seats: Whole
    needs: Whole
    driver_both: Flags
    rider_both: Flags
    driver_ok: Flags
    rider_ok: Flags
    coming: Whole
    out: Way
    back: Way
    person_of_rider: Whole
    apart_riders: frozenset[tuple[int, int]]
    apart_driver: frozenset[tuple[int, int]]
    told_session: Whole
    told_driver: Whole
    pins: dict[int, tuple[int, tuple[int, ...], bool]]

    @property
    def persons(self) -> int:
        """One more than the highest number of a person."""
        return len(self.drivers) + len(self.riders)

    @cached_property
    def people(self) -> Whole:
        """By rider: the party's size."""
        return np.asarray(self.needs.sum(axis=1))

    @cached_property
    def mark(self) -> Marks:
        """By rider: a random number, so that the sum over a set tells it from all others."""
        numbers = np.random.default_rng(0).integers(1, 2**63, len(self.riders))
        return numbers.astype(np.uint64)

    @cached_property
    def pinned_riders(self) -> frozenset[int]:
        """Riders that only their pin's driver may take."""
        return frozenset(r for _, riders, _ in self.pins.values() for r in riders)

    @cached_property
    def told_price(self) -> int:
        """What it costs to change everything that anyone was told."""
        told = int((self.told_session >= 0).sum()) + int(self.people[self.told_driver >= 0].sum())
        return told * self.problem.change_price

    @property
    def room(self) -> Whole:
        """By session: how many people more it can take; if more than there are, one more."""
        maximum = np.array([s.maximum for s in self.sessions], dtype=np.int64)
        everyone = len(self.drivers) + int(self.people.sum()) + 1
        return np.asarray(np.clip(maximum - self.coming, 0, everyone))

    def worth_of(self, s: int) -> Whole:
        """Worth of 0, 1, ... `room[s]` people more at session *s*."""
        session, coming = self.sessions[s], int(self.coming[s])
        count = coming + np.arange(int(self.room[s]) + 1, dtype=np.int64)
        unit = weight(session)
        below = np.minimum(count, session.target) - min(coming, session.target)
        bonus = unit * session.minimum * (count >= session.minimum) * (coming < session.minimum)
        return np.asarray(unit * (count - coming) + unit * below + bonus)

    def only(self, drivers: Flags, riders: Flags, coming: Whole) -> "Day":
        """The day with these `[d, s]` drivers and `[r]` riders alone, sessions holding *coming*."""
        return replace(
            self.holding(coming),
            driver_ok=self.driver_ok & drivers,
            rider_ok=self.rider_ok & riders[:, None],
            pins={d: pin for d, pin in self.pins.items() if drivers[d].any()},
        )

    def holding(self, coming: Whole) -> "Day":
        """The day with *coming* people at its sessions already."""
        return replace(self, coming=coming)


def place_in_run(keys: Whole | Numbers) -> Whole:
    """By item of sorted *keys*: how many equal ones stand before it."""
    return np.asarray(np.arange(len(keys)) - np.searchsorted(keys, keys))


def weight(session: Session) -> int:
    """The worth of a person beyond the session's target: w of the objective."""
    return 1000 + round(1000 * session.need)
