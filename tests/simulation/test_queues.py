"""The simulated queues keep SQS's promises, and no better ones."""

from typing import Any

import pytest

from simulation import cloud as clouds
from simulation.cloud import PREFIX, Cloud
from simulation.messages import Batch
from simulation.queues import Queues
from simulation.refusals import NotSimulated, Refused

MAIL, MATCH = f"{PREFIX}-mail", f"{PREFIX}-match.fifo"


def mail(cloud: Cloud, body: str) -> None:
    """Send a letter's message."""
    cloud.queues.answer("SendMessage", {"QueueUrl": cloud.urls["Mail"], "MessageBody": body})


def match(cloud: Cloud, day: str, span: int) -> Any:
    """Send a day's message."""
    request = {
        "QueueUrl": cloud.urls["Match"],
        "MessageBody": day,
        "MessageGroupId": day,
        "MessageDeduplicationId": f"{day}.{span}",
    }
    return cloud.queues.answer("SendMessage", request)


def received(queues: Queues, name: str, most: int = 10) -> Batch:
    """A batch that must be there."""
    batch = queues.receive(name, most)
    assert batch is not None
    return batch


def bodies(batch: Batch) -> list[str]:
    """What its messages say."""
    return [record["body"] for record in batch.event["Records"]]


def ids(batch: Batch) -> list[str]:
    """Which messages it has."""
    return [record["messageId"] for record in batch.event["Records"]]


def test_a_settled_message_is_gone_and_a_failed_one_comes_back(cloud: Cloud) -> None:
    for body in ("a", "b"):
        mail(cloud, body)
    batch = received(cloud.queues, MAIL)

    cloud.queues.settle(batch, ids(batch)[1:])
    assert cloud.queues.ready() == []
    cloud.clock.forward(seconds=180)

    assert bodies(received(cloud.queues, MAIL)) == ["b"]


def test_what_nobody_settles_comes_back_when_it_is_visible(cloud: Cloud) -> None:
    mail(cloud, "a")
    received(cloud.queues, MAIL)

    later = cloud.queues.next_at()
    assert later is not None
    cloud.clock.forward_to(later)

    again = received(cloud.queues, MAIL)
    assert again.event["Records"][0]["attributes"]["ApproximateReceiveCount"] == "2"


def test_a_poison_message_is_delivered_5_times_and_then_lies_with_the_dead(cloud: Cloud) -> None:
    mail(cloud, "poison")
    for _ in range(5):
        received(cloud.queues, MAIL)
        cloud.clock.forward(seconds=180)

    assert cloud.queues.receive(MAIL) is None
    assert [one.body for one in cloud.queues.all[f"{PREFIX}-mail-dead"].messages] == ["poison"]
    assert cloud.queues.ready() == []


def test_a_redrive_brings_it_back_from_the_beginning(cloud: Cloud) -> None:
    test_a_poison_message_is_delivered_5_times_and_then_lies_with_the_dead(cloud)

    assert cloud.queues.redrive(f"{PREFIX}-mail-dead") == 1

    assert bodies(received(cloud.queues, MAIL)) == ["poison"]


def test_a_day_is_taken_once_in_5_minutes(cloud: Cloud) -> None:
    first, again = match(cloud, "2026-11-28", 1), match(cloud, "2026-11-28", 1)
    assert first["MessageId"] == again["MessageId"]
    cloud.clock.forward(minutes=5)

    assert match(cloud, "2026-11-28", 1)["MessageId"] != first["MessageId"]
    assert len(cloud.queues.all[MATCH].messages) == 2


def test_a_day_waits_for_its_delay() -> None:
    cloud = clouds.made(1, run_every_s=40)
    match(cloud, "2026-11-28", 1)

    cloud.clock.forward(seconds=39)
    assert cloud.queues.ready() == []
    cloud.clock.forward(seconds=1)

    assert cloud.queues.ready() == [MATCH]


def test_no_second_message_of_a_day_while_one_is_in_flight(cloud: Cloud) -> None:
    for day, span in (("28", 1), ("28", 2), ("29", 1)):
        match(cloud, day, span)
    cloud.clock.forward(seconds=300)

    first, second = (received(cloud.queues, MATCH, 1) for _ in range(2))
    assert (bodies(first), bodies(second)) == (["28"], ["29"])
    assert cloud.queues.ready() == []
    cloud.queues.settle(first)

    assert bodies(received(cloud.queues, MATCH, 1)) == ["28"]


def test_who_comes_too_late_cannot_delete_a_fifo_message(cloud: Cloud) -> None:
    match(cloud, "28", 1)
    cloud.clock.forward(seconds=300)
    slow = received(cloud.queues, MATCH)
    cloud.clock.forward(seconds=961)

    cloud.queues.settle(slow)

    assert bodies(received(cloud.queues, MATCH)) == ["28"]


def test_a_standard_queue_may_deliver_twice_and_in_any_order(cloud: Cloud) -> None:
    for number in range(8):
        mail(cloud, str(number))

    first = cloud.queues.receive(MAIL, reordered=True, duplicated=True)
    assert first is not None
    second = received(cloud.queues, MAIL)

    assert sorted(bodies(first)) == list("01234567") != bodies(first)
    assert set(ids(second)) < set(ids(first))
    with pytest.raises(NotSimulated):
        cloud.queues.receive(MATCH, duplicated=True)


def test_a_wrong_message_is_refused(cloud: Cloud) -> None:
    with pytest.raises(Refused, match="MessageGroupId"):
        cloud.queues.answer("SendMessage", {"QueueUrl": cloud.urls["Match"], "MessageBody": "x"})
    with pytest.raises(Refused, match="does not exist"):
        cloud.queues.answer("SendMessage", {"QueueUrl": "https://x/none", "MessageBody": "x"})
