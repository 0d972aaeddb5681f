"""PROMISES S10: counts in bands. The edges of each."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.bands import (
    HALF_HOUR,
    Band,
    Room,
    about_minutes,
    band,
    half_hour,
    places_free,
    room,
)
from chalicelib.domain.places import Places
from tests.builders import a_session

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("coming", "said"),
    [
        (0, Band.FEW),
        (7, Band.FEW),
        (8, Band.HALF),
        (14, Band.HALF),
        (15, Band.NEARLY),
        (19, Band.NEARLY),
        (20, Band.ENOUGH),
        (29, Band.ENOUGH),
        (30, Band.FULL),
    ],
)
def test_s10_people_coming_are_said_in_bands(coming: int, said: Band) -> None:
    assert band(a_session(target=20, maximum=30, free=30 - coming)) is said


def test_a_session_that_wants_nobody_has_enough() -> None:
    assert band(a_session(minimum=0, target=0, maximum=5, free=5)) is Band.ENOUGH


def test_a_session_without_room_is_full_however_few_were_wanted() -> None:
    assert band(a_session(minimum=0, target=0, maximum=0, free=0)) is Band.FULL


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (0, Room.NONE),
        (1, Room.LITTLE),
        (4, Room.LITTLE),
        (5, Room.SOME),
        (49, Room.SOME),
        (50, Room.PLENTY),
    ],
)
def test_s10_room_is_said_in_bands(free: int, said: Room) -> None:
    assert room([a_session(maximum=80, free=free)]) is said


def test_room_is_that_of_all_sessions_together() -> None:
    sessions = [a_session(maximum=40, free=30), a_session(number=2, maximum=40, free=20)]

    assert room(sessions) is Room.PLENTY
    assert room([]) is Room.NONE


def test_s10_no_band_holds_a_number() -> None:
    assert not any(mark.isdigit() for said in (*Band, *Room) for mark in said)


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (Places(standard=1), "1 place"),
        (Places(standard=2, child=1), "2 places, 1 child seat"),
        (Places(standard=3, wheelchair=1), "3 or more places, 1 wheelchair place"),
        (Places(standard=16), "3 or more places"),
        (Places(child=3), "2 or more child seats"),
    ],
)
def test_s10_places_free_are_told_up_to_two(places: Places, said: str) -> None:
    assert places_free(places) == said


@given(minutes=st.integers(0, 600_000))
def test_s10_a_half_hour_tells_no_minute(minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes, seconds=59)
    begins, ends = half_hour(at.astimezone(LONDON))

    assert begins <= at < ends == begins + HALF_HOUR
    assert begins.minute in {0, 30}
    assert begins.second == begins.microsecond == 0


def test_minutes_are_told_by_fives() -> None:
    assert [about_minutes(60 * minutes) for minutes in (0, 2, 3, 7, 8, 14)] == [0, 0, 5, 5, 10, 15]
