"""One commit: everything in a list of changes is stored, or nothing is.

A refused commit says why, truthfully: the database names the condition that failed, and
`calls` knows the sentence for it (PROMISES R3).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.domain.change import Change
from chalicelib.errors import Busy, Conflict, Full, Outdated, Overtaken, ServiceError
from chalicelib.storage.calls import CLOSED, FENCED, FULL, STALE, Calls, calls_for
from chalicelib.storage.faults import answered, code_of

CANCELLED = "TransactionCanceledException"
"""The only answer that says that nothing was stored; after any other it may have been."""

KINDS: Mapping[str, type[Conflict]] = {
    FENCED: Overtaken,
    STALE: Outdated,
    FULL: Full,
    CLOSED: Full,
}
"""The sentences that somebody reacts to, and what they are raised as."""

ATTEMPTS = 3
"""How often a commit is tried while others write to the same rows (PROMISES R12)."""


def commit(
    connection: Connection,
    changes: Sequence[Change],
    now: datetime,
    zone: ZoneInfo,
    *,
    token: str | None = None,
) -> None:
    """Store *changes*, all or none; *zone* is the campaign's, by whose clock people are reminded.

    Parameters
    ----------
    token
        1 to 36 characters drawn for this commit. All attempts carry it: when one was stored and
        its answer lost, the next is told so, and not that somebody was quicker (PROMISES R3).

    Raises
    ------
    Conflict
        When a thing has a newer version (`Outdated`), places are short (`Full`), a claim is
        another's, or a later run has begun (`Overtaken`); the sentence says which.
    Busy
        When others write to the same rows just now, or when no answer came: the sentence
        says whether it may have been stored.
    """
    calls = calls_for(changes, now, zone)
    with answered():
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _write(connection, calls, token)
            except TransactWriteError as error:
                if code_of(error) != CANCELLED:
                    raise
                refusal = _refusal(error, calls)
                if not isinstance(refusal, Busy) or attempt == ATTEMPTS:
                    raise refusal from error
            else:
                return


def _write(connection: Connection, calls: Calls, token: str | None) -> None:
    with TransactWrite(connection=connection, client_request_token=token) as transaction:
        for call, _ in calls.checks:
            transaction.condition_check(call[0], call[1], call[2], condition=call[3])
        for call, _ in calls.deletes:
            transaction.delete(call[0], condition=call[1])
        for call, _ in calls.puts:
            transaction.save(call[0], condition=call[1])
        for call, _ in calls.updates:
            transaction.update(call[0], actions=call[1], condition=call[2], return_values="ALL_OLD")


def _refusal(error: TransactWriteError, calls: Calls) -> ServiceError:
    """The truth of a cancelled transaction: the first condition that failed, if any did."""
    reasons = error.cancellation_reasons
    for reason, said in zip(reasons, calls.sentences(), strict=False):
        if reason is not None and reason.code == "ConditionalCheckFailed":
            sentence = said if isinstance(said, str) else said(reason.raw_item)
            return KINDS.get(sentence, Conflict)(sentence)
    return Busy("Many people are booking at this moment. Nothing was stored; try again.")
