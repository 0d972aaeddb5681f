"""SQS in memory: takes messages from the wire, and hands batches to handlers as Lambda does.

Delays, visibility, redrive to a dead-letter queue, and FIFO groups and deduplication are
played; messages are kept for ever. Begin with `Queues.send` on the one side, and with
`Queues.ready`, `receive` and `settle` on the other.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from simulation.messages import Batch, Message, Queue, batch_of, md5
from simulation.refusals import NotSimulated, Refused

DEDUPLICATED = timedelta(minutes=5)
LARGEST = 1024 * 1024
_NO_QUEUE = "The specified queue does not exist."


class Queues:
    """All queues of one simulated world, by name."""

    def __init__(self, now: Callable[[], datetime], draws: Random) -> None:
        self.now = now
        self.all: dict[str, Queue] = {}
        self._draws = draws
        self._sent = 0

    def create(self, name: str, attributes: Mapping[str, str]) -> Queue:
        """Make a queue with SQS's attributes, which are texts."""
        redrive = json.loads(attributes.get("RedrivePolicy", "{}"))
        self.all[name] = Queue(
            name,
            attributes.get("FifoQueue") == "true",
            int(attributes.get("DelaySeconds", 0)),
            int(attributes.get("VisibilityTimeout", 30)),
            redrive.get("deadLetterTargetArn", "").rpartition(":")[2],
            int(redrive.get("maxReceiveCount", 0)),
        )
        return self.all[name]

    def answer(self, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a request on the wire asks.

        Raises
        ------
        Refused
            What SQS would answer with an error.
        NotSimulated
            When it is anything but SendMessage.
        """
        if operation != "SendMessage" or request.get("MessageAttributes"):
            raise NotSimulated(f"SQS's {operation}: {sorted(request)}")
        sent = self.send(request)
        answer = {"MessageId": sent.id, "MD5OfMessageBody": md5(request["MessageBody"])}
        return answer | ({"SequenceNumber": f"{sent.number:020}"} if sent.group else {})

    def send(self, request: Mapping[str, Any]) -> Message:
        """Take a message, or none when the queue has had that deduplication id in 5 minutes."""
        queue, now = self.at(request["QueueUrl"]), self.now()
        _require_well_formed(queue, request)
        message = self._message(queue, request)
        if queue.fifo:
            first = queue.seen.get(message.deduplication)
            if first is not None and first.sent_at > now - DEDUPLICATED:
                return first
            queue.seen[message.deduplication] = message
        queue.messages.append(message)
        return message

    def _message(self, queue: Queue, request: Mapping[str, Any]) -> Message:
        self._sent += 1
        delay = timedelta(seconds=request.get("DelaySeconds") or queue.delay_s)
        return Message(
            f"{self._sent:08x}-0000-4000-8000-000000000000",
            request["MessageBody"],
            request.get("MessageGroupId", ""),
            request.get("MessageDeduplicationId", ""),
            self._sent,
            self.now(),
            self.now() + delay,
        )

    def at(self, url: str) -> Queue:
        """The queue of that address.

        Raises
        ------
        Refused
            When there is none.
        """
        name = url.rpartition("/")[2]
        if name not in self.all:
            raise Refused("QueueDoesNotExist", _NO_QUEUE)
        return self.all[name]

    def ready(self, now: datetime | None = None) -> list[str]:
        """Names of the queues from which a handler would get something, dead-letter apart."""
        at = now or self.now()
        return [one.name for one in self._living() if next(one.receivable(at), None) is not None]

    def next_at(self) -> datetime | None:
        """The next instant after now at which a message becomes visible; None for none."""
        later = (one.visible_at for queue in self._living() for one in queue.messages)
        return min((at for at in later if at > self.now()), default=None)

    def _living(self) -> list[Queue]:
        dead = {one.dead for one in self.all.values()}
        return [one for one in self.all.values() if one.name not in dead]

    def receive(
        self, name: str, most: int = 10, *, reordered: bool = False, duplicated: bool = False
    ) -> Batch | None:
        """Up to *most* messages in flight, or None. Those received too often go to the dead.

        Parameters
        ----------
        reordered
            Draw which messages, and their order: only a standard queue may.
        duplicated
            Leave one of them visible, so that it is delivered twice: only a standard queue may.
        """
        queue, now = self.all[name], self.now()
        if queue.fifo and (reordered or duplicated):
            raise NotSimulated("a FIFO queue that reorders or duplicates")
        taken = self._next(queue, most, reordered=reordered)
        for message in taken:
            message.received += 1
            message.first_received_at = message.first_received_at or now
            message.visible_at = now + timedelta(seconds=queue.visibility_s)
        batch = batch_of(queue, taken) if taken else None
        if taken and duplicated:
            self._draws.choice(taken).visible_at = now
        return batch

    def _next(self, queue: Queue, most: int, *, reordered: bool) -> list[Message]:
        there = list(queue.receivable(self.now()))
        found = [one for one in there if not self._buried(queue, one)]
        if reordered:
            self._draws.shuffle(found)
        return found[:most]

    def _buried(self, queue: Queue, message: Message) -> bool:
        if not queue.dead or message.received < queue.most_receives:
            return False
        queue.messages.remove(message)
        self.all[queue.dead].messages.append(message)
        return True

    def settle(self, batch: Batch, failed: Iterable[str] = ()) -> None:
        """Delete a batch's messages but for those *failed*; these come back when visible.

        A batch whose handler raised or died has failed with all its ids, or is never settled.
        Once a FIFO message has come back, whoever had it before cannot delete it.
        """
        queue, lost = self.all[batch.queue], set(failed)
        queue.messages = [
            one
            for one in queue.messages
            if one.id not in batch.until
            or one.id in lost
            or (queue.fifo and max(one.visible_at, self.now()) != batch.until[one.id])
        ]

    def redrive(self, dead: str) -> int:
        """Send a dead-letter queue's messages to where they came from; says how many."""
        source = next(one for one in self.all.values() if one.dead == dead)
        messages, self.all[dead].messages = self.all[dead].messages, []
        for message in messages:
            message.received, message.visible_at = 0, self.now()
        source.messages += messages
        return len(messages)


def _require_well_formed(queue: Queue, request: Mapping[str, Any]) -> None:
    if queue.fifo:
        for name in ("MessageGroupId", "MessageDeduplicationId"):
            if not request.get(name):
                raise Refused("MissingParameter", f"The request must contain {name}.")
        if request.get("DelaySeconds"):
            raise Refused("InvalidParameterValue", "A FIFO message has no delay of its own.")
    if not request["MessageBody"] or len(request["MessageBody"].encode()) > LARGEST:
        raise Refused("InvalidParameterValue", "The message is empty or too long.")
