"""A list of changes as the calls of one transaction, each with its condition.

Beside every condition stands the sentence for the person whose change it refuses.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pynamodb.expressions.update import Action

from chalicelib.domain import cars, deadlines, ids
from chalicelib.domain.change import (
    Change,
    Claim,
    Fence,
    OweLetter,
    OweRun,
    Save,
    Take,
    Thing,
)
from chalicelib.domain.event import Event, Session
from chalicelib.domain.states import EventState
from chalicelib.storage.facts import pack
from chalicelib.storage.owing import letter_row, run_row
from chalicelib.storage.tables import BookingRow, EventRow, OutboxRow

LISTED = "published"
"""The board's one partition: the sessions that anyone may find."""

DUE = "due"
"""The one partition of what time changes: some writes a second at most, once a car or sign-up."""

UNCONFIRMED_KEPT = timedelta(hours=48)
"""How long we keep what nobody has confirmed (PROMISES section 4)."""

BOOKING_KEPT = timedelta(days=8)
"""How long after its day's midnight a booking is kept: its day, and 7 more."""

EVENT_KEPT = timedelta(days=30)
"""How long after its end an event is kept, and each session after its own."""

STALE = "This has changed since you opened the page, so nothing was done. Look at it again."
FULL = "There are not enough places left in this session: others have just taken them."
CLOSED = "This session is not open any more: it may have been cancelled."
FENCED = "A later run has begun on that day."


Item = Mapping[str, Any]
Said = str | Callable[[Item | None], str]
"""What to say when a call's condition fails, perhaps by the item that it failed on."""

Call = tuple[tuple[Any, ...], Said]


@dataclass(slots=True)
class Calls:
    """The calls of one transaction, in the order in which their answers come."""

    checks: list[Call] = field(default_factory=list)
    deletes: list[Call] = field(default_factory=list)
    puts: list[Call] = field(default_factory=list)
    updates: list[Call] = field(default_factory=list)

    def sentences(self) -> list[Said]:
        """What to say when the condition of each call fails."""
        return [said for _, said in [*self.checks, *self.deletes, *self.puts, *self.updates]]


def calls_for(changes: Sequence[Change], now: datetime, zone: ZoneInfo) -> Calls:
    """The calls that store *changes*. Places of one session are taken by one call."""
    calls, takes = Calls(), Counter[str]()
    for change in changes:
        if isinstance(change, Take):
            takes[change.session_id] += change.people
    saved = [change.thing for change in changes if isinstance(change, Save)]
    for change in changes:
        match change:
            case Save(thing):
                _save(calls, thing, takes, now, zone)
            case Claim():
                _claim(calls, change)
            case Fence(day, run):
                calls.checks.append(((BookingRow, day, "run", BookingRow.run == run), FENCED))
            case OweLetter():
                _owe(calls, letter_row(change, now))
            case OweRun(day):
                _owe(calls, run_row(day, saved[0], now))
    for session_id, people in sorted(takes.items()):
        _take(calls, session_id, people)
    return calls


def _save(calls: Calls, thing: Thing, takes: Counter[str], now: datetime, zone: ZoneInfo) -> None:
    match thing:
        case Session():
            _save_session(calls, thing, takes.pop(thing.id, 0))
        case Event():
            _put(calls, _event_row(thing, now), EventRow, thing.version)
        case _:
            _put(calls, _booking_row(thing, now, zone), BookingRow, thing.version)


def _put(calls: Calls, row: Any, table: Any, version: int) -> None:
    key = table.item if table is EventRow else table.id
    condition = table.version == version if version else key.does_not_exist()
    calls.puts.append(((row, condition), STALE))


def _event_row(event: Event, now: datetime) -> EventRow:
    unconfirmed = event.state is EventState.UNCONFIRMED
    until = now + UNCONFIRMED_KEPT if unconfirmed else event.ends_at + EVENT_KEPT
    return EventRow(
        event.id,
        "event",
        version=event.version + 1,
        facts=pack(event),
        expires_at=int(until.timestamp()),
    )


def _booking_row(thing: Any, now: datetime, zone: ZoneInfo) -> BookingRow:
    day = ids.day_of(thing.id)
    unconfirmed = thing.state == "unconfirmed"
    until = int((now + UNCONFIRMED_KEPT).timestamp()) if unconfirmed else kept_until(day)
    due_at = deadlines.due_at(thing, zone)
    return BookingRow(
        day,
        thing.id,
        version=thing.version + 1,
        state=str(thing.state),
        facts=pack(thing),
        due=DUE if due_at else None,
        due_at=due_at.astimezone(UTC).isoformat() if due_at else None,
        cars=cars.listed_under(thing),
        expires_at=until,
    )


def kept_until(day: str) -> int:
    """Until when what belongs to that campaign day is kept, in seconds since 1970."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return int((midnight + BOOKING_KEPT).timestamp())


def _session_facts(session: Session) -> dict[str, Any]:
    facts = pack(session)
    del facts["free"]
    return facts


def _save_session(calls: Calls, session: Session, taken: int) -> None:
    """Write a session, but for an old one never the count: others may be booking."""
    starts_at = session.starts_at.astimezone(UTC).isoformat()
    facts, version = _session_facts(session), session.version + 1
    listing = LISTED if session.published else None
    until = int((session.ends_at + EVENT_KEPT).timestamp())
    row = EventRow(session.event_id, session.id)
    if not session.version:
        row = EventRow(
            session.event_id,
            session.id,
            version=version,
            facts=facts,
            free=session.free - taken,
            listing=listing,
            starts_at=starts_at,
            expires_at=until,
        )
        calls.puts.append(((row, EventRow.item.does_not_exist()), STALE))
        return
    actions: list[Action] = [
        EventRow.version.set(version),
        EventRow.facts.set(facts),
        EventRow.starts_at.set(starts_at),
        EventRow.expires_at.set(until),
        EventRow.listing.set(listing) if listing else EventRow.listing.remove(),
    ]
    condition = EventRow.version == session.version
    if taken:
        actions.append(EventRow.free.add(-taken))
        condition &= EventRow.free >= taken
    calls.updates.append(((row, actions, condition), STALE))


def _take(calls: Calls, session_id: str, people: int) -> None:
    """Count places in the store itself: a condition cannot add, so `free` is what is kept."""
    if not people:
        return
    row = EventRow(ids.event_of(session_id), session_id)
    condition = EventRow.free >= people if people > 0 else EventRow.item.exists()
    if people > 0:
        condition &= EventRow.listing == LISTED
    calls.updates.append(((row, [EventRow.free.add(-people)], condition), _no_place))


def _no_place(item: Item | None) -> str:
    """Why no place could be taken, by the session's item as it was then."""
    return FULL if item is not None and "listing" in item else CLOSED


def _claim(calls: Calls, claim: Claim) -> None:
    row = BookingRow(
        claim.day,
        f"claim-{claim.key}",
        holder=claim.holder,
        expires_at=kept_until(claim.day),
    )
    free = BookingRow.id.does_not_exist() | (BookingRow.holder == claim.holder)
    if claim.release:
        calls.deletes.append(((row, free), claim.refusal))
    else:
        calls.puts.append(((row, free), claim.refusal))


def _owe(calls: Calls, row: OutboxRow) -> None:
    calls.puts.append(((row, None), STALE))
