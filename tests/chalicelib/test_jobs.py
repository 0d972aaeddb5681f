"""What runs without a request: one bad record or message harms no other (PROMISES R10)."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app import app
from chalicelib import jobs, wiring
from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, OweRun, Save
from chalicelib.mail import Outbox
from chalicelib.storage.tables import OutboxRow
from tests.builders import (
    TEN,
    Clock,
    ListedQueues,
    a_request,
    a_session,
    a_signup,
    an_event,
    owed,
    store,
)
from tests.chalicelib.services.letters.wire import refusal

ROW = "cancelled:request-20261128-aaaaaaaaaaaa:1"
DAY = "2026-11-28"
SCHEDULE: dict[str, Any] = {
    **{"source": "aws.events", "detail": {}, "resources": [], "time": "", "account": ""},
    **{"region": "", "detail-type": "", "version": "0", "id": "1"},
}


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
    world.outbox.give_back(world.outbox.claim(ROW, world.token()), world.now())

    with wiring.lend(world):
        app.handler_map["relay"](stream("MODIFY"), None)

    assert queues.letters == []


def test_what_is_owed_anew_under_an_old_name_goes_to_its_queue(
    world: Adapters, queues: ListedQueues
) -> None:
    world.outbox.settle(world.outbox.claim(ROW, world.token()), "sent")
    world.commit([OweLetter(LetterName.CANCELLED, a_request().id, 1, "by_you")])

    with wiring.lend(world):
        app.handler_map["relay"](stream("MODIFY"), None)

    assert queues.letters == [ROW]


def test_what_is_held_is_left_to_the_sweep(world: Adapters, queues: ListedQueues) -> None:
    after = world.now() + timedelta(minutes=30)
    world.commit([OweLetter(LetterName.CHANGED, a_request().id, 1, "details", after)])

    with wiring.lend(world):
        app.handler_map["relay"](stream("INSERT"), None)

    assert queues.letters == [ROW]


def test_a_row_that_is_deleted_is_no_news(world: Adapters) -> None:
    gone = {"eventName": "REMOVE", "dynamodb": {"SequenceNumber": "1"}}

    with wiring.lend(world):
        answer = app.handler_map["relay"]({"Records": [gone]}, None)

    assert answer == {"batchItemFailures": []}


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


def test_r10_a_letter_that_cannot_be_written_fails_its_message_and_is_not_handed_on_again(
    world: Adapters, queues: ListedQueues, clock: Clock
) -> None:
    poison = OweLetter(LetterName.CHANGED, a_request().id, 1, "no_such_word")
    good = a_request(id="request-20261128-bbbbbbbbbbbb")
    world.commit([poison, Save(good), OweLetter(LetterName.CANCELLED, good.id, 1, "by_you")])
    rows = [f"changed:{a_request().id}:1", f"cancelled:{good.id}:1"]
    messages = [{"messageId": row, "body": json.dumps({"id": row})} for row in rows]

    with wiring.lend(world):
        answers = [app.handler_map["mail"]({"Records": messages}, None) for _ in range(5)]
        clock.forward(minutes=30)
        app.handler_map["sweep"](SCHEDULE, None)

    assert answers == [{"batchItemFailures": [{"itemIdentifier": rows[0]}]}] * 5
    assert world.outbox.state(rows[1]) == "moot"  # it had its turn
    assert queues.letters == [ROW]


def test_r10_a_redrive_sends_what_can_be_written_by_then_once(
    world: Adapters, queues: ListedQueues
) -> None:
    request = a_request(id="request-20261128-bbbbbbbbbbbb")
    row = f"request_waiting:{request.id}:1"
    event = {"Records": [{"messageId": "m1", "body": json.dumps({"id": row})}]}
    world.commit([Save(request), OweLetter(LetterName.REQUEST_WAITING, request.id, 1)])
    facts = OutboxRow.get(row).facts
    OutboxRow(row).update(actions=[OutboxRow.facts.set({**facts, "letter": "of_next_year"})])

    with wiring.lend(world):
        failed = app.handler_map["mail"](event, None)
        OutboxRow(row).update(actions=[OutboxRow.facts.set(facts)])
        store(world, an_event(), a_session())
        redriven = [app.handler_map["mail"](event, None) for _ in range(2)]

    assert failed == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert redriven == [{"batchItemFailures": []}] * 2
    assert isinstance(world.mailer, Outbox)
    assert [letter.key for letter in world.mailer.letters] == [row]


def test_r12_a_database_that_is_away_fails_no_message(
    world: Adapters, queues: ListedQueues
) -> None:
    """The row stays owed, and the sweep brings it back."""
    client = OutboxRow._get_connection().connection.client
    event = {"Records": [{"messageId": "m1", "body": json.dumps({"id": ROW})}]}

    def refuse(request: Any, **_: Any) -> Any:
        return refusal(request, "ProvisionedThroughputExceededException")

    client.meta.events.register_first("before-send", refuse)
    with wiring.lend(world):
        answer = app.handler_map["mail"](event, None)
    client.meta.events.unregister("before-send", refuse)

    assert answer == {"batchItemFailures": []}
    assert world.outbox.state(ROW) == "owed"


def test_the_time_is_passed_and_who_came_is_counted_by_schedules(world: Adapters) -> None:
    store(world, an_event(), a_session(), a_signup(came=True))
    clock = world.now
    assert isinstance(clock, Clock)

    with wiring.lend(world):
        clock.at = TEN - timedelta(hours=48)
        app.handler_map["deadlines"](SCHEDULE, None)
        clock.at = TEN + timedelta(days=1)
        app.handler_map["count"](SCHEDULE, None)

    assert owed(world) == [("reminder", a_signup().id, "two_days")]
    assert world.turn_ups.rate() is not None


def test_the_rounds_put_days_into_the_queue(world: Adapters, queues: ListedQueues) -> None:
    with wiring.lend(world):
        app.handler_map["hourly"](SCHEDULE, None)
        assert queues.days == ["2026-11-20", "2026-11-21"]
        app.handler_map["nightly"](SCHEDULE, None)
        app.handler_map["sweep"](SCHEDULE, None)

    assert DAY in queues.days
