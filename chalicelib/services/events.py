"""What organisers do: propose, confirm and cancel an event; reviewers publish it.

Changing one is `event_changes`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import event as rules
from chalicelib.domain import ids
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save
from chalicelib.domain.event import Event, Kind, Session, Venue
from chalicelib.domain.people import Person
from chalicelib.domain.states import EventState
from chalicelib.errors import Invalid
from chalicelib.services.sending import once

Times = tuple[datetime, datetime]


def propose(
    world: Adapters,
    draft_id: str,
    *,
    kind: Kind,
    title: str,
    description: str,
    organiser: Person,
    venue: Venue,
    meeting_point: str,
    accessibility: str,
    times: tuple[Times, ...],
    minimum: int,
    target: int,
    maximum: int,
) -> Event:
    """Store an event that is not public yet, and ask its organiser to confirm the address.

    Raises
    ------
    Invalid
        When times or numbers cannot be meant.
    """
    _check_sessions(times, now=world.now())
    event = Event(
        id=ids.derived("event", None, draft_id),
        kind=kind,
        title=title,
        description=description,
        organiser=organiser,
        venue=venue,
        meeting_point=meeting_point,
        accessibility=accessibility,
        state=EventState.UNCONFIRMED,
        created_at=world.now(),
        ends_at=max(ends_at for _, ends_at in times),
    )
    sessions = [
        Session(
            id=f"{event.id}-{number}",
            event_id=event.id,
            starts_at=starts_at,
            ends_at=ends_at,
            minimum=minimum,
            target=target,
            maximum=maximum,
            free=maximum,
            published=False,
            title=title,
            kind=kind,
            venue=venue,
        )
        for number, (starts_at, ends_at) in enumerate(sorted(times), start=1)
    ]
    owed = OweLetter(LetterName.CONFIRM_ADDRESS, event.id, 1)
    changes: list[Change] = [Save(event), *map(Save, sessions), owed]
    return once(world, event, changes, lambda: world.events.get(event.id)[0])


def _check_sessions(times: tuple[Times, ...], *, now: datetime) -> None:
    if not 1 <= len(times) <= rules.MOST_SESSIONS:
        raise Invalid(f"An event has 1 to {rules.MOST_SESSIONS} sessions.")
    for starts_at, ends_at in times:
        rules.check_times(starts_at, ends_at, now=now)


def confirm(world: Adapters, event_id: str) -> Event:
    """The organiser's address is theirs: to review, or public at once when trusted."""
    event, sessions = world.events.get(event_id)
    if event.state is not EventState.UNCONFIRMED:
        return event
    trusted = world.campaign.trusts(event.organiser.email)
    moved, opened = rules.confirm(event, sessions, trusted=trusted)
    version = moved.version + 1
    if trusted:
        owed = [OweLetter(LetterName.EVENT_PUBLISHED, event.id, version)]
    else:
        owed = [
            OweLetter(LetterName.EVENT_IN_REVIEW, event.id, version),
            OweLetter(LetterName.EVENT_TO_REVIEW, event.id, version),
        ]
    changed = zip(opened, sessions, strict=True)
    world.commit([Save(moved), *(Save(new) for new, old in changed if new != old), *owed])
    return replace(moved, version=version)


def publish(world: Adapters, event_id: str) -> Event:
    """A reviewer lets it be public."""
    event, sessions = world.events.get(event_id)
    if event.state is EventState.PUBLISHED:
        return event
    moved, opened = rules.publish(event, sessions)
    owed = OweLetter(LetterName.EVENT_PUBLISHED, event.id, moved.version + 1)
    world.commit([Save(moved), *map(Save, opened), owed])
    return moved


def cancel(world: Adapters, event_id: str) -> Event:
    """End it; everyone who meant to come is told by the next run of its days."""
    event, sessions = world.events.get(event_id)
    if event.state is EventState.CANCELLED:
        return event
    moved, closed = rules.cancel(event, sessions, at=world.now())
    owed = OweLetter(LetterName.CANCELLED, event.id, moved.version + 1, "by_you")
    world.commit([Save(moved), *map(Save, closed), owed, *runs(world, closed)])
    return moved


def runs(world: Adapters, sessions: Sequence[Session]) -> list[OweRun]:
    """A run of every day that one of *sessions* is on: there people are told."""
    days = {session.day(world.campaign.zone).isoformat() for session in sessions}
    return [OweRun(day) for day in sorted(days)]
