"""A table's stream: what was written, in order, for the handler that Lambda calls with it.

One shard. Nothing is forgotten after 24 hours. Begin with `Stream.batch`.
"""

import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulation.tables.values import Item, size_of_item

REGION = "eu-west-2"
ACCOUNT = "123456789012"
_BY_EXPIRY = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


@dataclass(slots=True)
class Stream:
    """Records that are not settled yet, oldest first."""

    table: str
    shows: str
    """ "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES" or "KEYS_ONLY"."""
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    written: int = 0

    def write(
        self, at: datetime, key: Item, old: Item | None, new: Item | None, *, expired: bool
    ) -> None:
        """Add the record of a change; a write that changes nothing leaves none."""
        if old == new:
            return
        self.written += 1
        change: dict[str, Any] = {
            "ApproximateCreationDateTime": int(at.timestamp()),
            "Keys": key,
            "SequenceNumber": f"{self.written:021}",
            "SizeBytes": size_of_item(new or old or {}),
            "StreamViewType": self.shows,
        }
        if new is not None and self.shows in {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"}:
            change["NewImage"] = new
        if old is not None and self.shows in {"OLD_IMAGE", "NEW_AND_OLD_IMAGES"}:
            change["OldImage"] = old
        name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
        record = self._record(name, change)
        self.waiting.append(record | ({"userIdentity": _BY_EXPIRY} if expired else {}))

    def _record(self, name: str, change: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "eventID": f"{self.written:032x}",
            "eventName": name,
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "eventSourceARN": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{self.table}/stream/1",
            "awsRegion": REGION,
            "dynamodb": change,
        }

    def batch(self, most: int = 100) -> dict[str, Any]:
        """The oldest records, as the event of a Lambda; they stay until they are settled."""
        records = [self.waiting[at] for at in range(min(most, len(self.waiting)))]
        copied: dict[str, Any] = json.loads(json.dumps({"Records": records}))
        return copied

    def settle(self, event: Mapping[str, Any], failed: Iterable[str] = ()) -> None:
        """Be done with an event's records, up to the first that *failed*.

        Parameters
        ----------
        failed
            Sequence numbers, as the handler's "batchItemFailures" name them. All of them
            when the handler raised or its process died: a stream is in order, so Lambda
            comes again with everything from the first of them on.
        """
        unsettled = set(failed)
        for record in event["Records"]:
            number = record["dynamodb"]["SequenceNumber"]
            if number in unsettled:
                break
            if self.waiting and self.waiting[0]["dynamodb"]["SequenceNumber"] == number:
                self.waiting.popleft()
