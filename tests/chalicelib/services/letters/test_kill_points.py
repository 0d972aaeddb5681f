"""PROMISES R8, R14: a death before or after any call to AWS, then redelivery.

The real handlers and clients, between them and the database and SES a wire that kills. Each
story is told again and again, and dies one call later each time, until it is told to the end.
"""

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from app import app
from chalicelib import wiring
from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.urgency import Urgency
from chalicelib.mail import SesMailer
from chalicelib.storage.tables import LimitRow, OutboxRow
from infra import ses, sources
from tests.builders import Clock, a_person, a_request, a_session, an_event, store
from tests.chalicelib.services.letters.post import Died
from tests.chalicelib.services.letters.wire import (
    LOST,
    PAUSED,
    UNANSWERED,
    Wire,
    WiredQueues,
    watched,
)

ONCE = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 1})
SCHEDULE: dict[str, Any] = {
    **{"source": "aws.events", "detail": {}, "resources": [], "time": "", "account": ""},
    **{"region": "", "detail-type": "", "version": "0", "id": "1"},
}


@dataclass
class Service:
    """The mail handlers, their world, and SES's folder."""

    world: Adapters
    clock: Clock
    wire: Wire
    folder: Path
    queues: WiredQueues

    @property
    def taken(self) -> int:
        """How many letters SES has taken."""
        return len(list(self.folder.glob("*.eml")))

    def round(self) -> None:
        """Eight minutes go by, and everything runs that runs by itself."""
        self.clock.forward(minutes=8)
        self._until_done(lambda: app.handler_map["sweep"](SCHEDULE, None))
        self._until_done(self._work)
        self._until_done(self._news)

    def has_ended(self, row: str) -> bool:
        self.wire.asleep = True
        state = self.world.outbox.state(row)
        self.wire.asleep = False
        return state not in {"owed", "sending"}

    def relay(self, image: dict[str, Any]) -> None:
        record = {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "NewImage": image}}
        self._until_done(lambda: app.handler_map["relay"]({"Records": [record]}, None))

    def _until_done(self, step: Callable[[], object]) -> None:
        """A step that dies is begun again, as Lambda, SQS and SNS do."""
        try:
            step()
        except Died:
            step()

    def _work(self) -> None:
        while self.queues.letters:
            body = json.dumps({"id": self.queues.letters[0]})
            answer = app.handler_map["mail"]({"Records": [{"messageId": "1", "body": body}]}, None)
            assert answer == {"batchItemFailures": []}
            self.queues.letters.pop(0)

    def _news(self) -> None:
        sources.deliver_from_topic(
            ses.news(self.folder), app.handler_map["mail_events"], limit_s=30
        )


@pytest.fixture
def service(world: Adapters, clock: Clock, tmp_path: Path) -> Iterator[Service]:
    server = ses.server(tmp_path)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    client = boto3.client("sesv2", region_name="eu-west-2", endpoint_url=url, config=ONCE)
    wire = Wire()
    queues = WiredQueues(wire=wire)
    mailer = SesMailer(client, world.campaign.sender, "letters")
    wired = replace(world, mailer=mailer, queues=queues)
    store(wired, an_event(), a_session())
    with wiring.lend(wired), watched(wire, client):
        yield Service(wired, clock, wire, tmp_path, queues)
    server.shutdown()
    server.server_close()


def told(service: Service, fatal: int, faults: list[str], *, after: bool) -> tuple[str, bool]:
    """A story: a letter is owed, and time goes by until its row has come to an end.

    Returns the row, and whether anybody died.
    """
    request = a_request(id=f"request-20261128-{fatal:012}", person=a_person(f"Ria{fatal} Shah"))
    row = f"request_waiting:{request.id}:1"
    service.world.commit([Save(request), OweLetter(LetterName.REQUEST_WAITING, request.id, 1)])
    image = OutboxRow.get(row).to_dynamodb_dict()
    LimitRow("breaker:mail").delete()  # what the story before has left open
    wire = service.wire
    wire.made, wire.fatal, wire.after, wire.ses = 0, fatal, after, list(faults)
    service.relay(image)
    for _ in range(30):
        service.round()
        if service.has_ended(row):
            break
    died, wire.fatal = wire.made >= fatal, 0
    return row, died


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    "faults",
    [[], [UNANSWERED], [LOST], [PAUSED] * 3 + [LOST]],
    ids=["no fault", "no answer", "no letter", "paused, then no letter"],
)
def test_r14_a_death_at_any_call_sends_each_letter_once_and_leaves_nothing_behind(
    service: Service, faults: list[str], *, after: bool
) -> None:
    for fatal in itertools.count(1):
        before = service.taken

        row, died = told(service, fatal, faults, after=after)

        assert service.taken - before == 1, f"died at call {fatal}"
        assert service.world.outbox.state(row) == "sent"
        assert nothing_waits(service.world)
        if not died:
            break
    assert fatal > 20  # a story has so many calls at least


def nothing_waits(world: Adapters) -> bool:
    late = {"lost_after": timedelta(0), "most": 9}
    due = [world.outbox.due(urgency, **late) for urgency in Urgency]  # type: ignore[arg-type]
    return not any(due) and not world.outbox.unanswered(older_than=timedelta(seconds=-1))


def test_r14_a_death_at_any_call_that_takes_in_a_bounce_stops_the_address(
    service: Service,
) -> None:
    for after, fatal in itertools.product((False, True), range(1, 4)):
        number = fatal + 10 * after
        person = replace(a_person(), email=f"bounce+{number}@simulator.amazonses.com")
        request = a_request(id=f"request-20261128-{number:012}", person=person)
        owed = OweLetter(LetterName.REQUEST_WAITING, request.id, 1)
        service.world.commit([Save(request), owed])
        service.clock.forward(minutes=3)
        app.handler_map["sweep"](SCHEDULE, None)
        service._work()
        service.wire.made, service.wire.fatal, service.wire.after = 0, fatal, after

        service._until_done(service._news)

        assert service.wire.made >= fatal
        service.wire.fatal = 0
        assert service.world.outbox.state(f"request_waiting:{request.id}:1") == "bounced"
        assert service.world.limits.is_stopped(person.key)
