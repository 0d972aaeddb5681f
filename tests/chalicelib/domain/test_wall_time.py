"""Days and times as people type them, and what the clocks of a place make of them."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import wall_time
from chalicelib.errors import Invalid

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 20)
TEXTS = st.text(max_size=60) | st.text(alphabet=" :./,-0123456789apmjnovst", max_size=14)


@given(TEXTS)
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with suppress(Invalid):
        found = wall_time.day(text, TODAY)
        assert isinstance(found, date)


@given(TEXTS)
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with suppress(Invalid):
        found = wall_time.clock(text)
        assert found == found.replace(second=0, microsecond=0, tzinfo=None)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - wall times
def test_an_instant_shows_as_what_was_typed_or_is_refused(local: datetime) -> None:
    try:
        found = wall_time.instant(local.date(), local.time(), LONDON)
    except Invalid:
        assert (local.month, local.hour) == (3, 1)
    else:
        assert found.astimezone(LONDON).replace(tzinfo=None) == local


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 12 2026", date(2026, 12, 1)),
        ("1 Dec", date(2026, 12, 1)),
        ("1st December", date(2026, 12, 1)),
        ("28/11/26", date(2026, 11, 28)),
        ("28.11.2026", date(2026, 11, 28)),
        ("2026-11-28", date(2026, 11, 28)),
        ("20 11", TODAY),
        ("19 11", date(2027, 11, 19)),
        ("3 Sept 2027", date(2027, 9, 3)),
        (" 28  nov  2026 ", date(2026, 11, 28)),
        ("29 2 2028", date(2028, 2, 29)),
    ],
)
def test_days_are_read_in_many_ways(typed: str, meant: date) -> None:
    assert wall_time.day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "28", "31 11 2026", "29 2 2027", "29 Feb", "x 11 2026", "1 2 3 4", "0 0 0", "1 12 20260"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        wall_time.day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9.30", time(9, 30)),
        ("9:30am", time(9, 30)),
        ("0930", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9.30 a.m.", time(9, 30)),
        ("9", time(9)),
        ("6pm", time(18)),
        ("6 PM", time(18)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12", time(12)),
        ("midday", time(12)),
        ("Noon", time(12)),
        ("midnight", time(0)),
        ("23:59", time(23, 59)),
        ("07:30", time(7, 30)),
        ("0", time(0)),
    ],
)
def test_times_are_read_in_many_ways(typed: str, meant: time) -> None:
    assert wall_time.clock(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "half past nine", "24:00", "9:60", "13pm", "0am", "9:3", "930pm1", "nine", "٩:٣٠"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        wall_time.clock(typed)


@pytest.mark.parametrize("typed", ["1", "2.30", "7:30"])
def test_an_hour_that_could_be_either_half_of_the_day_is_asked_about(typed: str) -> None:
    with pytest.raises(Invalid, match="am or pm"):
        wall_time.clock(typed)


def test_an_hour_that_comes_twice_means_the_first() -> None:
    found = wall_time.instant(date(2026, 10, 25), time(1, 30), LONDON)

    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_never_comes_is_refused() -> None:
    with pytest.raises(Invalid, match="clocks go forward"):
        wall_time.instant(date(2026, 3, 29), time(1, 30), LONDON)


@pytest.mark.parametrize(
    ("on", "at", "utc"),
    [
        (date(2026, 3, 28), time(9), 9),
        (date(2026, 3, 29), time(9), 8),
        (date(2026, 10, 24), time(9), 8),
        (date(2026, 10, 25), time(9), 9),
    ],
)
def test_nine_in_the_morning_stays_nine_when_the_clocks_change(
    on: date, at: time, utc: int
) -> None:
    assert wall_time.instant(on, at, LONDON).hour == utc
