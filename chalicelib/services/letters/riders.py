"""What letters to riders say."""

from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.calendar import Entry, Method
from chalicelib.domain.cars import WaitingFor, waiting_for
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.event import Session
from chalicelib.domain.lift import Lift, Place
from chalicelib.domain.request import Request
from chalicelib.domain.states import RequestState, ended, undo_until
from chalicelib.errors import NotFound
from chalicelib.services import advice
from chalicelib.services.campaign_day import soonest
from chalicelib.services.letters.contents import (
    Contents,
    day_of,
    entry,
    manage_link,
    meeting_points,
    sessions_of,
    span_of,
)
from chalicelib.services.letters.organisers import confirm

FALLEN = frozenset({"driver", "way_back"})
"""What a letter is about whose lift has lost its driver."""


def contents(world: Adapters, owed: OweLetter, request: Request) -> Contents:
    """A letter about a request.

    Raises
    ------
    NotFound
        When it should tell of a lift that the rider is not in.
    """
    email = request.person.email
    if owed.name is LetterName.CONFIRM_ADDRESS:
        return confirm(world, request.id, "request", email)
    named = {*(request.sessions or ()), *request.told, *request.told_off}
    sessions = sessions_of(world, named)
    facts = _facts(world, owed, request, sessions)
    if request.state is RequestState.CONFIRMED:
        lift, place = _in_lift(world, request)
        facts |= {"lift": lift, "place": place}
        return Contents(email, facts, _entry(world, request, lift, place, facts))
    if owed.about.endswith("_lift") or owed.about == "driver":
        return Contents(email, facts, _gone(world, request, sessions), Method.CANCEL)
    return Contents(email, facts)


def _facts(
    world: Adapters, owed: OweLetter, request: Request, sessions: tuple[Session, ...]
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": "request",
        "about": owed.about,
        "request": request,
        "day": day_of(request.id),
        "sessions": sessions,
        "because": advice.why(request.reason),
        "lift": None,
        "place": None,
        "waiting_for": _waiting_for(world, request),
        "undo_until": undo_until(request.state, request.ended_at, at=world.now()),
    }
    if owed.about in FALLEN:
        facts |= _fallen(world, request)
    if owed.name is LetterName.CHANGED:
        facts["meeting_points"] = meeting_points(world, sessions)
    if facts["undo_until"] or not ended(request.state):
        facts["manage"] = manage_link(world, request.id, sessions)
    return facts


def _fallen(world: Adapters, request: Request) -> dict[str, Any]:
    """The lift that fell, its event's page, and whether it is too late to plan another."""
    fell = world.bookings.many([request.lost]).get(request.lost)
    if not isinstance(fell, Lift):
        return {"fell": None, "late": False, "public": ""}
    public = f"{world.base_url}/events/{fell.event_id}"
    return {"fell": fell, "late": fell.starts_at <= soonest(world), "public": public}


def _waiting_for(world: Adapters, request: Request) -> WaitingFor | None:
    lift = world.bookings.many([request.lift_id] if request.car else []).get(request.lift_id)
    return waiting_for(request, lift) if isinstance(lift, Lift) else None


def _in_lift(world: Adapters, request: Request) -> tuple[Lift, Place]:
    lift = world.bookings.get(Lift, request.lift_id)
    place = lift.place(request.id)
    if place is None:
        raise NotFound("The rider is not in that lift.")
    return lift, place


def _entry(
    world: Adapters, request: Request, lift: Lift, place: Place, facts: dict[str, Any]
) -> Entry:
    """From the pickup until they are back, or until the session ends."""
    return entry(
        world,
        request.id,
        request.version,
        request.person,
        title=f"Lift to {lift.venue.near}: {lift.title}",
        span=(place.pickup_at, place.drop_at or lift.ends_at),
        where=place.start.label,
        template="emails/calendar_rider.txt",
        facts=facts,
    )


def _gone(world: Adapters, request: Request, sessions: tuple[Session, ...]) -> Entry:
    return entry(
        world,
        request.id,
        request.version,
        request.person,
        title="Lift",
        span=span_of(world, request.id, sessions),
        where=request.start.label,
    )
