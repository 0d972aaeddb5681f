"""What runs without a request: one bad record or message harms no other (PROMISES R10)."""

import json
from typing import Any

import pytest

from app import app
from chalicelib import jobs, wiring
from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, OweRun, Save
from chalicelib.storage.tables import OutboxRow
from tests.builders import ListedQueues, a_request

ROW = "cancelled:request-20261128-aaaaaaaaaaaa:1"
DAY = "2026-11-28"


@pytest.fixture
def queues(world: Adapters) -> ListedQueues:
    """The queues of a world in which a letter and a run are owed."""
    request = a_request()
    owed = OweLetter(LetterName.CANCELLED, request.id, 1, "by_you")
    world.commit([Save(request), owed, OweRun(DAY)])
    assert isinstance(world.queues, ListedQueues)
    return world.queues


def stream(*names: str) -> dict[str, Any]:
    """What DynamoDB tells of every outbox row, as so many events as *names*."""
    images = [row.to_dynamodb_dict() for row in OutboxRow.scan()]
    return {
        "Records": [
            {
                "eventID": f"{name}-{number}",
                "eventName": name,
                "dynamodb": {"SequenceNumber": f"{number}", "NewImage": image},
            }
            for name in names
            for number, image in enumerate(images)
        ]
    }


def test_what_is_newly_owed_goes_to_its_queue(world: Adapters, queues: ListedQueues) -> None:
    with wiring.lend(world):
        answer = app.handler_map["relay"](stream("INSERT"), None)

    assert answer == {"batchItemFailures": []}
    assert (queues.letters, queues.days) == ([ROW], [DAY])


def test_what_is_given_back_does_not_go_round(world: Adapters, queues: ListedQueues) -> None:
    world.outbox.claim(ROW, world.token())
    world.outbox.give_back(ROW)

    with wiring.lend(world):
        app.handler_map["relay"](stream("MODIFY"), None)

    assert (queues.letters, queues.days) == ([], [])


def test_a_record_that_fails_is_where_the_stream_begins_again(
    world: Adapters, queues: ListedQueues
) -> None:
    event = stream("INSERT", "INSERT")
    event["Records"][1]["dynamodb"]["NewImage"]["facts"]["S"] = "not json"

    with wiring.lend(world):
        answer = app.handler_map["relay"](event, None)

    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}]
    assert len(queues.letters) + len(queues.days) == 1


def test_r10_a_message_that_fails_is_named_alone() -> None:
    done = []

    def deed(body: str) -> None:
        done.append(json.loads(body)["id"])

    bodies = ['{"id": 1}', "poison", '{"id": 3}']
    records = [{"messageId": f"m{n}", "body": body} for n, body in enumerate(bodies)]

    answer = jobs.each_message({"Records": records}, deed)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert done == [1, 3]


def test_the_rounds_put_days_into_the_queue(world: Adapters, queues: ListedQueues) -> None:
    event: dict[str, Any] = {"source": "aws.events", "detail": {}, "resources": [], "time": ""}
    full = {**event, "account": "", "region": "", "detail-type": "", "version": "0", "id": "1"}

    with wiring.lend(world):
        app.handler_map["hourly"](full, None)
        assert queues.days == ["2026-11-20", "2026-11-21"]
        app.handler_map["nightly"](full, None)
        app.handler_map["sweep"](full, None)

    assert DAY in queues.days
