"""What brings events to the handlers on AWS: event-source mappings, played once per call.

Each function looks once whether there is something, and hands it to its handler as Lambda
would. It answers whether there was something. A handler that raises has had nothing.
"""

import base64
import json
import logging
import time
from collections.abc import Callable
from datetime import datetime
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from chalice.local import LambdaContext

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

Handler = Callable[[Any, Any], Any]

_STREAM_ATTEMPTS = 3
_log = logging.getLogger(__name__)


def deliver_from_queue(
    sqs: "SQSClient", url: str, handler: Handler, *, batch: int, limit_s: int, retry_s: int
) -> bool:
    """Deliver up to *batch* messages; delete those that the handler does not report as failed.

    On AWS a failed message comes back when its visibility ends. Nobody wants to wait minutes
    for that on a laptop: here it comes back after *retry_s* seconds.
    """
    messages = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=batch, MessageSystemAttributeNames=["All"],
        MessageAttributeNames=["All"],
    ).get("Messages", [])  # fmt: skip
    if not messages:
        return False
    failed = _failed(messages, handler, context(url.rpartition("/")[2], limit_s))
    for message in messages:
        receipt = message["ReceiptHandle"]
        if message["MessageId"] in failed:
            sqs.change_message_visibility(
                QueueUrl=url, ReceiptHandle=receipt, VisibilityTimeout=retry_s
            )
        else:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=receipt)
    return True


def _failed(messages: "list[MessageTypeDef]", handler: Handler, told: LambdaContext) -> set[str]:
    """Call the handler, and answer the ids that it did not manage."""
    everything = {message["MessageId"] for message in messages}
    try:
        answer = handler({"Records": [_sqs_record(message) for message in messages]}, told)
        failures = (answer or {}).get("batchItemFailures") or []
        failed = {failure["itemIdentifier"] for failure in failures}
    except Exception:
        _log.exception("%s failed", told.function_name)
        return everything
    # As Lambda: an id that was not in the batch means that nothing can be believed.
    return failed if failed <= everything else everything


def _sqs_record(message: "MessageTypeDef") -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "awsRegion": "eu-west-2",
    }


def deliver_from_stream(
    streams: Any, table: str, position: Path, handler: Handler, *, limit_s: int, retry_s: float
) -> bool:
    """Deliver what was written to *table* since the last time, in order.

    How far it got is kept in the file *position*, so that a restart goes on from there. A record
    that fails three times is given up, as the mapping on AWS does: the sweep finds what is owed.
    """
    page = _read_on(streams, table, position)
    records = json.loads(json.dumps(page["Records"], default=_as_lambda_does))
    if not records:
        return False
    failures = 0
    while records and (left := _undone(records, handler, context(table, limit_s))):
        failures = failures + 1 if len(left) == len(records) else 1
        records = left[1:] if failures == _STREAM_ATTEMPTS else left
        time.sleep(retry_s)
    unfinished = position.with_suffix(".unfinished")
    unfinished.write_text(page["NextShardIterator"], "utf-8")
    unfinished.rename(position)
    return True


def _undone(
    records: list[dict[str, Any]], handler: Handler, told: LambdaContext
) -> list[dict[str, Any]]:
    """Call the handler, and answer the records from the first on that it did not manage."""
    try:
        answer = handler({"Records": records}, told)
        failures = (answer or {}).get("batchItemFailures") or []
        failed = {failure["itemIdentifier"] for failure in failures}
    except Exception:
        _log.exception("the stream of %s failed", told.function_name)
        return records
    return list(dropwhile(lambda each: each["dynamodb"]["SequenceNumber"] not in failed, records))


def _read_on(streams: Any, table: str, position: Path) -> Any:
    """Read from where *position* says, or from the beginning if that is not known or too old."""
    try:
        return streams.get_records(ShardIterator=position.read_text("utf-8"))
    except (FileNotFoundError, ClientError):
        arn = streams.list_streams(TableName=table)["Streams"][0]["StreamArn"]
        [shard] = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        beginning = streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )
        return streams.get_records(ShardIterator=beginning["ShardIterator"])


def _as_lambda_does(value: object) -> object:
    """In a stream event times are seconds and bytes are Base64 text."""
    match value:
        case datetime():
            return value.timestamp()
        case bytes():
            return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def deliver_from_topic(folder: Path, handler: Handler, *, limit_s: int) -> bool:
    """Deliver the news that `ses` left in *folder*, one call each, the oldest first.

    What fails stays, and is brought again, as SNS and Lambda do.
    """
    delivered = False
    for path in sorted(folder.glob("*.json")):
        event = _sns_event(path.stem, path.read_text("utf-8"))
        try:
            handler(event, context("mail_events", limit_s))
        except Exception:
            _log.exception("mail_events failed")
            continue
        path.unlink()
        delivered = True
    return delivered


def _sns_event(message_id: str, message: str) -> dict[str, Any]:
    told = {"Type": "Notification", "MessageId": message_id, "Message": message}
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": told}]}


def context(name: str, limit_s: int) -> LambdaContext:
    """Make the context of one call that may last *limit_s* seconds."""
    return LambdaContext(name, memory_size=1024, max_runtime_ms=limit_s * 1000)
