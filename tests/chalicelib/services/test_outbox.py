"""From the outbox to the queues."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.breaker import Breaker
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


def test_what_the_sweep_handed_on_is_left_alone_for_a_while(owing: Adapters, clock: Clock) -> None:
    """Else every letter that waits in the queue would be in it once for each minute."""
    clock.forward(minutes=3)

    for _ in range(4):
        outbox.sweep(owing)
        clock.forward(seconds=29)
    assert queues(owing).letters == [LETTER_ROW]
    clock.forward(minutes=2)
    outbox.sweep(owing)

    assert queues(owing).letters == [LETTER_ROW] * 2


def test_r18_the_sweep_hands_on_the_urgent_first(owing: Adapters, clock: Clock) -> None:
    owing.commit([OweLetter(LetterName.AFTERWARDS, a_request().id, 1)])
    owing.commit([OweLetter(LetterName.CONFIRM_ADDRESS, a_request().id, 1)])
    clock.forward(minutes=3)

    outbox.sweep(owing)

    handed = [row.partition(":")[0] for row in queues(owing).letters]
    assert handed == ["confirm_address", "request_waiting", "afterwards"]


def test_while_the_carrier_is_away_the_sweep_hands_on_probes_only(
    owing: Adapters, clock: Clock
) -> None:
    for number in range(9):
        thing = f"request-20261128-{number:012}"
        owing.commit([OweLetter(LetterName.CONFIRM_ADDRESS, thing, 1)])
    away = Breaker(failures=3, wait_s=900, until=clock() + timedelta(minutes=15))
    owing.limits.keep_breaker(away)
    clock.forward(minutes=3)

    outbox.sweep(owing)

    assert len(queues(owing).letters) == outbox.MOST_PROBES
    assert {row.partition(":")[0] for row in queues(owing).letters} == {"confirm_address"}


def test_while_the_carrier_is_away_what_can_wait_is_not_handed_on(
    owing: Adapters, clock: Clock
) -> None:
    away = Breaker(failures=3, wait_s=900, until=clock() + timedelta(minutes=15))
    owing.limits.keep_breaker(away)

    clock.forward(minutes=14)
    outbox.sweep(owing)
    assert queues(owing).letters == []
    clock.forward(minutes=1)
    outbox.sweep(owing)

    assert queues(owing).letters == [LETTER_ROW]


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
