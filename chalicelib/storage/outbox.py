"""What is owed: letters to send and runs to make. `commit` puts them in.

A letter's row goes owed -> sending -> sent, or ends as moot (the truth has moved on) or
refused. A row left in sending is unknown: it may have been sent, so it is not sent again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pynamodb.exceptions import DoesNotExist, UpdateError

from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.errors import Conflict, NotFound
from chalicelib.storage.faults import CONDITION_FAILED, answered
from chalicelib.storage.tables import OutboxRow, Owed


@dataclass(frozen=True, slots=True)
class OutboxStore:
    """Claims, settles and lists what is owed."""

    now: Callable[[], datetime]

    def claim(self, row_id: str, claimant: str) -> OweLetter:
        """Take a letter for sending; nobody else can then.

        Parameters
        ----------
        claimant
            Drawn for this claim alone: when the answer to it is lost and the client asks
            again, the row is known to be held by the same.

        Raises
        ------
        Conflict
            When it is taken, sent or settled already.
        NotFound
            When there is no such row.
        """
        row = OutboxRow(row_id)
        actions = [
            OutboxRow.state.set("sending"),
            OutboxRow.claimed_at.set(self._stamp()),
            OutboxRow.claimant.set(claimant),
            OutboxRow.owed.remove(),
        ]
        self._update(row, actions, (OutboxRow.state == "owed") | (OutboxRow.claimant == claimant))
        facts: dict[str, Any] = row.facts
        return OweLetter(
            LetterName(facts["letter"]), facts["thing"], facts["version"], facts["about"]
        )

    def settle(self, row_id: str, state: str, message_id: str = "") -> None:
        """A claimed letter's end: "sent", "moot" or "refused"."""
        actions = [OutboxRow.state.set(state), OutboxRow.message_id.set(message_id)]
        self._update(OutboxRow(row_id), actions, OutboxRow.state == "sending")

    def give_back(self, row_id: str) -> None:
        """A claimed letter was certainly not sent: it is owed again, from now on."""
        actions = [
            OutboxRow.state.set("owed"),
            OutboxRow.owed.set("mail"),
            OutboxRow.owed_at.set(self._stamp()),
        ]
        self._update(OutboxRow(row_id), actions, OutboxRow.state == "sending")

    def handed_on(self, row_id: str) -> None:
        """A run that was owed lies in its queue now."""
        actions = [OutboxRow.state.set("sent"), OutboxRow.owed.remove()]
        self._update(OutboxRow(row_id), actions, OutboxRow.state == "owed")

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

    def owed(self, queue: str, *, older_than: timedelta, most: int = 200) -> list[dict[str, Any]]:
        """Rows still owed to that queue for so long, as `relay` takes them, oldest first."""
        until = (self.now() - older_than).astimezone(UTC).isoformat()
        with answered():
            rows = OutboxRow.index.query(queue, Owed.owed_at < until, limit=most)
            return [{"id": row.id, "queue": queue, **row.facts} for row in rows]

    def _update(self, row: OutboxRow, actions: list[Any], condition: Any) -> None:
        with answered():
            try:
                row.update(actions=actions, condition=condition)
            except UpdateError as error:
                if error.cause_response_code != CONDITION_FAILED:
                    raise
                raise Conflict("This has been done already.") from error

    def _stamp(self) -> str:
        return self.now().astimezone(UTC).isoformat()
