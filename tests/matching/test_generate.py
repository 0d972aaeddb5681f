"""Are generated days realistic enough, and the same for the same seed?"""

from matching.generate import generate
from matching.travel import drive_s


def test_the_same_seed_gives_the_same_day() -> None:
    assert generate(80, 3) == generate(80, 3) != generate(80, 4)


def test_a_day_has_what_was_asked_for() -> None:
    problem = generate(400, 1, sessions=3, out_only=True)

    assert len(problem.sessions) == 3
    assert len(problem.drivers) + len(problem.riders) == 400
    assert 0.2 < len(problem.drivers) / 400 < 0.4
    assert not any(driver.both_ways for driver in problem.drivers)
    assert not any(rider.both_ways for rider in problem.riders)


def test_days_have_every_kind_of_wish_and_need() -> None:
    problem = generate(600, 2)

    kinds = {kind for rider in problem.riders for kind in rider.needs}
    assert kinds == {"standard", "wheelchair", "child"}
    assert {rider.sessions is None for rider in problem.riders} == {True, False}
    assert {driver.both_ways for driver in problem.drivers} == {True, False}


def test_most_people_live_within_a_campaigners_drive() -> None:
    problem = generate(300, 5)

    venue = problem.places[0]
    drives = sorted(drive_s(problem.places[rider.start], venue) for rider in problem.riders)
    assert 10 * 60 < drives[len(drives) // 2] < 75 * 60


def test_nobody_at_all_is_a_day_too() -> None:
    assert generate(0, 1).drivers == ()
