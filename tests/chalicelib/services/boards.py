"""Puts events on the board, at the heart of real seats."""

from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.event import Event, Session, Venue
from reference import Constituency, Located, constituency, find
from tests.builders import a_session, an_event

HENDON, CHELSEA, UXBRIDGE = "hendon", "chelsea-and-fulham", "uxbridge-and-south-ruislip"
"""Marginals: 15 votes, 152 votes 24 minutes' drive from there, and 587 votes 27 minutes."""

HARROW, DUNDEE = "harrow-east", "dundee-central"
"""No marginal, 9 minutes from Hendon; and a marginal, 7 hours from there."""


def seat(slug: str) -> Constituency:
    """The seat of that slug."""
    found = constituency(slug)
    assert found is not None
    return found


def place(typed: str) -> Located:
    """Where that is."""
    found = find(typed)
    assert isinstance(found, Located)
    return found


def an_event_in(slug: str, **given: Any) -> Event:
    """An event at the anchor of a seat; its id follows from the seat's."""
    here = seat(slug)
    venue = Venue("The Old Library", "High Street", here.name, here.lat, here.lon, here.code)
    return an_event(**({"id": f"event-{slug}", "title": f"In {here.name}", "venue": venue} | given))


def put(world: Adapters, event: Event, *shifts: dict[str, Any]) -> tuple[Session, ...]:
    """Store the event with a session for each of *shifts*, or with one; return them."""
    sessions = tuple(
        a_session(event, number, **shift) for number, shift in enumerate(shifts or ({},), start=1)
    )
    world.commit([Save(event), *map(Save, sessions)])
    return sessions
