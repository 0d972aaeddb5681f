"""The carrier's news settle a letter's row, once and in any order (PROMISES R8)."""

from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.report import Fate, Report
from chalicelib.errors import Conflict
from chalicelib.storage.tables import OutboxRow
from tests.builders import Clock, a_person, owed
from tests.chalicelib.storage.test_outbox import LETTER, ROW, claim, news, owing

__all__ = ["owing"]


@pytest.mark.parametrize("fate", list(Fate))
def test_news_settle_a_letter_without_an_answer(owing: Adapters, fate: Fate) -> None:
    claimed = claim(owing)

    news(owing, fate, claimed)

    assert owing.outbox.state(ROW) == str(fate)
    assert owing.outbox.unanswered(older_than=timedelta(seconds=-1)) == []
    assert owed(owing) == []


def test_news_that_come_again_or_out_of_order_change_nothing(owing: Adapters) -> None:
    claimed = claim(owing)
    news(owing, Fate.BOUNCED, claimed)

    for late in (Fate.SENT, Fate.BOUNCED):
        with pytest.raises(Conflict):
            news(owing, late, claimed)
    with pytest.raises(Conflict):
        owing.outbox.settle(claimed, "sent", "message-1")

    assert owing.outbox.state(ROW) == "bounced"


def test_late_news_settle_what_is_owed_again(owing: Adapters, clock: Clock) -> None:
    claimed = claim(owing)
    clock.forward(minutes=16)
    [lost] = owing.outbox.unanswered(older_than=timedelta(minutes=15))
    owing.outbox.owe_again(lost)

    news(owing, Fate.SENT, claimed)

    assert owing.outbox.state(ROW) == "sent"
    assert owed(owing) == []


def test_news_of_an_earlier_letter_settle_no_later_one(owing: Adapters, clock: Clock) -> None:
    first = claim(owing)
    clock.forward(minutes=1)
    owing.commit([LETTER])  # asked for again: the same row, another letter
    second = claim(owing)

    with pytest.raises(Conflict):
        news(owing, Fate.SENT, first)
    with pytest.raises(Conflict):
        owing.outbox.settle(first, "sent")

    assert owing.outbox.state(ROW) == "sending"
    news(owing, Fate.SENT, second)


def test_news_of_a_letter_that_nobody_has_claimed_are_not_believed(owing: Adapters) -> None:
    edition = str(OutboxRow.get(ROW).made_at)

    with pytest.raises(Conflict):
        owing.outbox.learn(Report(ROW, edition, a_person().key, Fate.SENT))
