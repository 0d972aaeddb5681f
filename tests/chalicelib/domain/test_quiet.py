"""Two changes an hour that others bring about, and no third."""

import random
from datetime import timedelta

from chalicelib.domain import quiet
from tests.builders import FRIDAY

MINUTE = timedelta(minutes=1)


def test_the_third_change_of_an_hour_waits_until_the_first_is_an_hour_old() -> None:
    first, moves = quiet.told((), FRIDAY)
    second, moves = quiet.told(moves, FRIDAY + 10 * MINUTE)
    third, moves = quiet.told(moves, FRIDAY + 20 * MINUTE)

    assert (first, second, third) == (None, None, FRIDAY + 60 * MINUTE)


def test_what_is_held_joins_what_is_held_already() -> None:
    moves: quiet.Moves = (FRIDAY, FRIDAY)
    third, moves = quiet.told(moves, FRIDAY + 20 * MINUTE)

    fourth, after = quiet.told(moves, FRIDAY + 30 * MINUTE)

    assert (fourth, after) == (third, moves)


def test_an_hour_later_all_is_forgotten() -> None:
    moves = (FRIDAY, FRIDAY + MINUTE)

    assert quiet.told(moves, FRIDAY + 61 * MINUTE) == (None, (FRIDAY + 61 * MINUTE,))
    assert not quiet.left_alone(moves, FRIDAY + 60 * MINUTE)
    assert quiet.left_alone(moves, FRIDAY + 59 * MINUTE)


def test_r7_no_hour_has_a_third_change_however_they_come() -> None:
    draw = random.Random(20261122)
    held = 0
    for _ in range(500):
        now, letters = FRIDAY, set()
        moves: quiet.Moves = ()
        for _ in range(30):
            now += timedelta(seconds=draw.choice([20, 300, 1500, 4000]))
            after, moves = quiet.told(moves, now)
            letters.add(after or now)
            held += after is not None
        told = sorted(letters)
        assert all(told[at + 2] - told[at] >= quiet.SPAN for at in range(len(told) - 2))
    assert held > 1000
