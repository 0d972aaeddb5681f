"""What is stored, as the answers that would be typed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.event import Event, Session
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.wall_time import written
from chalicelib.services.journeys import JOURNEYS, day, where
from chalicelib.services.journeys.question import Journey

JOURNEY = {"event": "event", "signup": "own-way", "offer": "drive", "request": "lift"}
"""Kind of thing -> the form whose questions it was asked by."""

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "event": ("title", "description", "place", "meeting-point", "people", "accessibility"),
    "signup": ("people",),
    "offer": ("place", "seats", "earliest", "detour", "back", "auto"),
    "request": ("place", "needs", "earliest", "extra", "back"),
}
"""Kind of thing -> the questions whose answers can be changed; an event's sessions besides."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing as its owner sees it, ready to be asked about.

    Attributes
    ----------
    sessions
        An event's own; none for anything else.
    answers
        Field name -> text, as it would be typed.
    """

    thing: Event | SignUp | Offer | Request
    sessions: tuple[Session, ...]
    journey: Journey
    answers: Mapping[str, str]


def read(world: Adapters, kind: str, thing_id: str) -> Stored:
    """The thing as it is stored.

    Raises
    ------
    NotFound
        When it is there no longer.
    """
    zone, journey = world.campaign.zone, JOURNEYS[JOURNEY[kind]]
    if kind == "event":
        event, sessions = world.events.get(thing_id)
        return Stored(event, sessions, journey, _event(event, sessions, zone))
    if kind == "signup":
        signup = world.bookings.get(SignUp, thing_id)
        return Stored(signup, (), journey, {"people": str(signup.people)})
    if kind == "offer":
        offer = world.bookings.get(Offer, thing_id)
        return Stored(offer, (), journey, _offer(offer, zone))
    request = world.bookings.get(Request, thing_id)
    return Stored(request, (), journey, _request(request, zone))


def _offer(offer: Offer, zone: ZoneInfo) -> Mapping[str, str]:
    return {
        **_wish(offer, zone),
        **_places("seats", offer.seats),
        "detour": str(offer.detour_limit_s // 60),
        "auto": "yes" if offer.auto else "no",
    }


def _request(request: Request, zone: ZoneInfo) -> Mapping[str, str]:
    return {
        **_wish(request, zone),
        **_places("needs", request.needs),
        "extra": str(request.extra_limit_s // 60),
    }


def _wish(wish: Offer | Request, zone: ZoneInfo) -> Mapping[str, str]:
    return {
        day.DAY: ids.day_of(wish.id),
        where.PLACE: wish.start.label,
        "earliest": written(wish.earliest_at, zone),
        "back": "yes" if wish.both_ways else "no",
    }


def _places(name: str, places: Places) -> Mapping[str, str]:
    counts = {
        "standard": places.standard,
        "wheelchair": places.wheelchair,
        "child": places.child,
    }
    return {f"{name}-{kind}": str(count) if count else "" for kind, count in counts.items()}


def _event(event: Event, sessions: tuple[Session, ...], zone: ZoneInfo) -> Mapping[str, str]:
    texts = {
        "title": event.title,
        "description": event.description,
        where.PLACE: event.venue.label,
        where.ADDRESS: event.venue.address,
        "meeting-point": event.meeting_point,
        "accessibility": event.accessibility,
        "minimum": str(sessions[0].minimum),
        "target": str(sessions[0].target),
        "maximum": str(sessions[0].maximum),
    }
    for number, session in enumerate(sessions, start=1):
        on = session.day(zone)
        texts |= {
            f"date-{number}-day": str(on.day),
            f"date-{number}-month": str(on.month),
            f"date-{number}-year": str(on.year),
            f"starts-{number}": written(session.starts_at, zone),
            f"ends-{number}": written(session.ends_at, zone),
            # A session is only asked for where every one before it was followed by another.
            f"another-{number + 1}": "yes" if number < len(sessions) else "no",
        }
    return texts
