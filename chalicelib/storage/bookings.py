"""Sign-ups, offers, requests and lifts as they are stored, a campaign day at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib.domain import ids
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.run import Run
from chalicelib.domain.signup import SignUp
from chalicelib.errors import NotFound
from chalicelib.storage.calls import DUE, kept_until
from chalicelib.storage.facts import pack, unpack
from chalicelib.storage.faults import CONDITION_FAILED, answered, code_of
from chalicelib.storage.tables import BookingRow, Due

Booking = SignUp | Offer | Request | Lift
Kept = TypeVar("Kept", SignUp, Offer, Request, Lift)
KINDS: dict[str, type[Any]] = {"signup": SignUp, "offer": Offer, "request": Request, "lift": Lift}
ABSENT = "We cannot find that. It may have been removed after its day."


@dataclass(frozen=True, slots=True)
class BookingStore:
    """Reads bookings; `commit` writes them. A row past its date is dead at once."""

    now: Callable[[], datetime]

    def get(self, kind: type[Kept], booking_id: str) -> Kept:
        """One booking, consistent.

        Raises
        ------
        NotFound
            When there is none of that id and kind, or its time is over.
        """
        found = self.many([booking_id]).get(booking_id)
        if not isinstance(found, kind):
            raise NotFound(ABSENT)
        return found

    def many(self, booking_ids: Iterable[str]) -> dict[str, Booking]:
        """Id -> booking for those that exist, in one round trip up to 100."""
        keys: list[Any] = sorted({(ids.day_of(one), one) for one in booking_ids if one})
        if not keys:
            return {}
        with answered():
            rows = list(BookingRow.batch_get(keys, consistent_read=True))
        return {row.id: self._thing(row) for row in rows if self._live(row)}

    def day(self, day: str) -> tuple[Booking, ...]:
        """Everything booked on a campaign day ("2026-11-28"), by id, consistent."""
        with answered():
            rows = list(BookingRow.query(day, consistent_read=True))
        return tuple(self._thing(row) for row in rows if self._live(row))

    def due(self, *, most: int) -> list[str]:
        """Ids of what the passing of time has changed by now, soonest first, from an index."""
        with answered():
            rows = BookingRow.by_deadline.query(DUE, Due.due_at <= _utc(self.now()), limit=most)
            return [row.id for row in rows]

    def put_off(self, booking_id: str, until: datetime | None) -> None:
        """Leave what the index says is due alone until then; None: until it is stored anew.

        Of no effect on what is not there, or has been stored meanwhile and is not due.
        """
        row = BookingRow(ids.day_of(booking_id), booking_id)
        later = BookingRow.due_at.set(_utc(until)) if until else BookingRow.due_at.remove()
        actions: list[Action] = [later] if until else [later, BookingRow.due.remove()]
        with answered():
            try:
                row.update(actions=actions, condition=BookingRow.due_at <= _utc(self.now()))
            except UpdateError as error:
                if code_of(error) != CONDITION_FAILED:
                    raise

    def cars(self, event_id: str) -> tuple[Offer | Lift, ...]:
        """An event's cars that somebody may ask for a place: from an index, for showing only."""
        with answered():
            rows = list(BookingRow.by_event.query(event_id))
        things = [self._thing(row) for row in rows if self._live(row)]
        return tuple(one for one in things if isinstance(one, Offer | Lift))

    def begin_run(self, day: str) -> int:
        """Begin a run on that day; its number is the fencing token, and fences all before."""
        row = BookingRow(day, "run")
        with answered():
            row.update(actions=[BookingRow.run.add(1)])
        return int(row.run or 0)

    def save_run(self, run: Run) -> None:
        """Keep what a run did, for those who run the campaign."""
        with answered():
            BookingRow(
                run.day,
                f"run-{run.token:06}",
                facts=pack(run),
                expires_at=kept_until(run.day),
            ).save()

    def runs(self, day: str) -> tuple[Run, ...]:
        """What the runs of that day did, oldest first."""
        with answered():
            rows = list(BookingRow.query(day, BookingRow.id.startswith("run-")))
        return tuple(unpack(Run, row.facts) for row in rows)

    def _live(self, row: BookingRow) -> bool:
        if ids.kind_of(row.id) not in KINDS:
            return False
        return row.expires_at is None or row.expires_at > self.now().timestamp()

    def _thing(self, row: BookingRow) -> Booking:
        kind = KINDS[ids.kind_of(row.id)]
        thing: Booking = unpack(kind, row.facts, version=int(row.version or 0))
        return thing


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
