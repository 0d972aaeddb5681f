"""What holds letters back: addresses not to write to, what they got today, the breaker.

Every limit is one conditional update (PROMISES S11), and an address stands here as the hash
that `Person.key` is. A row past its end counts as gone, whatever the table still holds.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pynamodb.exceptions import DoesNotExist, PutError, UpdateError
from pynamodb.expressions.condition import size

from chalicelib.domain.breaker import Breaker
from chalicelib.domain.budget import Budget
from chalicelib.errors import Conflict
from chalicelib.storage.facts import pack, unpack
from chalicelib.storage.faults import CONDITION_FAILED, answered, code_of
from chalicelib.storage.tables import LimitRow

STOPPED_FOR = timedelta(days=730)
"""24 months (PROMISES section 4): a mailbox that was given up may be somebody's again."""

COUNTED_FOR = timedelta(hours=48)
"""A count is of one day; the day is over everywhere by then."""

_BREAKER = "breaker:mail"


@dataclass(frozen=True, slots=True)
class LimitStore:
    """Keeps and asks what letters may not go now."""

    now: Callable[[], datetime]

    def stop(self, address_key: str, why: str) -> None:
        """Write to that address no more, for `STOPPED_FOR` from the last time this is said."""
        facts = {"why": why, "at": self.now().astimezone(UTC).isoformat()}
        row = LimitRow(_stop(address_key), facts=facts, expires_at=self._until(STOPPED_FOR))
        with answered():
            row.save()

    def is_stopped(self, address_key: str) -> bool:
        """Whether nothing may be written to that address."""
        try:
            with answered():
                row = LimitRow.get(_stop(address_key), consistent_read=True)
        except DoesNotExist:
            return False
        return bool(row.expires_at > self.now().timestamp())

    def count(self, budget: Budget, address_key: str, day: date, row_id: str) -> bool:
        """Count a letter of that day, once however often it is asked; whether it is within."""
        row = LimitRow(f"letters:{budget.name}:{address_key}:{day}")
        room = (
            LimitRow.counted.does_not_exist()
            | LimitRow.counted.contains(row_id)
            | (size(LimitRow.counted) < budget.most)  # type: ignore[no-untyped-call]
        )
        actions: list[Any] = [
            LimitRow.counted.add({row_id}),
            LimitRow.expires_at.set(self._until(COUNTED_FOR)),
        ]
        with answered():
            try:
                row.update(actions=actions, condition=room)
            except UpdateError as error:
                if code_of(error) != CONDITION_FAILED:
                    raise
                return False
        return True

    def breaker(self) -> Breaker:
        """The breaker, as all workers share it."""
        try:
            with answered():
                row = LimitRow.get(_BREAKER, consistent_read=True)
        except DoesNotExist:
            return Breaker()
        return unpack(Breaker, row.facts or {}, version=int(row.version or 0))

    def keep_breaker(self, breaker: Breaker) -> Breaker:
        """Store what a worker has found, and return it with its new version.

        Raises
        ------
        Conflict
            When another was quicker.
        """
        row = LimitRow(_BREAKER, version=breaker.version + 1, facts=pack(breaker))
        is_ours = LimitRow.version == breaker.version
        with answered():
            try:
                row.save(is_ours if breaker.version else LimitRow.id.does_not_exist())
            except PutError as error:
                if code_of(error) != CONDITION_FAILED:
                    raise
                raise Conflict("Another worker was quicker.") from error
        return replace(breaker, version=breaker.version + 1)

    def _until(self, span: timedelta) -> int:
        return int((self.now() + span).timestamp())


def _stop(address_key: str) -> str:
    return f"stop:{address_key}"
