"""Is need-aware routing measured rightly, and by the product's own ranking?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bench.demand.__main__ import print_shape, print_tables
from bench.demand.country import Country, a_campaign, country
from bench.demand.crowd import Crowd, a_crowd, dates, day_shares
from bench.demand.measures import Measures, measured, middle, top_to_tail
from bench.demand.routing import (
    FIRST_MONDAY,
    NOWHERE,
    Board,
    Plan,
    Routed,
    a_plan,
    nearest_first,
    ours,
)
from bench.demand.tables import BEFORE, Case, line, weighing
from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.event import Session
from chalicelib.services import suggestions
from chalicelib.services.ranking import rank
from matching.kingdom import kingdom
from reference import Kind, Located
from tests.builders import Clock, an_event

PEOPLE = 2_000


@pytest.fixture(scope="module")
def land() -> Country:
    """The whole country: some seconds."""
    return country()


def a_small_land(whole: Country, drive_s: Sequence[Sequence[int]]) -> Country:
    """The first seats of the *whole* country, as if at these drives from its first places."""
    table = np.array(drive_s, dtype=np.int32)
    count, seats = table.shape
    return Country(whole.places[:count], np.full(count, 1 / count), whole.seats[:seats], table)


def a_crowd_of(homes: Sequence[int], nearest: Sequence[int]) -> Crowd:
    """People who all think of the first day."""
    count = len(homes)
    return Crowd(np.array(homes), np.zeros(count, int), np.array(nearest), np.zeros(count))


def with_room(plan: Plan, target: int, maximum: int) -> Plan:
    """The first day alone, its sessions of that size."""
    return [[replace(one, target=target, maximum=maximum, free=maximum) for one in plan[0]]]


def filled(session: Session, people: int) -> Session:
    """The session once *people* have a place."""
    return replace(session, free=session.maximum - people)


def test_the_same_seed_gives_the_same_run_and_another_another(land: Country) -> None:
    case = Case("", 0.7, people=PEOPLE)

    first, again, other = (case.run(land, seed) for seed in (1, 1, 2))

    assert first == again != other


def test_the_country_is_britain_and_its_close_seats(land: Country) -> None:
    assert land.activity.sum() == pytest.approx(1)
    assert len(land.activity) < len(kingdom().residents)
    assert len(land.seats) == land.drive_s.shape[1] == 248
    assert all(seat.nation != "Northern Ireland" for seat in land.seats)


def test_the_plan_wants_as_many_as_it_is_told_by_electors(land: Country) -> None:
    plan = a_plan(land.seats, 100_000)

    wanted = np.array([[one.target for one in day] for day in plan])

    electors = np.array([seat.electorate for seat in land.seats])
    share = wanted.sum(axis=0) / wanted.sum() / (electors / electors.sum())
    assert wanted.sum() == pytest.approx(100_000, rel=0.01)
    assert np.abs(share - 1).max() < 0.03
    assert len(plan) == len(dates()) == len(day_shares())


def test_people_come_in_as_time_passes_and_never_too_early(land: Country) -> None:
    crowd = a_crowd(land, PEOPLE, 1)

    day = np.array(dates())[crowd.day]

    # Whoever thinks of a day more than two weeks later signs up later.
    latest_so_far = np.maximum.accumulate(day)
    assert (latest_so_far - day).max() <= 14
    assert (day[-100:] > 28).all()


@pytest.mark.parametrize("listed", [True, False])
def test_the_choice_is_the_product_s_own(
    world: Adapters, clock: Clock, land: Country, listed: bool
) -> None:
    """In 60 random states of a day, `ranking.rank` has the same session first."""
    campaign, dice = a_campaign(listed=listed), np.random.default_rng(3)
    world = replace(world, campaign=campaign)
    clock.at = FIRST_MONDAY
    homes = dice.choice(len(land.activity), 60, p=land.activity)
    plan = a_plan(land.seats, 100_000)

    found = []
    for home in homes:
        day = [filled(one, int(dice.integers(0, one.maximum + 1))) for one in plan[4]]
        ranked = rank(world, land.places[home], day, within_s=campaign.max_direct_s)
        first = [one.session.id for one in ranked if one.session.free > 0][:1]
        chosen = day[Board(campaign, land.seats, day).suggested(land.drive_s[home])]
        found.append((first, [chosen.id]))

    in_reach = [pair for pair in found if pair[0]]
    assert len(in_reach) > 50
    assert all(first == chosen for first, chosen in in_reach)


def test_a_page_shows_that_choice_first(world: Adapters, clock: Clock, land: Country) -> None:
    """Through the store and the service: five events, some fuller, some nearer."""
    campaign = a_campaign()
    world, clock.at = replace(world, campaign=campaign), FIRST_MONDAY
    day, free = a_plan(land.seats, 100_000)[1], [40, 3, 17, 30, 25]
    home = int(np.flatnonzero((land.drive_s[:, :5] < 5_400).sum(axis=1) >= 2)[0])
    day = [
        replace(one, maximum=40, target=20, free=left) for one, left in zip(day, free, strict=False)
    ]
    for one in day:
        event = an_event(id=one.event_id, kind=one.kind, venue=one.venue, ends_at=one.ends_at)
        world.commit([Save(event), Save(one)])
    lat, lon = land.places[home]
    start = Located("", Kind.POSTCODE, lat, lon, 100, "", (), "", "England")

    shown = suggestions.near(world, start)

    chosen = Board(campaign, land.seats[:5], day).suggested(land.drive_s[home, :5])
    assert shown.best[0].session.id == day[chosen].id


def test_each_sees_who_came_before(land: Country) -> None:
    """Two seats alike and as far: people go there by turns, since need falls with each."""
    small = a_small_land(land, [[600, 600]])
    plan = with_room(a_plan(small.seats, 100), 10, 20)
    crowd = a_crowd_of([0] * 8, [0] * 8)

    found = ours(small, crowd, plan, a_campaign(listed=True), 1.0)

    assert found.seat.tolist() == [0, 1] * 4
    assert found.followed.all()


def test_whoever_does_not_follow_is_turned_away_only_where_it_is_full(land: Country) -> None:
    small = a_small_land(land, [[600, 900]])
    plan = with_room(a_plan(small.seats, 100), 1, 2)
    crowd = a_crowd_of([0] * 5, [0] * 5)

    found = ours(small, crowd, plan, a_campaign(listed=True), 0.0)

    assert found.seat.tolist() == [0, 0, 1, 1, NOWHERE]
    assert found.turned.tolist() == [False, False, True, True, True]
    assert not found.followed.any()


def test_out_of_reach_the_nearest_with_room_is_shown(land: Country) -> None:
    small = a_small_land(land, [[7_000, 6_000, 9_000]])
    day = with_room(a_plan(small.seats, 100), 10, 20)[0]
    day = [day[0], filled(day[1], 20), day[2]]

    chosen = Board(a_campaign(listed=True), small.seats, day).suggested(small.drive_s[0])

    assert chosen == 0


def test_nearest_first_goes_on_beyond_every_maximum(land: Country) -> None:
    small = a_small_land(land, [[600, 900]])
    plan = with_room(a_plan(small.seats, 100), 1, 2)
    crowd = a_crowd_of([0] * 5, [0, 0, 0, 0, 1])

    found = measured(small, crowd, plan, nearest_first(crowd))

    assert found.over == pytest.approx(2 / 5)
    assert (found.most, found.few) == (4, 2)


def test_the_ratio_of_top_to_tail_by_hand() -> None:
    assert top_to_tail(np.array([2.0] * 10 + [1.0] * 30 + [0.5] * 60)) == pytest.approx(4)
    assert top_to_tail(np.full(100, 0.3)) == pytest.approx(1)
    assert top_to_tail(np.array([1.0] * 10 + [0.0] * 60)) == float("inf")


def test_extra_minutes_count_for_those_who_followed_alone(land: Country) -> None:
    small = a_small_land(land, [[600, 1_200], [600, 3_000]])
    plan = with_room(a_plan(small.seats, 100), 10, 20)
    crowd = a_crowd_of([0, 1, 1], [0, 0, 0])
    followed = np.array([True, False, True])

    found = measured(small, crowd, plan, Routed(np.array([1, 1, 0]), followed, ~followed))

    assert found.median_min == pytest.approx(5)  # of 10 and 0
    assert found.p90_min == pytest.approx(9)
    assert found.turned == pytest.approx(1 / 3)


def test_nearest_first_floods_and_ours_does_not(land: Country) -> None:
    nearest = Case("nearest", None, people=20_000).run(land, 1)
    found = Case("ours", 0.7, people=20_000).run(land, 1)
    before = Case("before", 0.7, weighing(BEFORE), people=20_000).run(land, 1)

    assert nearest.ratio > 8
    # With all sign-ups 2.0 and 10; in small sessions each person moves need by more.
    assert found.ratio < min(2.1, before.ratio)
    assert found.median_min < 12
    assert nearest.over > found.over == 0


def test_the_middle_is_that_of_each_number_and_a_row_shows_it() -> None:
    runs = [Measures(*(float(each),) * 9) for each in (1, 5, 3)]

    assert middle(runs) == runs[2]
    assert line(Case("ours", 0.7), middle(runs)).split()[:4] == ["ours", "70%", "3.00", "3"]


def test_the_shape_of_2024_and_tables_are_printed_with_progress(
    land: Country, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Case("ours", 0.7, people=PEOPLE)

    print_shape(land, PEOPLE, seeds=1)
    print_tables(land, [("A table", [case])], seeds=2)

    printed = capsys.readouterr()
    assert "published          851" in printed.out
    assert "A table" in printed.out
    assert "ours                          70%" in printed.out
    assert printed.err.startswith("2 of 2 runs done")


def test_a_campaign_with_other_constants_keeps_its_targets() -> None:
    campaign = weighing(BEFORE)

    assert len(campaign.targets) == 248
    assert campaign.weights == BEFORE
