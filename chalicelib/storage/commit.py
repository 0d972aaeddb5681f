"""One commit: everything in a list of changes is stored, or nothing is.

A refused commit says why, truthfully: the database names the condition that failed, and
`calls` knows the sentence for it (PROMISES R3).
"""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.domain.change import Change
from chalicelib.errors import Busy, Conflict, Overtaken, ServiceError
from chalicelib.storage.calls import FENCED, Calls, calls_for
from chalicelib.storage.faults import answered

CANCELLED = "TransactionCanceledException"
"""The only answer that says that nothing was stored; after any other it may have been."""

ATTEMPTS = 3
"""How often a commit is tried while others write to the same rows (PROMISES R12)."""


def commit(connection: Connection, changes: Sequence[Change], now: datetime) -> None:
    """Store *changes*, all or none.

    Raises
    ------
    Conflict
        When a thing has a newer version, places are short, a claim is another's, or a
        later run has begun; the sentence says which.
    Busy
        When others write to the same rows just now, or when no answer came: the sentence
        says whether it may have been stored.
    """
    calls = calls_for(changes, now)
    with answered():
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _write(connection, calls)
            except TransactWriteError as error:
                if error.cause_response_code != CANCELLED:
                    raise
                refusal = _refusal(error, calls)
                if not isinstance(refusal, Busy) or attempt == ATTEMPTS:
                    raise refusal from error
            else:
                return


def _write(connection: Connection, calls: Calls) -> None:
    with TransactWrite(connection=connection) as transaction:
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
            return Overtaken(sentence) if sentence == FENCED else Conflict(sentence)
    return Busy("Many people are booking at this moment. Nothing was stored; try again.")
