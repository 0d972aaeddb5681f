"""Is everyone who is left out told the truth: why, and what would help?"""

from dataclasses import replace

import pytest

from matching.generate import generate
from matching.plan import Plan, Reason, Relax, Unplaced
from matching.problem import Driver, Pin, Problem, Rider
from matching.solve import solve
from matching.travel import drive_s
from tests.matching.days import LINE, a_day, a_driver, a_rider, a_session

TO_NINE_S = drive_s(LINE[4], LINE[9]) + 60 + drive_s(LINE[9], LINE[0]) - drive_s(LINE[4], LINE[0])
CASES: dict[str, tuple[Reason, Relax | None, Problem]] = {
    "no session that they accept": (
        Reason.NO_SESSION_FITS,
        Relax(session="s"),
        a_day(riders=(a_rider(sessions=()),)),
    ),
    "everything is too early": (
        Reason.TOO_EARLY,
        Relax(earliest_s=35_700 - 60 - drive_s(LINE[2], LINE[0])),
        a_day(riders=(a_rider(earliest_s=36_000),)),
    ),
    "nobody drives": (Reason.NO_DRIVER_NEAR, None, a_day(drivers=(), riders=(a_rider(),))),
    "the detour is too long": (
        Reason.NO_DRIVER_NEAR,
        Relax(driver="d", detour_limit_s=TO_NINE_S),
        a_day(drivers=(a_driver(detour_limit_s=600),), riders=(a_rider(start=9),)),
    ),
    "places are full": (
        Reason.PLACES_FULL,
        None,
        a_day(
            drivers=(a_driver(seats={"standard": 2}),),
            riders=(a_rider(id="a", needs={"standard": 2}), a_rider()),
        ),
    ),
    "no place of the type": (
        Reason.NEEDS_NOT_MET,
        None,
        a_day(riders=(a_rider(needs={"wheelchair": 1}),)),
    ),
    "nobody goes back": (
        Reason.WAY_BACK,
        None,
        a_day(drivers=(a_driver(both_ways=False),), riders=(a_rider(),)),
    ),
    "no room for anybody": (
        Reason.SESSION_FULL,
        None,
        a_day(sessions=(a_session(maximum=1, target=1),), riders=(a_rider(),)),
    ),
    "others count for more": (
        Reason.OUTBID,
        Relax(session="far"),
        a_day(
            sessions=(a_session(id="far", place=9, need=1), a_session()),
            riders=(a_rider(sessions=("s",)), a_rider(id="a", sessions=("far",))),
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_reason_and_what_would_help(name: str) -> None:
    reason, relax, problem = CASES[name]

    [person] = [each for each in solve(problem).unplaced if each.id == "r"]

    assert (person.reason, person.relax) == (reason, relax)


def test_a_driver_is_told_too() -> None:
    late = a_driver(id="late", earliest_s=36_000)
    elsewhere = a_driver(id="elsewhere", sessions=())

    plan = solve(a_day(drivers=(late, elsewhere)))

    direct_s = drive_s(LINE[4], LINE[0])
    assert plan.unplaced == (
        Unplaced("elsewhere", Reason.NO_SESSION_FITS, Relax(session="s")),
        Unplaced("late", Reason.TOO_EARLY, Relax(driver="late", earliest_s=35_700 - direct_s)),
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_change_places_the_person(seed: int) -> None:
    """Solved anew after the change, among those who had a lift, with their lifts kept."""
    problem = generate(30, seed, sessions=2)
    plan = solve(problem)

    for person in plan.unplaced:
        if person.relax is not None:
            again = solve(_relaxed(problem, plan, person))

            assert person.id not in {each.id for each in again.unplaced}, person


def _relaxed(problem: Problem, plan: Plan, person: Unplaced) -> Problem:
    relax = person.relax
    assert relax is not None
    placed = {stop.rider for lift in plan.lifts for stop in lift.stops} | {person.id}
    riders = [rider for rider in problem.riders if rider.id in placed]
    known = placed | {driver.id for driver in problem.drivers}
    return replace(
        problem,
        riders=tuple(_changed_rider(rider, relax, person.id) for rider in riders),
        drivers=tuple(_changed_driver(driver, relax, person.id) for driver in problem.drivers),
        either=tuple(pair for pair in problem.either if known.issuperset(pair)),
        forbidden=tuple(pair for pair in problem.forbidden if known.issuperset(pair)),
        pins=tuple(
            Pin(lift.driver, lift.session, tuple(stop.rider for stop in lift.stops))
            for lift in plan.lifts
        ),
    )


def _changed_rider(rider: Rider, relax: Relax, name: str) -> Rider:
    if rider.id != name or relax.driver is not None:
        return rider
    return replace(
        rider,
        earliest_s=rider.earliest_s if relax.earliest_s is None else relax.earliest_s,
        extra_limit_s=relax.extra_limit_s or rider.extra_limit_s,
        sessions=rider.sessions if relax.session is None else (relax.session,),
    )


def _changed_driver(driver: Driver, relax: Relax, name: str) -> Driver:
    if driver.id == name and relax.session is not None:
        return replace(driver, sessions=(relax.session,))
    if driver.id != relax.driver:
        return driver
    return replace(
        driver,
        earliest_s=driver.earliest_s if relax.earliest_s is None else relax.earliest_s,
        detour_limit_s=relax.detour_limit_s or driver.detour_limit_s,
    )
