"""Why there is no lift, in words that are right on every day of the year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.services import advice
from matching.plan import Reason, Relax, Unplaced

LONDON = ZoneInfo("Europe/London")


def said(relax: Relax | None, day: datetime = datetime(2026, 11, 28, tzinfo=LONDON)) -> str:
    unplaced = Unplaced("request-20261128-aaaaaaaaaaaa", Reason.TOO_EARLY, relax)
    return advice.sentence(unplaced, day.astimezone(UTC), LONDON)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (datetime(2026, 11, 28, tzinfo=LONDON), "8am"),
        (datetime(2026, 3, 29, tzinfo=LONDON), "9am"),
        (datetime(2026, 10, 25, tzinfo=LONDON), "7am"),
    ],
)
def test_r13_eight_hours_into_the_day_is_what_the_clock_shows_then(
    day: datetime, clock: str
) -> None:
    assert said(Relax(earliest_s=8 * 3600), day) == (
        f"You could be placed if you can leave by {clock}."
    )


def test_each_help_is_a_sentence() -> None:
    assert "up to 26 minutes longer" in said(Relax(extra_limit_s=1501))
    assert "allow any session" in said(Relax(session="event-autumncanvas-1"))
    assert said(None) == ""


def test_what_only_a_driver_could_change_is_not_said() -> None:
    assert said(Relax(driver="offer-20261128-aaaaaaaaaaaa", detour_limit_s=1500)) == ""


def test_every_reason_has_words_and_so_has_one_of_another_release() -> None:
    assert {advice.why(str(reason)) for reason in Reason} == set(advice.WHY.values())
    assert advice.why("a code to come")
