"""Mailed links, as hashes: who has the token may do one thing to one thing (S1)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain import ids
from chalicelib.domain.link import Purpose
from chalicelib.errors import Expired
from chalicelib.storage.faults import answered
from chalicelib.storage.tables import LinkRow

MOST_LIVE = 5
"""Links of one purpose that may live at once for one thing; the oldest goes first."""

DEAD = (
    "This link does not work any more. It may have been used already, or its time is over. "
    "The newest letter we sent you has the newest link."
)


@dataclass(frozen=True, slots=True)
class LinkStore:
    """Keeps and checks links."""

    now: Callable[[], datetime]

    def add(self, thing: str, token: str, purpose: Purpose, expires_at: datetime) -> None:
        """Let *token* do *purpose* to *thing* until then; only its hash is stored."""
        with answered():
            live = [row for row in LinkRow.query(thing) if row.purpose == purpose]
            live.sort(key=lambda row: row.made_at, reverse=True)
            for row in live[MOST_LIVE - 1 :]:
                row.delete()
            LinkRow(
                thing,
                _hash(token),
                purpose=str(purpose),
                made_at=self.now().astimezone(UTC).isoformat(),
                expires_at=int(expires_at.timestamp()),
            ).save()

    def check(self, thing: str, token: str, purpose: Purpose) -> None:
        """Pass when *token* may do *purpose* to *thing* now.

        Raises
        ------
        Expired
            In the same words whatever is wrong with it: unknown, for another thing or
            purpose, or past its time.
        """
        if not ids.is_ours(thing):
            raise Expired(DEAD)
        try:
            with answered():
                row = LinkRow.get(thing, _hash(token), consistent_read=True)
        except DoesNotExist:
            raise Expired(DEAD) from None
        if row.purpose != purpose or row.expires_at <= self.now().timestamp():
            raise Expired(DEAD)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
