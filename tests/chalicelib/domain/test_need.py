"""Need: the published formula by hand, its edges, and what must hold of any numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import need
from chalicelib.domain.campaign import Weights
from chalicelib.domain.need import Level
from reference import Constituency, constituencies, constituency
from tests.builders import a_campaign, a_session

WEIGHTS = Weights()
needs = st.floats(0, 1)
drives = st.integers(0, 20_000)


def seat(slug: str) -> Constituency:
    """The seat of that slug."""
    found = constituency(slug)
    assert found is not None
    return found


@pytest.mark.parametrize(("majority", "closeness"), [(0, 1.0), (1_000, 0.8), (1_999, 0.6002)])
def test_closeness_falls_evenly_to_its_least_at_the_limit(majority: int, closeness: float) -> None:
    hendon = replace(seat("hendon"), majority=majority, valid_votes=40_000)
    campaign = a_campaign(margin_limit=5.0, weights=Weights(least_closeness=0.6))

    assert need.closeness(campaign, hendon) == pytest.approx(closeness)


def test_a_campaign_may_leave_those_at_the_limit_alone() -> None:
    hendon = replace(seat("hendon"), majority=1_999, valid_votes=40_000)
    campaign = a_campaign(margin_limit=5.0, weights=Weights(least_closeness=0.0))

    assert need.closeness(campaign, hendon) == pytest.approx(0.0005)


def test_a_seat_at_the_limit_is_no_marginal() -> None:
    hendon = replace(seat("hendon"), majority=2_000, valid_votes=40_000)

    assert need.closeness(a_campaign(margin_limit=5.0), hendon) == 0


def test_a_limit_of_nothing_makes_no_marginals() -> None:
    tie = replace(seat("hendon"), majority=0)

    assert need.closeness(a_campaign(margin_limit=0.0), tie) == 0


@pytest.mark.parametrize("party", ["Lab", "Con"])
def test_a_party_sees_the_same_margin_from_the_front_and_from_behind(party: str) -> None:
    hendon = seat("hendon")

    margin = need.margin_points(a_campaign(party=party), hendon)

    assert margin == pytest.approx(100 * 15 / hendon.valid_votes)


def test_a_seat_where_the_party_was_third_is_no_marginal_of_its() -> None:
    campaign = a_campaign(party="Green")

    assert need.margin_points(campaign, seat("hendon")) is None
    assert need.closeness(campaign, seat("hendon")) == 0


@pytest.mark.parametrize(("weight", "closeness"), [(0.4, 0.4), (7.0, 1.0), (-1.0, 0.0)])
def test_a_list_of_targets_gives_its_weight_within_0_to_1(weight: float, closeness: float) -> None:
    campaign = a_campaign(targets={seat("aldershot").code: weight})

    assert need.closeness(campaign, seat("aldershot")) == closeness
    assert need.closeness(campaign, seat("hendon")) == 0


def test_expected_people_lower_the_need_of_a_session() -> None:
    session = a_session(target=20, maximum=30, free=20)

    found = need.session_need(WEIGHTS, 0.8, session)

    assert found == pytest.approx(0.8 * (1 - 10 * 0.7 / 20))


def test_a_session_that_wants_nobody_needs_nobody() -> None:
    session = a_session(minimum=0, target=0, maximum=30)

    assert need.session_need(WEIGHTS, 1.0, session) == 0


def test_more_people_than_wanted_make_no_negative_need() -> None:
    session = a_session(minimum=1, target=10, maximum=30, free=0)

    assert need.session_need(WEIGHTS, 1.0, session) == 0


def test_a_seat_needs_what_its_sessions_need_together() -> None:
    empty = a_session(target=20, free=30)
    packed = a_session(number=2, target=20, free=10)

    assert need.seat_need(WEIGHTS, 0.5, [empty, packed]) == pytest.approx(0.5 * (1 - 14 / 40))
    assert need.seat_need(WEIGHTS, 0.5, []) == 0.5


def test_the_score_by_hand() -> None:
    assert need.score(WEIGHTS, 0.5, 0, lift_near=False) == pytest.approx(0.5**2)
    assert need.score(WEIGHTS, 0.5, 3600, lift_near=False) == pytest.approx(0.5**2 / 2)
    assert need.score(WEIGHTS, 0.5, 0, lift_near=True) == pytest.approx(0.5**2 * 1.25)


def test_other_constants_are_exponents_of_need_and_ease() -> None:
    weights = Weights(need=1.0, ease=1.5, ease_scale_s=2400)

    assert need.score(weights, 0.5, 2400, lift_near=False) == pytest.approx(0.5 * 0.5**1.5)


@given(needs, needs, drives, drives)
def test_needier_and_nearer_never_scores_less(
    first: float, second: float, near_s: int, far_s: int
) -> None:
    less, more = sorted((first, second))
    near_s, far_s = sorted((near_s, far_s))

    better = need.score(WEIGHTS, more, near_s, lift_near=False)
    worse = need.score(WEIGHTS, less, far_s, lift_near=False)

    assert better >= worse
    assert 0 <= worse <= better <= 1


@given(st.integers(0, 60), st.integers(0, 60), needs)
def test_need_never_leaves_0_to_1_and_never_rises_with_people(
    target: int, coming: int, closeness: float
) -> None:
    session = a_session(minimum=0, target=target, maximum=61, free=61 - coming)
    fuller = replace(session, free=session.free - 1)

    before = need.session_need(WEIGHTS, closeness, session)

    assert 0 <= need.session_need(WEIGHTS, closeness, fuller) <= before <= 1


@pytest.mark.parametrize(
    ("number", "level"),
    [
        (0, Level.NONE),
        (0.01, Level.SOME),
        (0.34, Level.HIGH),
        (0.66, Level.HIGH),
        (0.67, Level.VERY_HIGH),
    ],
)
def test_a_need_in_words(number: float, level: Level) -> None:
    assert need.level(number) is level


@pytest.mark.parametrize("party", ["", "Lab", "Con", "LD", "Green", "RUK", "SNP", "PC", "SF"])
def test_every_seat_has_a_closeness_for_every_campaign(party: str) -> None:
    campaign = a_campaign(party=party)

    assert all(0 <= need.closeness(campaign, one) <= 1 for one in constituencies())
