"""Are people and sessions shared out so that nobody is forgotten and the best comes first?"""

import random

import numpy as np
import pytest

from matching.day import Day
from matching.generate import generate
from matching.numbering import day_of
from matching.shares import blocks, cut, wanted
from tests.matching.days import a_day, a_driver, a_rider, a_session


@pytest.mark.parametrize("seed", range(60))
def test_every_session_is_in_one_block_and_only_single_ones_are_too_large(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.choice([1, 2, 7, 30])
    spots = [(chance.uniform(50, 58), chance.uniform(-5, 1)) for _ in range(count)]
    places = [chance.choice(spots) for _ in range(count)]
    size = np.array([chance.choice([0, 1, 40, 90, 300]) for _ in range(count)])
    most = chance.choice([1, 100, 250, 10_000])

    found = cut(places, size, most, chance.choice([0.35, 0.5, 0.65]))

    assert sorted(np.concatenate(found).tolist()) == list(range(count)), f"seed {seed}"
    assert all(len(some) == 1 or size[some].sum() <= most for some in found), f"seed {seed}"
    assert all((np.diff(some) > 0).all() for some in found), f"seed {seed}"


def test_no_session_is_no_block() -> None:
    assert cut([], np.array([], dtype=np.int64), 10, 0.5) == []


def test_the_blocks_of_a_day_lie_apart_and_other_turns_cut_elsewhere() -> None:
    day = day_of(generate(600, 4, sessions=24))
    size = np.full(24, 25)

    turns = [blocks(day, size, 150, turn) for turn in range(3)]

    assert len({str(sorted(some.tolist() for some in found)) for found in turns}) > 1
    for found in turns:
        assert sorted(np.concatenate(found).tolist()) == list(range(24))
        assert all(size[some].sum() <= 150 for some in found)
        near = [float(np.ptp(_latitudes(day)[some])) for some in found]
        assert sum(near) / len(near) < float(np.ptp(_latitudes(day)))


@pytest.mark.parametrize("seed", range(8))
def test_whom_any_session_would_take_goes_to_one_that_they_accept(seed: int) -> None:
    day = day_of(generate(150, seed, sessions=6))
    people = np.unique(np.append(np.arange(len(day.drivers)), day.person_of_rider))
    full = day.coming + np.where(np.arange(6) % 2, day.room, 0)

    for coming in (day.coming, full):
        found = wanted(day, people, coming)

        accepts = np.zeros((day.persons, 6), dtype=bool)
        accepts[len(day.drivers) :] = day.rider_ok
        accepts[: len(day.drivers)] = day.driver_ok
        assert ((found >= 0) == accepts[people].any(axis=1)).all(), f"seed {seed}"
        there = np.flatnonzero(found >= 0)
        assert accepts[people[there], found[there]].all(), f"seed {seed}"


@pytest.mark.parametrize("seed", range(20))
def test_the_session_that_counts_more_is_filled_to_its_target_first(seed: int) -> None:
    chance = random.Random(seed)
    target, count, coming = chance.randint(1, 6), chance.randint(1, 9), chance.randint(0, 3)
    poor = a_session(id="a", target=9, maximum=30, need=0)
    needy = a_session(id="b", target=target, maximum=target, need=1, coming=min(coming, target))
    drivers = tuple(a_driver(id=f"d{n}") for n in range(count // 2))
    riders = tuple(a_rider(id=f"r{n}") for n in range(count - count // 2))
    day = day_of(a_day(sessions=(poor, needy), drivers=drivers, riders=riders))

    found = wanted(day, np.arange(count), day.coming)

    first = min(count, target - min(coming, target))
    assert np.bincount(found, minlength=2).tolist() == [count - first, first], f"seed {seed}"


def test_places_below_a_target_come_before_those_beyond_another() -> None:
    poor = a_session(id="a", target=4, maximum=30, need=0)
    rich = a_session(id="b", target=1, maximum=30, need=0.5)
    drivers = tuple(a_driver(id=f"d{n}") for n in range(7))
    day = day_of(a_day(sessions=(poor, rich), drivers=drivers))

    found = wanted(day, np.arange(7), day.coming)

    assert np.bincount(found, minlength=2).tolist() == [4, 3]


def test_where_sessions_count_alike_people_go_to_the_nearest() -> None:
    near, far = a_session(id="near", place=1), a_session(id="far", place=8)
    drivers = (a_driver(id="d1", home=0), a_driver(id="d2", home=9))
    day = day_of(a_day(sessions=(near, far), drivers=drivers))

    found = wanted(day, np.arange(2), day.coming)

    assert [day.sessions[s].id for s in found] == ["near", "far"]


def _latitudes(day: Day) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([day.problem.places[session.place][0] for session in day.sessions])
