"""Where somebody's thing stands now: what its manage page shows, in 3 round trips at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain.cars import WaitingFor, waiting_for
from chalicelib.domain.event import Event, Session
from chalicelib.domain.lift import Lift, Place
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import (
    LiftState,
    OfferState,
    RequestState,
    SignUpState,
    ended,
    undo_until,
)
from chalicelib.services.advice import why


@dataclass(frozen=True, slots=True)
class Standing:
    """What a manage page shows.

    Attributes
    ----------
    kind
        "event", "signup", "offer" or "request": which page.
    thing
        What is managed.
    sessions
        The sessions it is about, by their start: an event's own, or those it names. Empty
        where it names none, or where the lift tells.
    lift
        The lift that it is in; None for none. Of one that is not agreed, a rider is shown at most
        `waiting_for` and its session.
    place
        The rider's own place in that lift.
    pickups
        Whether the driver may see the exact pickups now.
    waiting_for
        Whose answer a rider waits for who chose a car.
    why
        Why a waiting rider has no lift yet, in words; "" before the first run.
    changeable, cancellable
        What may still be done to it.
    undo_until
        Until when its owner can undo that it ended; None when there is nothing to undo.
    """

    kind: str
    thing: Event | SignUp | Offer | Request
    sessions: tuple[Session, ...]
    lift: Lift | None = None
    place: Place | None = None
    pickups: bool = False
    waiting_for: WaitingFor | None = None
    why: str = ""
    changeable: bool = False
    cancellable: bool = False
    undo_until: datetime | None = None


def of(world: Adapters, kind: str, thing_id: str) -> Standing:
    """Where that thing stands.

    Raises
    ------
    NotFound
        When it is there no longer.
    """
    match kind:
        case "event":
            return _event(world, thing_id)
        case "signup":
            return _signup(world, world.bookings.get(SignUp, thing_id))
        case "offer":
            return _offer(world, world.bookings.get(Offer, thing_id))
        case _:
            return _request(world, world.bookings.get(Request, thing_id))


def _event(world: Adapters, event_id: str) -> Standing:
    event, sessions = world.events.get(event_id)
    now = world.now()
    live = not ended(event.state) and any(one.ends_at > now for one in sessions)
    return Standing(
        "event",
        event,
        sessions,
        changeable=live,
        cancellable=live,
        undo_until=undo_until(event.state, event.cancelled_at, at=now),
    )


def _signup(world: Adapters, signup: SignUp) -> Standing:
    sessions = _named(world, (signup.session_id,))
    over = any(one.ends_at <= world.now() for one in sessions)
    live = signup.state is SignUpState.COMING and not over
    return Standing(
        "signup",
        signup,
        sessions,
        changeable=live,
        cancellable=live,
        undo_until=undo_until(signup.state, signup.ended_at, at=world.now()),
    )


def _offer(world: Adapters, offer: Offer) -> Standing:
    lift = _lift(world, offer.lift_id)
    return Standing(
        "offer",
        offer,
        () if lift else _named(world, offer.sessions),
        lift=lift,
        pickups=lift is not None and lift.shows_pickups(world.now()),
        changeable=offer.state is OfferState.OPEN and not lift,
        cancellable=offer.state is OfferState.OPEN,
        undo_until=undo_until(offer.state, offer.ended_at, at=world.now()),
    )


def _request(world: Adapters, request: Request) -> Standing:
    """Before the driver has accepted, a rider sees of a lift whom they asked, or nothing."""
    agreed = request.state is RequestState.CONFIRMED or ended(request.state)
    lift = _lift(world, request.lift_id) if agreed or request.car else None
    return Standing(
        "request",
        request,
        () if lift else _named(world, request.sessions),
        lift=lift,
        place=lift.place(request.id) if lift else None,
        waiting_for=waiting_for(request, lift),
        why=why(request.reason) if request.reason else "",
        changeable=request.state is RequestState.WAITING,
        cancellable=not ended(request.state) and not _is_over(lift),
        undo_until=undo_until(request.state, request.ended_at, at=world.now()),
    )


def _lift(world: Adapters, lift_id: str) -> Lift | None:
    found: Mapping[str, object] = world.bookings.many([lift_id])
    lift = found.get(lift_id)
    return lift if isinstance(lift, Lift) else None


def _is_over(lift: Lift | None) -> bool:
    return lift is not None and lift.state is LiftState.COMPLETED


def _named(world: Adapters, session_ids: tuple[str, ...] | None) -> tuple[Session, ...]:
    found = world.events.sessions(session_ids or ())
    return tuple(sorted(found.values(), key=lambda one: (one.starts_at, one.id)))
