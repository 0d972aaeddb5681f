"""What letters to organisers say, and those to the campaign about their events."""

from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.event import Event, Session
from chalicelib.domain.link import CONFIRM_FOR, MANAGE_AFTER, Purpose
from chalicelib.domain.states import ended, undo_until
from chalicelib.services.letters.contents import Contents, link


def contents(world: Adapters, owed: OweLetter, event: Event) -> Contents:
    """A letter about an event."""
    if owed.name is LetterName.CONFIRM_ADDRESS:
        return confirm(world, event.id, "event", event.organiser.email)
    _, sessions = world.events.get(event.id)
    facts: dict[str, Any] = {
        "kind": "event",
        "about": owed.about,
        "event": event,
        "sessions": sessions,
        "public": f"{world.base_url}/events/{event.id}",
    }
    if owed.name is LetterName.EVENT_TO_REVIEW:
        facts["review"] = _link(world, Purpose.REVIEW, event, sessions)
        return Contents(world.campaign.contact, facts)
    facts["undo_until"] = undo_until(event.state, event.cancelled_at, at=world.now())
    if facts["undo_until"] or not ended(event.state):
        facts["manage"] = _link(world, Purpose.MANAGE, event, sessions)
    return Contents(event.organiser.email, facts)


def confirm(world: Adapters, thing_id: str, kind: str, email: str) -> Contents:
    """Ask whether an address is its owner's. Nothing that the writer typed is in it (S9)."""
    until = world.now() + CONFIRM_FOR
    address = link(world, Purpose.CONFIRM, thing_id, until)
    return Contents(email, {"kind": kind, "confirm": address, "until": until})


def _link(world: Adapters, purpose: Purpose, event: Event, sessions: tuple[Session, ...]) -> str:
    ends_at = max((one.ends_at for one in sessions), default=world.now())
    return link(world, purpose, event.id, ends_at + MANAGE_AFTER)
