"""What is owed: letters to send and runs to make. `commit` puts them in, as `owing` says.

A letter's row goes owed -> sending -> sent, or ends as moot (the truth has moved on), refused,
suppressed, over_budget or too_late; the carrier's news may make sent bounced or complained. A row
that stays in sending is unknown: it may have been sent. Where the carrier tells us of every
letter that it took, silence means that it did not, and the row is owed again; where it does not,
the row ends as unknown. `owed_at` is when the sweep next looks at a row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.report import Fate, Report
from chalicelib.domain.urgency import Urgency, urgency
from chalicelib.errors import Conflict, NotFound
from chalicelib.storage.faults import CONDITION_FAILED, answered, code_of
from chalicelib.storage.owing import FAILED, QUEUES, SENDING, due_at, is_fresh, stamp
from chalicelib.storage.tables import OutboxRow, Owed

_BEFORE: dict[Fate, tuple[str, ...]] = {
    Fate.SENT: ("sending", "owed", "unknown"),
    Fate.REFUSED: ("sending", "owed", "unknown", "sent"),
    Fate.BOUNCED: ("sending", "owed", "unknown", "sent"),
    Fate.COMPLAINED: ("sending", "owed", "unknown", "sent", "bounced"),
}
"""What news may follow which state: so news that come twice, or out of order, change nothing."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that one worker is sending.

    Attributes
    ----------
    claimant
        Drawn for this claim alone: only who holds it may end it.
    edition
        Which of the letters that were owed under this id: when it was.
    due_at
        When it was first to go out.
    """

    row_id: str
    claimant: str
    letter: OweLetter
    edition: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A letter whose sender has died, or got no answer."""

    row_id: str
    claimant: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class OutboxStore:
    """Claims, settles and lists what is owed."""

    now: Callable[[], datetime]

    def claim(self, row_id: str, claimant: str) -> Claimed:
        """Take a letter for sending; nobody else can then.

        Parameters
        ----------
        claimant
            Drawn for this claim alone: when the answer to it is lost and the client asks
            again, the row is known to be held by the same.

        Raises
        ------
        Conflict
            When it is taken, sent or settled already, or was never there.
        ValueError
            When this release does not know such a letter; another may.
        """
        row = OutboxRow(row_id)
        actions = [
            OutboxRow.state.set("sending"),
            OutboxRow.claimed_at.set(stamp(self.now())),
            OutboxRow.claimant.set(claimant),
            OutboxRow.owed.set(SENDING),
            OutboxRow.owed_at.set(stamp(self.now())),
        ]
        ours = (OutboxRow.state == "sending") & (OutboxRow.claimant == claimant)
        self._update(row, actions, (OutboxRow.state == "owed") | ours)
        try:
            letter = _letter(row)
        except ValueError:  # another release knows it
            self._release(row_id, claimant, FAILED, self.now())
            raise
        return Claimed(row_id, claimant, letter, row.made_at or "", due_at(row))

    def settle(self, claimed: Claimed, state: str, message_id: str = "") -> None:
        """A claimed letter's end.

        Raises
        ------
        Conflict
            When the carrier's news have settled it already, or it is owed anew.
        """
        actions = [
            OutboxRow.state.set(state),
            OutboxRow.message_id.set(message_id),
            OutboxRow.owed.remove(),
        ]
        self._update(OutboxRow(claimed.row_id), actions, _held_by(claimed.claimant))

    def give_back(self, claimed: Claimed, at: datetime) -> None:
        """A claimed letter was certainly not sent: it is owed again, from *at* on."""
        queue = QUEUES[urgency(claimed.letter)]
        self._release(claimed.row_id, claimed.claimant, queue, at)

    def set_aside(self, claimed: Claimed) -> None:
        """A claimed letter cannot be written: only its message, or a redrive, brings it back."""
        self._release(claimed.row_id, claimed.claimant, FAILED, self.now())

    def learn(self, report: Report) -> None:
        """Settle a row by the carrier's news, whatever order they come in.

        Raises
        ------
        Conflict
            When they say nothing new, or there is no such row any more.
        """
        actions = [OutboxRow.state.set(report.fate), OutboxRow.owed.remove()]
        of_this: Any = OutboxRow.made_at == report.edition
        if not report.edition:  # owed by a release that gave none
            of_this = OutboxRow.made_at.does_not_exist()
        before = OutboxRow.state.is_in(*_BEFORE[report.fate])
        self._update(
            OutboxRow(report.row_id), actions, before & of_this & OutboxRow.claimant.exists()
        )

    def unanswered(self, *, older_than: timedelta, most: int = 200) -> list[Unanswered]:
        """Letters in sending for so long, the oldest first."""
        until = stamp(self.now() - older_than)
        with answered():
            rows = OutboxRow.index.query(SENDING, Owed.owed_at < until, limit=most)
            return [Unanswered(row.id, row.claimant, _urgency(row)) for row in rows]

    def owe_again(self, lost: Unanswered) -> None:
        """It was never taken: the carrier would have said so."""
        self._release(lost.row_id, lost.claimant, QUEUES[lost.urgency], self.now())

    def end_unknown(self, lost: Unanswered) -> None:
        """Nobody will ever know whether it was taken."""
        actions = [OutboxRow.state.set("unknown"), OutboxRow.owed.remove()]
        self._update(OutboxRow(lost.row_id), actions, _held_by(lost.claimant))

    def handed_on(self, row_id: str) -> None:
        """A run that was owed lies in its queue now."""
        actions = [OutboxRow.state.set("sent"), OutboxRow.owed.remove()]
        self._update(OutboxRow(row_id), actions, OutboxRow.state == "owed")

    def queued(self, row_id: str, owed_at: str, *, lost_after: timedelta) -> None:
        """A letter that was due at *owed_at* lies in the queue now; look again after so long."""
        actions = [
            OutboxRow.owed_at.set(stamp(self.now() + lost_after)),
            OutboxRow.handed_at.set(stamp(self.now())),
        ]
        unchanged = (OutboxRow.state == "owed") & (OutboxRow.owed_at == owed_at)
        self._update(OutboxRow(row_id), actions, unchanged)

    def state(self, row_id: str) -> str:
        """Where a row stands.

        Raises
        ------
        NotFound
            When there is no such row.
        """
        try:
            with answered():
                return str(OutboxRow.get(row_id, consistent_read=True).state)
        except DoesNotExist:
            raise NotFound("There is no such letter.") from None

    def due(self, urgency: Urgency, *, lost_after: timedelta, most: int) -> list[tuple[str, str]]:
        """(id, owed_at) of letters that the sweep is to hand on, the oldest first.

        What has just been owed is the relay's, and counts as lost after so long.
        """
        now, fresh_since = stamp(self.now()), stamp(self.now() - lost_after)
        with answered():
            rows = OutboxRow.index.query(QUEUES[urgency], Owed.owed_at <= now)
            found = (row for row in rows if not _is_fresh(row) or row.owed_at < fresh_since)
            return [(row.id, row.owed_at) for row in islice(found, most)]

    def owed(self, queue: str, *, older_than: timedelta, most: int = 200) -> list[dict[str, Any]]:
        """Rows still owed to "mail" or "match" for so long, as `relay` takes them.

        The most urgent first, then the oldest.
        """
        until = stamp(self.now() - older_than)
        with answered():
            return list(islice(_owed(queue, until), most))

    def _release(self, row_id: str, claimant: str, queue: str, at: datetime) -> None:
        actions = [
            OutboxRow.state.set("owed"),
            OutboxRow.owed.set(queue),
            OutboxRow.owed_at.set(stamp(at)),
        ]
        self._update(OutboxRow(row_id), actions, _held_by(claimant))

    def _update(self, row: OutboxRow, actions: list[Any], condition: Any) -> None:
        with answered():
            try:
                row.update(actions=actions, condition=condition)
            except UpdateError as error:
                if code_of(error) != CONDITION_FAILED:
                    raise
                raise Conflict("This has been done already.") from error


def _held_by(claimant: str) -> Any:
    return (OutboxRow.state == "sending") & (OutboxRow.claimant == claimant)


def _letter(row: OutboxRow) -> OweLetter:
    facts: dict[str, Any] = row.facts
    return OweLetter(LetterName(facts["letter"]), facts["thing"], facts["version"], facts["about"])


def _urgency(row: OutboxRow) -> Urgency:
    try:
        return urgency(_letter(row))
    except ValueError:
        return Urgency.NORMAL


def _is_fresh(row: OutboxRow) -> bool:
    return is_fresh(row.owed_at, row.made_at, row.claimed_at, row.handed_at)


def _owed(queue: str, until: str) -> Iterator[dict[str, Any]]:
    for name in QUEUES.values() if queue == "mail" else [queue]:
        for row in OutboxRow.index.query(name, Owed.owed_at < until):
            yield {"id": row.id, "queue": queue, **row.facts}
