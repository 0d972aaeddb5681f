"""Is a generated day what was asked for, and the same for the same seed?"""

import os
import subprocess
import sys
from statistics import mean

import pytest

from matching.files import problem_to_json
from matching.generate import generate
from matching.grid import apart_km, grid_of, nearest
from matching.problem import Driver, Problem, Rider
from tests.matching.lands import homes, seat_at, venues


def _people(problem: Problem) -> list[Driver | Rider]:
    return [*problem.drivers, *problem.riders]


def test_the_same_seed_gives_the_same_day() -> None:
    assert generate(80, 3) == generate(80, 3) != generate(80, 4)


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    ours = problem_to_json(generate(300, 8)).encode() + b"\n"

    assert [_generated_elsewhere(hash_seed) for hash_seed in ("0", "4242")] == [ours, ours]


def _generated_elsewhere(hash_seed: str) -> bytes:
    run = subprocess.run(
        [sys.executable, "-m", "matching", "generate", "--people", "300", "--seed", "8"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    return run.stdout


def test_a_day_needs_the_standard_library_only() -> None:
    code = (
        "import sys; from matching.generate import generate; generate(60, 1);"
        "sys.exit(bool({'numpy', 'ortools', 'reference'} & set(sys.modules)))"
    )

    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


def test_a_day_has_what_was_asked_for() -> None:
    problem = generate(400, 1, sessions=3, out_only=True, drivers=0.25)

    assert len(problem.sessions) == 3
    assert len(problem.drivers) == 100
    assert len(problem.riders) == 300 + len(problem.either) == 308
    assert len(problem.places) == 403
    assert not any(each.both_ways for each in _people(problem))


@pytest.mark.parametrize(("drivers", "count"), [(0, 0), (0.9, 45), (1, 50)])
def test_any_share_may_drive(drivers: float, count: int) -> None:
    assert len(generate(50, 1, drivers=drivers).drivers) == count


def test_days_have_every_kind_of_wish_and_need() -> None:
    problem = generate(2000, 2)
    people = _people(problem)

    kinds = {kind for rider in problem.riders for kind in rider.needs}
    assert kinds == {"standard", "wheelchair", "child"}
    assert {rider.people for rider in problem.riders} == {1, 2, 3}
    assert {len(each.sessions) for each in people if each.sessions} == {1, 2, 3}
    assert {each.max_direct_s for each in people} == {None, 1800, 2700, 3600}
    assert mean(each.sessions is None for each in people) == pytest.approx(0.5, abs=0.05)
    assert mean(each.both_ways for each in people) == pytest.approx(0.85, abs=0.03)
    assert all(900 <= driver.detour_limit_s <= 1800 for driver in problem.drivers)
    assert all(900 <= rider.extra_limit_s <= 1800 for rider in problem.riders)
    assert {each.earliest_s // 3600 for each in people} == {7, 8, 9}


def test_standard_days_have_nothing_special() -> None:
    problem = generate(600, 2, standard_only=True)

    assert problem.either == problem.forbidden == ()
    assert {kind for rider in problem.riders for kind in rider.needs} == {"standard"}
    assert {kind for driver in problem.drivers for kind in driver.seats} == {"standard"}
    assert {sum(driver.seats.values()) for driver in problem.drivers} == {2, 3, 4}


def test_where_there_is_one_session_nobody_chooses() -> None:
    people = _people(generate(300, 1, sessions=1))

    assert {(each.sessions, each.max_direct_s) for each in people} == {(None, None)}


def test_named_sessions_are_among_the_nearest() -> None:
    problem = generate(3000, 3)
    grid = grid_of(venues(problem))

    for rider in problem.riders[:300]:
        closest = nearest(grid, problem.places[rider.start], 6)
        assert {f"s{number:04}" for _, number in closest} >= set(rider.sessions or ())


def test_whoever_could_be_either_is_one_person_at_one_home() -> None:
    problem = generate(1000, 4)
    drivers = {driver.id: driver for driver in problem.drivers}
    riders = {rider.id: rider for rider in problem.riders}

    assert len(problem.either) == 20
    for one, other in problem.either:
        assert one[1:] == other[1:]
        assert drivers[one].home == riders[other].start
        assert (drivers[one].sessions, riders[other].people) == (riders[other].sessions, 1)


def test_blocks_are_among_neighbours() -> None:
    problem = generate(1000, 4)
    places = homes(problem)

    pairs = {(int(one[1:]), int(other[1:])) for one, other in problem.forbidden}

    assert 8 <= len(pairs) <= 10
    for one, other in pairs:
        away_km = sorted(apart_km(places[one], place) for place in places)
        assert 0 < away_km.index(apart_km(places[one], places[other])) < 10


def test_the_whole_kingdom_is_quickly_made() -> None:
    problem = generate(100_000, 1)

    assert len(problem.sessions) == len(set(venues(problem))) == 2000
    assert len(set(map(seat_at, venues(problem)))) > 300
    assert len(problem.drivers) == 30_000
    assert len(problem.riders) == 72_000
    assert len(problem.either) == 2000
    assert 1000 <= len(problem.forbidden) <= 1200


@pytest.mark.parametrize(
    ("people", "sessions"), [(0, None), (1, None), (3, 0), (0, 5), (100, 300), (4000, 0)]
)
def test_tiny_and_odd_days_are_days_too(people: int, sessions: int | None) -> None:
    problem = generate(people, 1, sessions=sessions)

    assert len(problem.places) == people + len(problem.sessions)
    assert len(problem.sessions) == (1 if sessions is None else sessions)
