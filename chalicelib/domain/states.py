"""The states of DESIGN: which there are, and which step may follow which.

Every thing is in exactly one state. `step` is the only way from one to another, so an
illegal transition cannot be stored by accident.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar, cast

from chalicelib.errors import Conflict


class EventState(StrEnum):
    """Where an event stands."""

    UNCONFIRMED = "unconfirmed"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class SignUpState(StrEnum):
    """Where someone stands who comes by their own means."""

    UNCONFIRMED = "unconfirmed"
    COMING = "coming"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class OfferState(StrEnum):
    """Where a driver's offer stands."""

    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class RequestState(StrEnum):
    """Where a rider's request stands."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NOT_PLACED = "not_placed"


class LiftState(StrEnum):
    """Where one car's plan stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


State = TypeVar("State", EventState, SignUpState, OfferState, RequestState, LiftState)

LEGAL: Mapping[type[StrEnum], Mapping[StrEnum, frozenset[StrEnum]]] = {
    EventState: {
        EventState.UNCONFIRMED: frozenset(
            {
                EventState.IN_REVIEW,
                EventState.PUBLISHED,
                EventState.CANCELLED,
                EventState.EXPIRED,
            }
        ),
        EventState.IN_REVIEW: frozenset({EventState.PUBLISHED, EventState.CANCELLED}),
        EventState.PUBLISHED: frozenset({EventState.COMPLETED, EventState.CANCELLED}),
    },
    SignUpState: {
        SignUpState.UNCONFIRMED: frozenset(
            {SignUpState.COMING, SignUpState.CANCELLED, SignUpState.EXPIRED}
        ),
        SignUpState.COMING: frozenset(
            {SignUpState.COMPLETED, SignUpState.NO_SHOW, SignUpState.CANCELLED}
        ),
    },
    OfferState: {
        OfferState.UNCONFIRMED: frozenset(
            {OfferState.OPEN, OfferState.WITHDRAWN, OfferState.EXPIRED}
        ),
        OfferState.OPEN: frozenset({OfferState.CLOSED, OfferState.WITHDRAWN, OfferState.EXPIRED}),
    },
    RequestState: {
        RequestState.UNCONFIRMED: frozenset(
            {RequestState.WAITING, RequestState.CANCELLED, RequestState.EXPIRED}
        ),
        RequestState.WAITING: frozenset(
            {
                RequestState.OFFERED,
                RequestState.CANCELLED,
                RequestState.EXPIRED,
                RequestState.NOT_PLACED,
            }
        ),
        # A driver who declines, lets the time run out or withdraws gives the rider back.
        RequestState.OFFERED: frozenset(
            {RequestState.CONFIRMED, RequestState.WAITING, RequestState.CANCELLED}
        ),
        RequestState.CONFIRMED: frozenset(
            {
                RequestState.COMPLETED,
                RequestState.NO_SHOW,
                RequestState.WAITING,
                RequestState.CANCELLED,
            }
        ),
    },
    LiftState: {
        LiftState.PROPOSED: frozenset({LiftState.ACCEPTED, LiftState.CANCELLED}),
        LiftState.ACCEPTED: frozenset({LiftState.LOCKED, LiftState.CANCELLED}),
        LiftState.LOCKED: frozenset({LiftState.COMPLETED, LiftState.CANCELLED}),
    },
}
"""Kind -> state -> the states that may follow it; a state that is not there is an end.

By kind first: states of two kinds that share a word are equal to Python.
"""


UNDO: Mapping[type[StrEnum], Mapping[StrEnum, StrEnum]] = {
    EventState: {EventState.CANCELLED: EventState.PUBLISHED},
    SignUpState: {SignUpState.CANCELLED: SignUpState.COMING},
    OfferState: {OfferState.WITHDRAWN: OfferState.OPEN},
    RequestState: {RequestState.CANCELLED: RequestState.WAITING},
}
"""Kind -> an end that its owner brought about -> where undoing it leads."""

UNDO_FOR = timedelta(minutes=10)
"""How long a person may undo what they ended: mail scanners press buttons (PROMISES 1)."""


def step(now: State, to: State) -> State:
    """Return *to*, where it may follow *now*.

    Raises
    ------
    Conflict
        When it may not: somebody, perhaps the same person, was here before.
    """
    if to not in LEGAL[type(now)].get(now, frozenset()):
        raise Conflict("This has changed since you opened the page, so nothing was done.")
    return to


def step_back(now: State, ended_at: datetime | None, *, at: datetime) -> State:
    """Return the state that undoing *now*, an end of *ended_at*, leads to.

    Raises
    ------
    Conflict
        When it is no end that can be undone, or its `UNDO_FOR` is over.
    """
    if not can_step_back(now, ended_at, at=at):
        raise Conflict("The ten minutes in which this could be undone are over.")
    return cast("State", UNDO[type(now)][now])


def can_step_back(now: StrEnum, ended_at: datetime | None, *, at: datetime) -> bool:
    """Whether `step_back` would allow it."""
    in_time = ended_at is not None and at <= ended_at + UNDO_FOR
    return in_time and now in UNDO.get(type(now), {})


def ended(now: StrEnum) -> bool:
    """Whether nothing can follow *now*."""
    return now not in LEGAL[type(now)]
