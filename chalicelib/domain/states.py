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
    RequestState: {
        RequestState.CANCELLED: RequestState.WAITING,
        # Brought there, and promised the way back again by a driver who had withdrawn.
        RequestState.COMPLETED: RequestState.CONFIRMED,
    },
    # Declined by its driver. One that a withdrawal ended is proposed and accepted in one step.
    LiftState: {LiftState.CANCELLED: LiftState.PROPOSED},
}
"""Kind -> an end that its owner brought about -> where undoing it leads."""

AGAIN: Mapping[type[StrEnum], Mapping[StrEnum, StrEnum]] = {
    SignUpState: {SignUpState.CANCELLED: SignUpState.COMING},
    OfferState: {OfferState.EXPIRED: OfferState.OPEN},
    RequestState: {RequestState.NOT_PLACED: RequestState.WAITING},
}
"""Kind -> an end that its event's cancellation brought about -> where it leads when the event
is on after all. The organiser's time limit is the only one: who is told late is told."""

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
    return undo_until(now, ended_at, at=at) is not None


def undo_until(now: StrEnum, ended_at: datetime | None, *, at: datetime) -> datetime | None:
    """Until when *now*, an end of *ended_at*, can be undone; None when it cannot be."""
    if ended_at is None or now not in UNDO.get(type(now), {}):
        return None
    until = ended_at + UNDO_FOR
    return until if at <= until else None


def step_again(now: State) -> State:
    """Return the state of what had ended with its event, now that the event is on after all.

    What goes on stays as it is.

    Raises
    ------
    Conflict
        When it has ended otherwise.
    """
    if not ended(now):
        return now
    if now not in AGAIN.get(type(now), {}):
        raise Conflict("This has ended, and not with its event.")
    return cast("State", AGAIN[type(now)][now])


def ended(now: StrEnum) -> bool:
    """Whether nothing can follow *now*."""
    return now not in LEGAL[type(now)]
