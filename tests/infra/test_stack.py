"""data.yaml makes what it says, on a real database and real queues."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from infra import stack

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

KEYS = {
    "events": {"": ["event_id", "item"], "board": ["listing", "starts_at"]},
    "bookings": {"": ["day", "id"], "due": ["due", "due_at"], "cars": ["cars", "id"]},
    "links": {"": ["thing", "token_hash"]},
    "drafts": {"": ["id"]},
    "outbox": {"": ["id"], "owed": ["owed", "owed_at"]},
    "limits": {"": ["id"]},
}


@pytest.mark.parametrize("name", KEYS)
def test_a_table_has_its_keys_and_indexes(name: str, dynamodb: Any, prefix: str) -> None:
    stack.create_tables(dynamodb, prefix)

    table = dynamodb.describe_table(TableName=f"{prefix}-{name}")["Table"]

    indexes = table.get("GlobalSecondaryIndexes", [])
    found = {"": table["KeySchema"], **{each["IndexName"]: each["KeySchema"] for each in indexes}}
    assert {index: [key["AttributeName"] for key in keys] for index, keys in found.items()} == KEYS[
        name
    ]
    projections = {index["IndexName"]: index["Projection"]["ProjectionType"] for index in indexes}
    assert {name for name, kind in projections.items() if kind != "ALL"} <= {"due"}


@pytest.mark.parametrize("name", ["bookings", "links", "drafts", "outbox", "limits"])
def test_what_has_an_end_expires(name: str, dynamodb: Any, prefix: str) -> None:
    stack.create_tables(dynamodb, prefix)

    expiry = dynamodb.describe_time_to_live(TableName=f"{prefix}-{name}")["TimeToLiveDescription"]

    assert expiry["AttributeName"] == "expires_at"


def test_the_outbox_streams_new_images(dynamodb: Any, streams: Any, prefix: str) -> None:
    stack.create_tables(dynamodb, prefix)

    [stream] = streams.list_streams(TableName=f"{prefix}-outbox")["Streams"]

    description = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    assert description["StreamViewType"] == "NEW_IMAGE"


def test_making_tables_again_keeps_what_they_hold(dynamodb: Any, prefix: str) -> None:
    stack.create_tables(dynamodb, prefix)
    dynamodb.put_item(TableName=f"{prefix}-drafts", Item={"id": {"S": "kept"}})

    stack.create_tables(dynamodb, prefix)

    assert dynamodb.scan(TableName=f"{prefix}-drafts")["Count"] == 1


def test_tables_can_be_deleted_again(dynamodb: Any, prefix: str) -> None:
    stack.create_tables(dynamodb, prefix)

    stack.delete_tables(dynamodb, prefix)

    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        dynamodb.describe_table(TableName=f"{prefix}-events")


def test_a_table_of_another_shape_is_refused(dynamodb: Any, prefix: str) -> None:
    dynamodb.create_table(
        TableName=f"{prefix}-drafts",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "old", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "old", "KeyType": "HASH"}],
    )

    with pytest.raises(stack.OtherShapeError, match="drafts"):
        stack.create_tables(dynamodb, prefix)


def test_queues_give_up_after_five(sqs: "SQSClient", prefix: str) -> None:
    urls = stack.create_queues(sqs, prefix)

    for queue, dead, visible_s in [("Mail", "MailDead", "180"), ("Match", "MatchDead", "960")]:
        found = sqs.get_queue_attributes(QueueUrl=urls[queue], AttributeNames=["All"])["Attributes"]
        redrive = json.loads(found["RedrivePolicy"])
        assert redrive["maxReceiveCount"] == 5
        assert redrive["deadLetterTargetArn"].endswith(urls[dead].rpartition("/")[2])
        assert found["VisibilityTimeout"] == visible_s


def test_the_match_queue_keeps_order_and_waits(sqs: "SQSClient", prefix: str) -> None:
    url = stack.create_queues(sqs, prefix)["Match"]

    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    assert found["FifoQueue"] == "true"
    assert found["ContentBasedDeduplication"] == "false"
    assert found["DelaySeconds"] == "120"


def test_making_queues_again_keeps_what_waits(sqs: "SQSClient", prefix: str) -> None:
    url = stack.create_queues(sqs, prefix, run_every_s=1)["Mail"]
    sqs.send_message(QueueUrl=url, MessageBody="kept")

    assert stack.create_queues(sqs, prefix, run_every_s=1)["Mail"] == url

    assert [each["Body"] for each in sqs.receive_message(QueueUrl=url)["Messages"]] == ["kept"]


def test_what_people_said_cannot_be_deleted_by_mistake() -> None:
    resources = stack._template()["Resources"].values()

    assert all(each["DeletionPolicy"] == "Retain" for each in resources)
    assert all(each["UpdateReplacePolicy"] == "Retain" for each in resources)
    for table in (each["Properties"] for each in resources if "Table" in each["Type"]):
        assert table["DeletionProtectionEnabled"]
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["SSESpecification"] == {"SSEEnabled": True}
