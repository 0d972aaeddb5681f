"""SQS's messages and queues themselves, and how Lambda hands messages to a handler.

`queues` moves them. Begin with `Queue.receivable`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulation.tables.streams import ACCOUNT, REGION


@dataclass(slots=True)
class Message:
    """A message in its queue; it can be received from `visible_at` on."""

    id: str
    body: str
    group: str
    deduplication: str
    number: int
    sent_at: datetime
    visible_at: datetime
    received: int = 0
    first_received_at: datetime | None = None


@dataclass(slots=True)
class Queue:
    """One queue, oldest message first."""

    name: str
    fifo: bool
    delay_s: int
    visibility_s: int
    dead: str
    """The name of its dead-letter queue; "" for none."""
    most_receives: int
    messages: list[Message] = field(default_factory=list)
    seen: dict[str, Message] = field(default_factory=dict)
    """Deduplication id -> the message that was last taken with it."""

    @property
    def url(self) -> str:
        """The address by which the API knows it."""
        return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.name}"

    @property
    def arn(self) -> str:
        """The name by which policies and events know it."""
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{self.name}"

    def receivable(self, now: datetime) -> Iterator[Message]:
        """What can be received; of a FIFO group nothing behind what cannot."""
        blocked = set()
        for message in self.messages:
            if message.group in blocked:
                continue
            if message.visible_at <= now:
                yield message
            elif self.fifo:
                blocked.add(message.group)


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages in flight: the event of a Lambda, and until when they stay invisible."""

    queue: str
    event: Mapping[str, Any]
    until: Mapping[str, datetime]


def batch_of(queue: Queue, messages: list[Message]) -> Batch:
    """Messages that have just been received, as a handler gets them."""
    records = [_record(queue, one) for one in messages]
    return Batch(queue.name, {"Records": records}, {one.id: one.visible_at for one in messages})


def _record(queue: Queue, message: Message) -> dict[str, Any]:
    """A message as Lambda hands it to a handler."""
    attributes = {
        "ApproximateReceiveCount": str(message.received),
        "SentTimestamp": _milliseconds(message.sent_at),
        "SenderId": ACCOUNT,
        "ApproximateFirstReceiveTimestamp": _milliseconds(message.first_received_at),
    }
    if queue.fifo:
        attributes |= {
            "SequenceNumber": f"{message.number:020}",
            "MessageGroupId": message.group,
            "MessageDeduplicationId": message.deduplication,
        }
    return {
        "messageId": message.id,
        "receiptHandle": f"{message.id}/{message.received}",
        "body": message.body,
        "attributes": attributes,
        "messageAttributes": {},
        "md5OfBody": md5(message.body),
        "eventSource": "aws:sqs",
        "eventSourceARN": queue.arn,
        "awsRegion": REGION,
    }


def _milliseconds(at: datetime | None) -> str:
    return "" if at is None else str(int(at.timestamp() * 1000))


def md5(text: str) -> str:
    """What SQS answers to show that it has understood the body."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
