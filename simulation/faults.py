"""What goes wrong on the way to AWS and back: drawn for each attempt, or at a named call.

Begin with `Faults.carried`, which every attempt passes through. A fault at rate 0.2 hits
one attempt in five; its kind is drawn by weight from those that can befall the operation.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from types import MappingProxyType
from typing import Any, Literal

from botocore import exceptions as aws

from simulation import reply
from simulation.clock import Clock
from simulation.refusals import Refused
from simulation.reply import Reply
from simulation.tables import writes


class Kind(StrEnum):
    """What can befall an attempt."""

    THROTTLED = "throttled"
    NOT_CONNECTED = "not connected"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    CLOSED_AFTER = "connection closed after it was carried out"
    ERROR_BEFORE = "error 500, nothing done"
    ERROR_AFTER = "error 500 after it was carried out"
    CONFLICT = "conflict of transactions"
    DIED_BEFORE = "process died before the call"
    DIED_AFTER = "process died after the call"


WEIGHTS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.THROTTLED: 4,
        Kind.NOT_CONNECTED: 2,
        Kind.REQUEST_LOST: 2,
        Kind.ANSWER_LOST: 4,
        Kind.CLOSED_AFTER: 2,
        Kind.ERROR_BEFORE: 2,
        Kind.ERROR_AFTER: 2,
        Kind.CONFLICT: 3,
        Kind.DIED_BEFORE: 1,
        Kind.DIED_AFTER: 1,
    }
)

EXECUTED = frozenset({Kind.ANSWER_LOST, Kind.CLOSED_AFTER, Kind.ERROR_AFTER, Kind.DIED_AFTER})
"""After these the service has done what it was asked."""

DEATHS = frozenset({Kind.DIED_BEFORE, Kind.DIED_AFTER})
CAN_CONFLICT = frozenset(
    f"dynamodb.{name}"
    for name in ("TransactWriteItems", "TransactGetItems", "PutItem", "UpdateItem", "DeleteItem")
)
CONNECT_S = 1
READ_S = {"sesv2": 10}
"""Seconds until a client gives up reading; 3 where nothing is said (as `chalicelib.wiring`)."""

_THROTTLES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "dynamodb": (("ProvisionedThroughputExceededException", 400), ("ThrottlingException", 400)),
    "sqs": (("RequestThrottled", 403),),
    "sesv2": (("TooManyRequestsException", 429),),
}


class Died(BaseException):
    """The process ended here. No `Exception`: nobody may catch it but the scheduler."""


@dataclass(slots=True)
class Faults:
    """The faults of one simulated world.

    Attributes
    ----------
    rate
        Share of attempts that something befalls, 0 to 1; 0 turns drawn faults off.
    weights
        How often each kind comes, beside the others; one that is missing never comes.
    down
        Services that cannot be reached at all: "dynamodb", "sqs", "sesv2".
    counts
        (kind, "service.Operation") -> how often it came.
    calls
        Attempts since the beginning, or since `kill_at` or `spare`.
    """

    clock: Clock
    draws: Random
    rate: float = 0.0
    weights: dict[Kind, int] = field(default_factory=lambda: dict(WEIGHTS))
    down: set[str] = field(default_factory=set)
    counts: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    calls: int = 0
    death: tuple[int, Kind] | None = None

    def kill_at(self, call: int, when: Literal["before", "after"]) -> None:
        """Die before or after the *call*-th attempt from now, from 1, and nowhere else.

        Until then no other death is drawn; other faults are, at `rate`. When the handler
        ends without having died, `calls` is below *call*: there was no such point.
        """
        self.calls = 0
        self.death = (call, Kind.DIED_BEFORE if when == "before" else Kind.DIED_AFTER)

    def spare(self) -> None:
        """Forget a death that has not come, and count calls anew."""
        self.calls, self.death = 0, None

    def off(self) -> None:
        """From now on nothing goes wrong: what is unfinished must get finished."""
        self.rate, self.death = 0.0, None
        self.down.clear()

    def carried(
        self, operation: str, request: Mapping[str, Any], url: str, carry_out: Callable[[], Reply]
    ) -> Reply:
        """Let one attempt pass, or not.

        Raises
        ------
        BotoCoreError
            As botocore's HTTP client would.
        Died
            When the process ends here.
        """
        self.calls += 1
        kind = self._befalls(operation)
        if kind is None:
            return carry_out()
        self.counts[kind, operation] += 1
        if kind in EXECUTED:
            carry_out()
        if kind in DEATHS:
            raise Died(f"{kind}: {operation}")
        self._lose(kind, operation.partition(".")[0], url)
        return self._error(kind, operation, request)

    def _befalls(self, operation: str) -> Kind | None:
        if self.death is not None and self.death[0] == self.calls:
            kind, self.death = self.death[1], None
            return kind
        if operation.partition(".")[0] in self.down:
            return Kind.NOT_CONNECTED
        if not self.rate or self.draws.random() >= self.rate:
            return None
        kinds = [kind for kind in self.weights if self._can(kind, operation)]
        return self.draws.choices(kinds, [self.weights[kind] for kind in kinds])[0]

    def _can(self, kind: Kind, operation: str) -> bool:
        if kind in DEATHS:
            return self.death is None
        return kind is not Kind.CONFLICT or operation in CAN_CONFLICT

    def _lose(self, kind: Kind, service: str, url: str) -> None:
        """Wait as long as the client would, and fail as it would."""
        match kind:
            case Kind.NOT_CONNECTED:
                self.clock.forward(seconds=CONNECT_S)
                raise aws.ConnectTimeoutError(endpoint_url=url, error="simulated")
            case Kind.REQUEST_LOST | Kind.ANSWER_LOST:
                self.clock.forward(seconds=READ_S.get(service, 3))
                raise aws.ReadTimeoutError(endpoint_url=url, error="simulated")
            case Kind.CLOSED_AFTER:
                raise aws.ConnectionClosedError(endpoint_url=url, error="simulated")

    def _error(self, kind: Kind, operation: str, request: Mapping[str, Any]) -> Reply:
        service = operation.partition(".")[0]
        if kind is Kind.CONFLICT:
            return reply.refusal(service, self._conflict(request))
        if kind is Kind.THROTTLED:
            code, status = self.draws.choice(_THROTTLES[service])
            return reply.refusal(service, Refused(code, "Rate exceeded", status))
        code = "InternalServerError" if service == "dynamodb" else "InternalFailure"
        return reply.refusal(service, Refused(code, "Internal error", 500))

    def _conflict(self, request: Mapping[str, Any]) -> Refused:
        words = "Transaction is ongoing for the item"
        one = Refused("TransactionConflictException", words)
        if "TransactItems" not in request:
            return one
        hit = self.draws.randrange(len(request["TransactItems"]))
        return writes.cancelled(
            [one if at == hit else None for at in range(len(request["TransactItems"]))]
        )
