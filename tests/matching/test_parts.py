"""Is a part of a day in every respect what it was in the whole?"""

import random
from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from matching.day import Day, Whole
from matching.goals import goals_of
from matching.loads import Loads, persons_of
from matching.numbering import day_of
from matching.parts import Part, part_of
from tests.matching.days import a_day, a_driver, a_rider, a_session
from tests.matching.listed import costs, every_load, keys, tiny_problems


def test_the_loads_of_a_part_are_those_of_the_whole_that_lie_in_it() -> None:
    many = 0
    for name, day, part in _parts(300):
        whole = every_load(day)

        found = part.whole(every_load(part.day))

        expected = costs(whole.pick(_within(part, whole)))
        assert costs(found) == expected, name
        many += len(found)
    assert many > 500


def test_loads_of_the_whole_are_the_same_again_after_being_a_parts() -> None:
    for name, day, part in _parts(300):
        whole = every_load(day)
        within = whole.pick(_within(part, whole))

        own = part.own(whole)
        again = part.whole(own)

        assert costs(own) == costs(every_load(part.day)), name
        for each in fields(Loads):
            given = getattr(again, each.name)
            assert (given == getattr(within, each.name)).all(), f"{name} {each.name}"


def test_who_is_one_person_in_the_whole_is_so_in_the_part() -> None:
    for name, day, part in _parts(300):
        named = np.append(part.drivers, day.person_of_rider[part.riders])
        small = np.append(np.arange(len(part.drivers)), part.day.person_of_rider)

        own = every_load(part.day)

        for one, other in zip(named.tolist(), small.tolist(), strict=True):
            assert ((named == one) == (small == other)).all(), name
        number = dict(zip(small.tolist(), named.tolist(), strict=True)) | {-1: -1}
        whole = persons_of(day, part.whole(own)).tolist()
        assert [[number[each] for each in row] for row in persons_of(part.day, own).tolist()] == (
            whole
        ), name


def test_pins_and_what_people_were_told_are_the_wholes() -> None:
    for name, day, part in _parts(300):
        drivers, riders, sessions = part.drivers, part.riders, part.sessions

        pins = {
            int(drivers[d]): (int(sessions[s]), tuple(riders[list(own)].tolist()), closed)
            for d, (s, own, closed) in part.day.pins.items()
        }
        told = [int(sessions[s]) if s >= 0 else -1 for s in part.day.told_session]
        told_by = [int(drivers[d]) if d >= 0 else -1 for d in part.day.told_driver]

        assert pins == {d: pin for d, pin in day.pins.items() if d in drivers}, name
        session, driver = day.told_session[drivers], day.told_driver[riders]
        assert told == np.where(np.isin(session, sessions), session, -1).tolist(), name
        assert told_by == np.where(np.isin(driver, drivers), driver, -1).tolist(), name


def test_people_at_a_session_are_worth_the_same_in_the_part() -> None:
    for name, day, part in _parts(150):
        own = every_load(part.day)

        small, large = goals_of(part.day)[0], goals_of(day)[0]

        for load in range(len(own)):
            some = own.pick(np.array([load]))
            assert small.of(some) == large.of(part.whole(some)), name


def test_a_part_counts_who_comes_from_outside_it() -> None:
    session = a_session(id="b", maximum=10, target=10)
    day = day_of(a_day(sessions=(a_session(id="a"), session), riders=(a_rider(),)))
    every = np.arange(1)

    part = part_of(day, every, every, np.array([1]), np.array([3, 9]))

    assert part.day.coming.tolist() == [9]
    assert part.day.room.tolist() == [1]
    assert len(every_load(part.day)) == 1


def test_the_day_itself_is_not_changed_by_having_parts() -> None:
    drivers = tuple(a_driver(id=f"d{n}") for n in range(3))
    day = day_of(a_day(drivers=drivers, riders=(a_rider(),)))
    before = costs(every_load(day))

    part = part_of(day, np.array([1]), np.array([0]), np.array([0]), day.coming)
    part.day.coming[0] += 1
    part.day.pins[0] = (0, (), True)

    assert costs(every_load(day)) == before
    assert {driver for driver, _, _ in keys(every_load(day))} == {0, 1, 2}


def _parts(count: int) -> Iterator[tuple[str, Day, Part]]:
    """Parts drawn at random, in which everyone of a pin is, or nobody."""
    for name, problem in tiny_problems(count):
        chance, day = random.Random(name), day_of(problem)
        drivers = {d for d in range(len(day.drivers)) if chance.random() < 0.7}
        riders = {r for r in range(len(day.riders)) if chance.random() < 0.7}
        sessions = {chance.randrange(len(day.sessions))}
        sessions |= {s for s in range(len(day.sessions)) if chance.random() < 0.5}
        for d, (s, own, _) in day.pins.items():
            if chance.random() < 0.7:
                drivers, riders, sessions = drivers | {d}, riders | set(own), sessions | {s}
            else:
                drivers, riders = drivers - {d}, riders - set(own)
        some = (_numbers(drivers), _numbers(riders), _numbers(sessions))
        yield name, day, part_of(day, *some, day.coming)


def _numbers(chosen: set[int]) -> Whole:
    return np.array(sorted(chosen), dtype=np.int64)


def _within(part: Part, loads: Loads) -> Whole:
    drivers, riders = set(part.drivers.tolist()), set(part.riders.tolist())
    sessions = set(part.sessions.tolist())
    found = [d in drivers and s in sessions and own <= riders for d, s, own in keys(loads)]
    return np.flatnonzero(np.array(found, dtype=bool))
