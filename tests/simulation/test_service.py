"""The real stores, queues, mailer and handlers on the simulated wire."""

from datetime import timedelta

import pytest

from chalicelib import jobs
from chalicelib.adapters import Adapters
from chalicelib.domain.change import Claim, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.request import Request
from chalicelib.errors import Conflict, NotFound
from simulation import notices
from simulation.cloud import PREFIX, Cloud
from simulation.tables import calls
from simulation.wire import Wire
from tests.builders import SATURDAY_WEEK, TEN, a_request, a_session, an_event, store

DAY = str(SATURDAY_WEEK)


def test_a_commit_is_stored_whole_and_logged_as_one(served: Adapters, cloud: Cloud) -> None:
    store(served, an_event(), a_session())
    before = cloud.database.commits

    served.commit([Save(a_request()), Take(a_session().id, 2)])

    assert served.bookings.get(Request, a_request().id).version == 1
    assert served.events.sessions([a_session().id])[a_session().id].free == 28
    numbers = {one.number for one in cloud.database.log if one.number > before}
    assert numbers == {before + 1}


def test_a_refused_commit_says_why_and_stores_nothing(served: Adapters) -> None:
    store(served, an_event(), a_session(free=1))

    with pytest.raises(Conflict, match="not enough places"):
        served.commit([Save(a_request()), Take(a_session().id, 2)])

    with pytest.raises(NotFound):
        served.bookings.get(Request, a_request().id)


def test_what_one_holds_another_cannot_claim(served: Adapters) -> None:
    mine, yours = (Claim(DAY, "lift.ann", holder, "Taken.") for holder in ("mine", "yours"))
    served.commit([mine])

    served.commit([mine])
    with pytest.raises(Conflict, match="Taken"):
        served.commit([yours])


def test_a_letter_is_claimed_once(served: Adapters, cloud: Cloud) -> None:
    served.commit([Save(a_request()), OweLetter(LetterName.CANCELLED, a_request().id, 1, "by_you")])
    [row] = cloud.database.rows(f"{PREFIX}-outbox")

    served.outbox.claim(row["id"]["S"], served.token())

    with pytest.raises(Conflict):
        served.outbox.claim(row["id"]["S"], served.token())


def test_the_board_lags_when_told_to_and_catches_up(served: Adapters, cloud: Cloud) -> None:
    def shown() -> int:
        return len(served.events.board(TEN - timedelta(days=1), TEN + timedelta(days=1)))

    cloud.database.lag_s = 60
    store(served, an_event(), a_session())
    assert shown() == 0

    cloud.clock.forward(seconds=60)

    assert shown() == 1


def test_a_long_day_comes_in_pages(served: Adapters, cloud: Cloud, wire: Wire) -> None:
    table = cloud.database.table(f"{PREFIX}-bookings")
    store(served, a_request())
    for number in range(6):
        item = {"day": {"S": DAY}, "id": {"S": f"a-{number}"}, "state": {"S": "x" * 300_000}}
        calls.answer(cloud.database, "PutItem", {"TableName": table.schema.name, "Item": item})

    assert [one.id for one in served.bookings.day(DAY)] == [a_request().id]
    assert wire.counts["dynamodb.Query"] == 2


def test_rows_are_to_be_read_only(served: Adapters, cloud: Cloud) -> None:
    store(served, an_event())
    [row] = cloud.database.rows(f"{PREFIX}-events")

    with pytest.raises(TypeError):
        row["event_id"] = {"S": "another"}  # type: ignore[index]


def test_expired_rows_stay_until_they_are_removed(served: Adapters, cloud: Cloud) -> None:
    store(served, a_request())
    cloud.clock.forward(days=60)

    assert len(cloud.database.rows(f"{PREFIX}-bookings")) == 1
    assert cloud.database.expire() == 1
    assert cloud.database.rows(f"{PREFIX}-bookings") == []


def test_a_letter_goes_all_the_way(served: Adapters, cloud: Cloud) -> None:
    """Outbox, stream, relay, queue, worker, SES, and its news back to the outbox."""
    store(served, an_event(), a_session())
    served.commit([Save(a_request()), OweLetter(LetterName.REQUEST_WAITING, a_request().id, 1)])
    stream = cloud.database.table(f"{PREFIX}-outbox").stream
    assert stream is not None

    records = stream.batch()
    stream.settle(records, _failed(jobs.relay(records, None)))
    [queue] = cloud.queues.ready()
    batch = cloud.queues.receive(queue)
    assert batch is not None
    cloud.queues.settle(batch, _failed(jobs.mail(dict(batch.event), None)))

    [letter] = cloud.ses.letters
    assert letter.to == ("ria@example.org",)
    assert letter.message["From"] == served.campaign.sender
    assert [one.kind for one in cloud.ses.notices] == ["Send", "Delivery"]
    for notice in cloud.ses.notices:
        jobs.mail_events(notices.event(notice, cloud.clock()), None)
    [row] = cloud.database.rows(f"{PREFIX}-outbox")
    assert row["state"]["S"] == "sent"
    assert cloud.queues.ready() == []


def test_a_run_goes_to_its_own_queue_and_waits(served: Adapters, cloud: Cloud) -> None:
    served.commit([Save(a_request()), OweRun(DAY)])
    stream = cloud.database.table(f"{PREFIX}-outbox").stream
    assert stream is not None

    jobs.relay(stream.batch(), None)

    assert cloud.queues.ready() == []
    later = cloud.queues.next_at()
    assert later is not None
    assert cloud.queues.ready(later) == [f"{PREFIX}-match.fifo"]


def _failed(answer: jobs.Event) -> list[str]:
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]
