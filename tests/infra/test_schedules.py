"""Schedules are called when EventBridge would, or sooner."""

from datetime import UTC, datetime, timedelta

import pytest

from infra import schedules

EIGHT = datetime(2026, 11, 21, 20, tzinfo=UTC)
DAILY = "cron(0 20 * * ? *)"


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (EIGHT - timedelta(hours=2), EIGHT - timedelta(seconds=1), False),
        (EIGHT - timedelta(hours=2), EIGHT, True),
        (EIGHT, EIGHT + timedelta(hours=23), False),
        (EIGHT, EIGHT + timedelta(hours=24), True),
        (EIGHT - timedelta(hours=1), EIGHT + timedelta(days=3), True),
        (EIGHT + timedelta(hours=4), EIGHT + timedelta(hours=5), False),
    ],
)
def test_a_daily_schedule_runs_once_a_day(last: datetime, now: datetime, due: bool) -> None:
    assert schedules.is_due(DAILY, last=last, now=now) is due


def test_a_rate_is_hurried() -> None:
    for rate, wait in [("1 minute", 5), ("5 minutes", 25), ("1 hour", 300), ("2 hours", 600)]:
        soon = EIGHT + timedelta(seconds=wait)

        assert schedules.is_due(f"rate({rate})", last=EIGHT, now=soon)
        assert not schedules.is_due(f"rate({rate})", last=EIGHT, now=soon - timedelta(seconds=1))


def test_another_kind_of_schedule_is_refused_not_forgotten() -> None:
    with pytest.raises(schedules.UnknownScheduleError, match="MON"):
        schedules.is_due("cron(0 20 ? * MON *)", last=EIGHT, now=EIGHT)
    with pytest.raises(schedules.UnknownScheduleError, match="day"):
        schedules.is_due("rate(1 day)", last=EIGHT, now=EIGHT)
