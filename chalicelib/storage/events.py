"""Events and sessions as they are stored, and the board of what is open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain import ids
from chalicelib.domain.event import Event, Session
from chalicelib.errors import NotFound
from chalicelib.storage.calls import LISTED
from chalicelib.storage.facts import unpack
from chalicelib.storage.faults import answered
from chalicelib.storage.tables import Board, EventRow

ABSENT = "We cannot find that event. It may have been removed."


@dataclass(frozen=True, slots=True)
class EventStore:
    """Reads events; `commit` writes them. A row past its date is dead at once."""

    now: Callable[[], datetime]

    def get(self, event_id: str) -> tuple[Event, tuple[Session, ...]]:
        """The event and its sessions by their start: one round trip, consistent.

        Raises
        ------
        NotFound
            When there is none of that id.
        """
        if not ids.is_ours(event_id):
            raise NotFound(ABSENT)
        with answered():
            rows = self._live(EventRow.query(event_id, consistent_read=True))
        found = [row for row in rows if row.item == "event"]
        if not found:
            raise NotFound(ABSENT)
        sessions = [_session(row) for row in rows if row.item != "event"]
        event = unpack(Event, found[0].facts, version=int(found[0].version))
        return event, tuple(sorted(sessions, key=_order))

    def sessions(self, session_ids: Iterable[str]) -> dict[str, Session]:
        """Session id -> session, for those that exist, published or not."""
        ours = filter(ids.is_ours, session_ids)
        keys: list[Any] = sorted({(ids.event_of(one), one) for one in ours})
        if not keys:
            return {}
        with answered():
            rows = self._live(EventRow.batch_get(keys, consistent_read=True))
        return {row.item: _session(row) for row in rows}

    def board(self, since: datetime, until: datetime) -> tuple[Session, ...]:
        """Published sessions that start in [since, until), by their start.

        For showing only: it reads an index, which may lag; no decision is taken from it.
        """
        span = Board.starts_at.between(_stamp(since), _stamp(until - timedelta(seconds=1)))
        with answered():
            rows = self._live(EventRow.board.query(LISTED, span))
        return tuple(_session(row) for row in rows)

    def _live(self, rows: Iterable[EventRow]) -> list[EventRow]:
        now = self.now().timestamp()
        return [row for row in rows if row.expires_at is None or row.expires_at > now]


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _order(session: Session) -> tuple[datetime, str]:
    return session.starts_at, session.id


def _session(row: EventRow) -> Session:
    return unpack(Session, row.facts, free=int(row.free or 0), version=int(row.version))
