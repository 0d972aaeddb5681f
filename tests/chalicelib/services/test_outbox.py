"""From the outbox to the queues."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, OweRun, Save
from chalicelib.errors import Busy
from chalicelib.services import outbox
from tests.builders import Clock, ListedQueues, a_request

LETTER = OweLetter(LetterName.REQUEST_WAITING, a_request().id, 1)
LETTER_ROW = f"request_waiting:{a_request().id}:1"
RUN_ROW = f"run:2026-11-28:{a_request().id}:1"


def queues(world: Adapters) -> ListedQueues:
    assert isinstance(world.queues, ListedQueues)
    return world.queues


@pytest.fixture
def owing(world: Adapters) -> Adapters:
    """A world that owes a letter and a run."""
    world.commit([Save(a_request()), LETTER, OweRun("2026-11-28")])
    return world


def test_a_letter_goes_to_the_mail_queue_and_stays_owed_until_it_is_claimed(
    owing: Adapters,
) -> None:
    outbox.hand_on(owing, {"id": LETTER_ROW, "queue": "mail", "letter": "request_waiting"})

    assert queues(owing).letters == [LETTER_ROW]
    assert owing.outbox.state(LETTER_ROW) == "owed"


def test_a_run_goes_to_the_match_queue_and_is_done_with(owing: Adapters) -> None:
    outbox.hand_on(owing, {"id": RUN_ROW, "queue": "match", "day": "2026-11-28"})

    assert queues(owing).days == ["2026-11-28"]
    assert owing.outbox.state(RUN_ROW) == "sent"


def test_handing_on_again_is_harmless(owing: Adapters) -> None:
    row = {"id": RUN_ROW, "queue": "match", "day": "2026-11-28"}

    outbox.hand_on(owing, row)
    outbox.hand_on(owing, row)

    assert owing.outbox.state(RUN_ROW) == "sent"


def test_the_sweep_leaves_alone_what_is_fresh(owing: Adapters, clock: Clock) -> None:
    clock.forward(minutes=1, seconds=59)

    outbox.sweep(owing)

    assert queues(owing) == ListedQueues()


def test_the_sweep_hands_on_again_what_was_lost(owing: Adapters, clock: Clock) -> None:
    clock.forward(minutes=2, seconds=1)

    outbox.sweep(owing)

    assert queues(owing).letters == [LETTER_ROW]
    assert queues(owing).days == ["2026-11-28"]


def test_the_sweep_leaves_alone_what_is_done(owing: Adapters, clock: Clock) -> None:
    owing.outbox.claim(LETTER_ROW, owing.token())
    owing.outbox.handed_on(RUN_ROW)
    clock.forward(minutes=3)

    outbox.sweep(owing)

    assert queues(owing) == ListedQueues()


@dataclass
class MailQueueDown:
    """Queues of which the one for mail does not answer."""

    days: list[str]

    def mail(self, _row_id: str) -> None:
        raise Busy("The mail queue did not answer.")

    def match(self, day: str, _now: datetime) -> None:
        self.days.append(day)


def test_one_queue_that_is_down_keeps_nothing_else_waiting(owing: Adapters, clock: Clock) -> None:
    """PROMISES R18."""
    down = MailQueueDown([])
    clock.forward(minutes=3)

    outbox.sweep(replace(owing, queues=down))

    assert down.days == ["2026-11-28"]
    assert owing.outbox.owed("mail", older_than=timedelta()) != []


def test_a_queue_that_does_not_take_it_leaves_it_owed(owing: Adapters) -> None:
    with pytest.raises(Busy):
        outbox.hand_on(
            replace(owing, queues=MailQueueDown([])), {"id": LETTER_ROW, "queue": "mail"}
        )

    assert owing.outbox.state(LETTER_ROW) == "owed"
