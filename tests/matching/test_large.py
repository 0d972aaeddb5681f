"""Are days solved piece by piece as valid as others, and are their bounds true?"""

from dataclasses import replace

import pytest

from matching.answer import Watch, plan_of
from matching.check import violations
from matching.crew import Crew
from matching.generate import generate
from matching.greedy import first_plan
from matching.large import at_once, by_blocks
from matching.loads import no_loads
from matching.numbering import day_of
from matching.pins import pinned_loads
from matching.plan import Plan
from matching.problem import InvalidProblem, Pin, Problem, Told
from matching.routes import lifts_of
from matching.solve import solve
from matching.vast import by_regions
from tests.matching.brute import best
from tests.matching.days import a_day, a_driver, a_rider, a_session
from tests.matching.listed import kept_days, tiny_problems

APART = ((51.5, -0.1), (51.52, -0.1), (51.51, -0.1), (53.5, -2.0), (53.52, -2.0))
"""Places 0 to 2 are some 2 km apart; 3 and 4 are as near each other, and hours from there."""


def test_blocks_of_tiny_days_make_valid_plans_and_true_bounds() -> None:
    for name, problem, _, _ in kept_days(45):
        expected = best(problem)
        assert expected is not None, name

        plan = _by_blocks(problem)

        assert violations(problem, plan) == [], name
        assert plan.bound >= expected[0] >= plan.worth, name


def test_regions_of_tiny_days_make_valid_plans_and_true_bounds() -> None:
    for name, made in tiny_problems(152):
        problem = replace(made, drive_s=None)
        expected = best(problem)

        if expected is None:
            with pytest.raises(InvalidProblem, match=r"pins\[0\]"):
                by_regions(problem, 1, Watch(30), people=3)
            continue
        plan = by_regions(problem, 1, Watch(30), people=3)

        assert violations(problem, plan) == [], name
        assert plan.bound >= expected[0], name


def test_a_day_by_blocks_is_valid_near_its_bound_and_the_same_for_any_workers() -> None:
    problem = _with_lifts(generate(150, 1, sessions=6))

    one, two = (_by_blocks(problem, workers=workers) for workers in (1, 2))

    assert violations(problem, one) == []
    assert one.lifts == two.lifts
    assert (one.worth, one.bound) == (two.worth, two.bound)
    assert one.bound >= solve(replace(problem, deadline_s=2)).worth
    assert one.worth >= 0.95 * one.bound


@pytest.mark.parametrize("left_s", [0.0, 0.3, 2.0])
def test_a_day_by_blocks_that_is_cut_short_is_valid_all_the_same(left_s: float) -> None:
    problem = replace(_with_lifts(generate(300, 3, sessions=10)), deadline_s=left_s)

    plan = _by_blocks(problem, workers=2)

    assert violations(problem, plan) == []
    assert plan.bound >= plan.worth


def test_a_session_that_too_many_would_go_to_is_shared_out_by_where_they_live() -> None:
    """Those who could drive or ride are one person still, whichever group they are in."""
    made = _with_lifts(generate(400, 0, sessions=1))
    drivers, riders = sorted(each.id for each in made.drivers), [each.id for each in made.riders]
    pairs = dict(made.either) | dict(zip(drivers[::4], riders[::9], strict=False))
    one_each = {rider: driver for driver, rider in pairs.items()}
    either = tuple((driver, rider) for rider, driver in one_each.items())
    problem = replace(made, either=either, pins=(), deadline_s=2)
    day, watch = day_of(problem), Watch(2)

    with Crew(day, 1) as crew:
        found = at_once(day, pinned_loads(day), crew, watch.left_s, watch.mark)

    assert violations(problem, plan_of(day, found, watch)) == []


def test_a_day_by_regions_places_nobody_twice_and_forgets_nobody() -> None:
    made = _with_lifts(generate(160, 2, sessions=8))
    nowhere = (a_driver(id="no driver", sessions=()), a_rider(id="no rider", sessions=()))
    problem = replace(
        made,
        drivers=(*made.drivers, nowhere[0]),
        riders=(*made.riders, nowhere[1]),
    )

    one, two = (by_regions(problem, workers, Watch(20), people=60) for workers in (1, 2))

    assert violations(problem, one) == []
    assert one.lifts == two.lifts
    assert {"no driver", "no rider"} <= {each.id for each in one.unplaced}
    lifts = {lift.driver: lift for lift in one.lifts}
    for pin in problem.pins:
        assert lifts[pin.driver].session == pin.session
        assert set(pin.riders) <= {stop.rider for stop in lifts[pin.driver].stops}
    assert any(
        told.driver in lifts and lifts[told.driver].session == told.session for told in problem.told
    )
    assert one.bound >= max(one.worth, solve(replace(problem, deadline_s=1)).worth)


@pytest.mark.parametrize(
    ("either", "told", "pins"),
    [
        pytest.param((("d0", "r0"),), (), (Pin("d1", "a", ("r0",)),), id="pinned, drives too"),
        pytest.param((), (Told("d0", "b", ("r0",)),), (Pin("d1", "a", ("r0",)),), id="told else"),
        pytest.param((("d0", "r0"),), (Told("d1", "a", ("r0",)),), (), id="told, drives too"),
    ],
)
def test_people_who_belong_to_two_regions_are_in_one(
    either: tuple[tuple[str, str], ...], told: tuple[Told, ...], pins: tuple[Pin, ...]
) -> None:
    problem = a_day(
        places=APART,
        sessions=(a_session(id="a"), a_session(id="b", place=3)),
        drivers=(a_driver(id="d0", home=4, sessions=("b",)), a_driver(id="d1", home=1)),
        riders=(a_rider(id="r0"),),
        either=either,
        told=told,
        pins=pins,
    )

    plan = _by_regions(problem)

    assert violations(problem, plan) == []
    assert plan.bound >= solve(problem).worth


def test_days_without_people_or_sessions_have_plans_too() -> None:
    nobody = Problem((), ())
    no_session = a_day(sessions=(), riders=(a_rider(),))

    plans = [
        solved(problem) for problem in (nobody, no_session) for solved in (_by_blocks, _by_regions)
    ]

    assert [violations(nobody, plan) for plan in plans[:2]] == [[], []]
    assert [violations(no_session, plan) for plan in plans[2:]] == [[], []]


def _by_regions(problem: Problem) -> Plan:
    return by_regions(problem, 1, Watch(10), people=1)


def _by_blocks(problem: Problem, workers: int = 1) -> Plan:
    day, watch = day_of(problem), Watch(problem.deadline_s)
    with Crew(day, workers) as crew:
        found = by_blocks(day, pinned_loads(day), crew, watch.left_s, watch.mark)
    return plan_of(day, found, watch)


def _with_lifts(problem: Problem) -> Problem:
    """*problem* where a first plan was told, of which some lifts are to be kept."""
    day = day_of(problem)
    lifts = lifts_of(day, first_plan(day, no_loads(), bool))
    told = [Told(e.driver, e.session, tuple(stop.rider for stop in e.stops)) for e in lifts]
    pins = [
        Pin(lift.driver, lift.session, lift.riders[: 1 + number % 2], closed=number % 2 == 1)
        for number, lift in enumerate(lift for lift in told[::7] if lift.riders)
    ]
    return replace(problem, told=tuple(told), pins=tuple(pins), deadline_s=60)
