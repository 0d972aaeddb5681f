"""The turn-up rate: by hand, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.turn_up import TurnUp, count, rate
from tests.builders import a_lift, a_request, a_signup, an_offer

TODAY = date(2026, 11, 30)
DAY = "2026-11-28"


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def test_a_day_counts_people_who_have_answered_and_nobody_else() -> None:
    things: list[SignUp | Offer | Request | Lift] = [
        a_lift(),
        a_signup(people=3, came=True),
        a_signup(people=2, came=False),
        a_signup(people=9),
        a_request(needs=Places(standard=1, child=1), came=True),
        an_offer(came=True),
        an_offer(),
    ]

    assert count(DAY, things) == TurnUp(DAY, said=8, came=6)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], 0.7),
        # 20 people of the configured rate, and 20 of whom 10 came: (14 + 10) / 40.
        ([TurnUp(ago(0), 20, 10)], 0.6),
        # Four weeks ago they count half: (14 + 5) / 30.
        ([TurnUp(ago(28), 20, 10)], 19 / 30),
        ([TurnUp(ago(0), 20, 10), TurnUp(ago(28), 20, 10)], 29 / 50),
        ([TurnUp(ago(0), 980, 882)], 0.896),
    ],
)
def test_the_rate_by_hand(days: list[TurnUp], expected: float) -> None:
    assert rate(days, TODAY, 0.7) == pytest.approx(expected)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 500), st.integers(0, 500)), max_size=9),
    st.floats(0, 1),
)
def test_the_rate_lies_between_none_and_all(days: list[tuple[int, int, int]], prior: float) -> None:
    told = [TurnUp(ago(back), came + more, came) for back, came, more in days]

    assert 0 <= rate(told, TODAY, prior) <= 1
