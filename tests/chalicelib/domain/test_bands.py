"""PROMISES S10: counts in bands. The edges of each."""

import pytest

from chalicelib.domain.bands import Band, Room, band, room
from tests.builders import a_session


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
