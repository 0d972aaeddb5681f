"""What is answered: who drives whom where, and why somebody is left out.

The fields' names are the keys of the JSON form (see `files`). A plan says what it claims;
whether that is true, `check.violations` finds out. Begin with `Plan`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How the search ended.

    `OPTIMAL`: no plan has a higher worth, and that is proven. `FEASIBLE`: the search used
    up its fixed amount of work, which is the same on every machine. `DEADLINE`: the clock
    stopped it, so another machine may answer otherwise.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    DEADLINE = "deadline"


class Reason(StrEnum):
    """Why a person is in no lift.

    Who could serve them is narrowed step by step (`reasons`); the step that leaves nobody is
    the reason. `OUTBID` is what remains: they could be taken, but only in place of others who
    count for as much or more.
    """

    NO_SESSION_FITS = "no_session_fits"
    NO_DRIVER_NEAR = "no_driver_near"
    TOO_EARLY = "too_early"
    PLACES_FULL = "places_full"
    NEEDS_NOT_MET = "needs_not_met"
    WAY_BACK = "way_back"
    SESSION_FULL = "session_full"
    OUTBID = "outbid"


@dataclass(frozen=True, slots=True)
class Stop:
    """A pickup; `at_s` is when the car reaches it."""

    rider: str
    at_s: int


@dataclass(frozen=True, slots=True)
class Drop:
    """The end of a rider's way back; `at_s` is when the car reaches it."""

    rider: str
    at_s: int


@dataclass(frozen=True, slots=True)
class Back:
    """The way back; `leave_s` is the session's end."""

    leave_s: int
    drops: tuple[Drop, ...]
    home_s: int


@dataclass(frozen=True, slots=True)
class Lift:
    """One car to one session. No stops: the driver goes alone. No `back`: one way only."""

    driver: str
    session: str
    leave_s: int
    stops: tuple[Stop, ...]
    arrive_s: int
    back: Back | None


@dataclass(frozen=True, slots=True)
class Relax:
    """One change to a problem that would place somebody, by the values to change to.

    Exactly one of the last four is set. `driver` is whose limit it is in `detour_limit_s`;
    in `earliest_s`, the driver when set, else the unplaced person; the other two are always
    the unplaced person's. The values are those of `Driver` and `Rider` after the change.
    """

    driver: str | None = None
    detour_limit_s: int | None = None
    earliest_s: int | None = None
    extra_limit_s: int | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody in no lift. `relax` is the smallest single change found that places them."""

    id: str
    reason: Reason
    relax: Relax | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to a problem.

    Attributes
    ----------
    worth, driver_extra_s, rider_extra_s
        The three levels of the objective: the first as large, the others as small as can be.
    bound
        No plan's worth is higher; proven.
    gap
        (bound - worth) / max(1, bound).
    proven_levels
        0 to 3: the first so many levels are proven best.
    seconds
        By the clock, by phase, and `total`. No part of the answer: it differs between runs.
    unplaced
        Everyone in no lift, drivers too, by id. Both selves of an either are one person: not
        listed when one of them is in a lift, else once, as the rider.
    """

    status: Status
    worth: int
    driver_extra_s: int
    rider_extra_s: int
    bound: int
    gap: float
    proven_levels: int
    lifts: tuple[Lift, ...]
    unplaced: tuple[Unplaced, ...]
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)
