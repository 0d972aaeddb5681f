"""An event is on after all."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import event as rules
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.event import Event
from chalicelib.domain.states import EventState
from chalicelib.services.events import runs


def restore(world: Adapters, event_id: str) -> Event:
    """Publish it again. Whoever was told that it is off hears from the next run of its day.

    Raises
    ------
    Conflict
        When it was cancelled too long ago.
    """
    event, sessions = world.events.get(event_id)
    if event.state is not EventState.CANCELLED:
        return event
    moved, opened = rules.restore(event, sessions, at=world.now())
    public = moved.state is EventState.PUBLISHED
    name = LetterName.EVENT_PUBLISHED if public else LetterName.EVENT_IN_REVIEW
    owed = OweLetter(name, event.id, event.version + 1, "again")
    world.commit([Save(moved), *map(Save, opened), owed, *runs(world, opened)])
    return replace(moved, version=event.version + 1)
