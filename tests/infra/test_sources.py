"""Handlers get what Lambda would give them, and what they fail at comes back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infra import sources, stack

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Recorder:
    """A handler that fails at what contains "bad", says so, and remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def queue(self, event: Any, context: Any) -> Any:
        assert context.get_remaining_time_in_millis() > 0
        self.seen += [record["body"] for record in event["Records"]]
        bad = [record["messageId"] for record in event["Records"] if "bad" in record["body"]]
        return {"batchItemFailures": [{"itemIdentifier": each} for each in bad]}

    def stream(self, event: Any, _context: Any) -> Any:
        for record in event["Records"]:
            name = record["dynamodb"]["Keys"]["id"]["S"]
            self.seen.append(name)
            if "bad" in name:
                number = record["dynamodb"]["SequenceNumber"]
                return {"batchItemFailures": [{"itemIdentifier": number}]}
        return {}

    def raises(self, event: Any, _context: Any) -> Any:
        self.seen += [record["body"] for record in event["Records"]]
        raise RuntimeError("on purpose")

    def answers_nonsense(self, event: Any, _context: Any) -> Any:
        self.seen += [record["body"] for record in event["Records"]]
        return {"batchItemFailures": [{"itemIdentifier": "never heard of"}]}


def _deliver(sqs: "SQSClient", url: str, handler: sources.Handler) -> bool:
    return sources.deliver_from_queue(sqs, url, handler, batch=10, limit_s=30, retry_s=0)


def _bodies(sqs: "SQSClient", url: str) -> list[str]:
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
    return sorted(each["Body"] for each in found.get("Messages", []))


def test_only_what_failed_comes_back(sqs: "SQSClient", prefix: str) -> None:
    url, recorder = stack.create_queues(sqs, prefix)["Mail"], Recorder()
    for body in ("good", "bad", "better"):
        sqs.send_message(QueueUrl=url, MessageBody=body)

    assert _deliver(sqs, url, recorder.queue)

    assert sorted(recorder.seen) == ["bad", "better", "good"]
    assert _bodies(sqs, url) == ["bad"]


def test_a_poison_message_ends_in_the_dead_letter_queue_after_five(
    sqs: "SQSClient", prefix: str
) -> None:
    urls, recorder = stack.create_queues(sqs, prefix), Recorder()
    sqs.send_message(QueueUrl=urls["Mail"], MessageBody="bad")

    while _deliver(sqs, urls["Mail"], recorder.queue):
        pass

    assert recorder.seen == ["bad"] * 5
    assert _bodies(sqs, urls["MailDead"]) == ["bad"]


def test_a_poison_day_holds_up_its_own_day_only(sqs: "SQSClient", prefix: str) -> None:
    urls, recorder = stack.create_queues(sqs, prefix, run_every_s=1), Recorder()
    for body, day in [("bad", "28"), ("later", "28"), ("other", "29")]:
        sqs.send_message(
            QueueUrl=urls["Match"], MessageBody=body, MessageGroupId=day, DelaySeconds=0,
            MessageDeduplicationId=body,
        )  # fmt: skip

    while len(recorder.seen) < 7:
        sources.deliver_from_queue(
            sqs, urls["Match"], recorder.queue, batch=1, limit_s=900, retry_s=0
        )

    assert recorder.seen.count("bad") == 5
    assert set(recorder.seen) == {"bad", "later", "other"}
    assert _bodies(sqs, urls["MatchDead"]) == ["bad"]


@pytest.mark.parametrize("way", [Recorder.raises, Recorder.answers_nonsense])
def test_a_batch_whose_handler_cannot_be_believed_comes_back_whole(
    sqs: "SQSClient", prefix: str, way: Any
) -> None:
    url, recorder = stack.create_queues(sqs, prefix)["Mail"], Recorder()
    for body in ("one", "two"):
        sqs.send_message(QueueUrl=url, MessageBody=body)

    _deliver(sqs, url, lambda event, context: way(recorder, event, context))

    assert sorted(recorder.seen) == ["one", "two"]
    assert _bodies(sqs, url) == ["one", "two"]


@pytest.fixture
def outbox(dynamodb: Any, prefix: str) -> str:
    stack.create_tables(dynamodb, prefix)
    return f"{prefix}-outbox"


def _put(dynamodb: Any, table: str, *names: str) -> None:
    for name in names:
        dynamodb.put_item(
            TableName=table, Item={"id": {"S": name}, "owed": {"S": "mail"}, "owed_at": {"S": "x"}}
        )


def test_a_stream_is_delivered_once_and_in_order(
    dynamodb: Any, streams: Any, outbox: str, tmp_path: Path
) -> None:
    recorder = Recorder()

    def deliver() -> bool:
        return sources.deliver_from_stream(
            streams, outbox, tmp_path / "position", recorder.stream, limit_s=30, retry_s=0
        )

    assert not deliver()
    _put(dynamodb, outbox, "one", "two")
    assert deliver()
    assert not deliver()
    _put(dynamodb, outbox, "three")
    assert deliver()

    assert recorder.seen == ["one", "two", "three"]


def test_a_stream_is_read_from_the_beginning_when_the_position_means_nothing(
    dynamodb: Any, streams: Any, outbox: str, tmp_path: Path
) -> None:
    recorder, position = Recorder(), tmp_path / "position"
    _put(dynamodb, outbox, "one")
    position.write_text("nonsense")

    sources.deliver_from_stream(streams, outbox, position, recorder.stream, limit_s=30, retry_s=0)

    assert recorder.seen == ["one"]


def test_a_poison_record_is_given_up_and_the_others_arrive(
    dynamodb: Any, streams: Any, outbox: str, tmp_path: Path
) -> None:
    recorder = Recorder()
    _put(dynamodb, outbox, "one", "bad", "three")

    sources.deliver_from_stream(
        streams, outbox, tmp_path / "position", recorder.stream, limit_s=30, retry_s=0
    )

    assert recorder.seen == ["one", "bad", "bad", "bad", "three"]


def test_a_stream_event_is_what_lambda_would_tell(
    dynamodb: Any, streams: Any, outbox: str, tmp_path: Path
) -> None:
    events: list[Any] = []
    item = {"id": {"S": "one"}, "owed": {"S": "mail"}, "owed_at": {"S": "x"}, "key": {"B": b"\0k"}}
    dynamodb.put_item(TableName=outbox, Item=item)

    sources.deliver_from_stream(
        streams, outbox, tmp_path / "position", lambda event, _: events.append(event),
        limit_s=30, retry_s=0,
    )  # fmt: skip

    [record] = events[0]["Records"]
    assert record["eventName"] == "INSERT"
    assert record["dynamodb"]["NewImage"]["key"] == {"B": "AGs="}
    assert isinstance(record["dynamodb"]["ApproximateCreationDateTime"], float)
