"""Does the best order of a known set cost what listing all orders finds?"""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from matching.day import Day, Numbers
from matching.loads import Loads
from matching.numbering import day_of
from matching.orders import ordered
from tests.matching.listed import Key, costs, every_load, keys, tiny_problems


def test_every_load_costs_the_same_whatever_order_its_riders_are_given_in() -> None:
    for name, problem in tiny_problems(180):
        day = day_of(problem)
        expected = every_load(day)

        mixed = _mixed(random.Random(name), expected.riders)
        found, keeps = ordered(day, expected.driver, expected.session, mixed)

        assert keeps.all(), name
        assert keys(found) == keys(expected), name
        assert costs(found) == costs(expected), name


def test_the_order_given_takes_the_seconds_claimed() -> None:
    for name, problem in tiny_problems(120):
        day = day_of(problem)
        expected = every_load(day)

        found, _ = ordered(day, expected.driver, expected.session, expected.riders)

        for load in range(len(found)):
            claimed = (int(found.driver_extra[load]), int(found.rider_extra[load]))
            assert _driven(day, found, load) == claimed, f"{name} {keys(found)[load]}"
            goes = {r for r in found.riders[load].tolist() if r >= 0 and day.rider_both[r]}
            assert set(found.drops[load].tolist()) - {-1} == goes, name


def test_a_set_that_keeps_no_limit_is_said_to_and_no_other_is() -> None:
    refused = 0
    for name, problem in tiny_problems(180):
        day = day_of(replace(problem, pins=()))
        known = set(keys(every_load(day)))
        asked = list(_sets(day))
        width = max((len(riders) for _, _, riders in asked), default=0) + 1
        rows = [sorted(riders) + [-1] * (width - len(riders)) for _, _, riders in asked]

        found, keeps = ordered(
            day,
            np.array([driver for driver, _, _ in asked], dtype=np.int64),
            np.array([session for _, session, _ in asked], dtype=np.int64),
            np.array(rows, dtype=np.int32).reshape(-1, width),
        )

        assert keeps.tolist() == [key in known for key in asked], name
        assert set(keys(found)) == known, name
        refused += int((~keeps).sum())
    assert refused > 500


def _mixed(chance: random.Random, riders: Numbers) -> Numbers:
    rows = []
    for row in riders.tolist():
        some = [rider for rider in row if rider >= 0]
        chance.shuffle(some)
        rows.append(some + [-1] * (len(row) - len(some)))
    return np.array(rows, dtype=np.int32).reshape(riders.shape)


def _driven(day: Day, loads: Loads, load: int) -> tuple[int, int]:
    """The driver's and the riders' extra seconds, stop by stop."""
    driver, session = int(loads.driver[load]), int(loads.session[load])
    table, dwell_s = day.out.link, day.problem.dwell_s
    home, venue = int(day.home[driver]), day.sessions[session].place
    stops = [int(day.start[r]) for r in loads.riders[load] if r >= 0]
    drops = [int(day.start[r]) for r in loads.drops[load] if r >= 0]
    route, spent = [home, *stops, venue], 0
    whole = sum(int(table[a, b]) for a, b in pairwise(route)) + dwell_s * len(stops)
    detour = whole - int(table[home, venue])
    for at in range(1, len(stops) + 1):
        rest = sum(int(table[a, b]) for a, b in pairwise(route[at:]))
        spent += rest + dwell_s * (len(stops) - at) - int(table[route[at], venue])
    if day.driver_both[driver]:
        route = [venue, *drops, home]
        whole = sum(int(table[a, b]) for a, b in pairwise(route)) + dwell_s * len(drops)
        detour += whole - int(table[venue, home])
        for at in range(1, len(drops) + 1):
            rest = sum(int(table[a, b]) for a, b in pairwise(route[: at + 1]))
            spent += rest + dwell_s * (at - 1) - int(table[venue, route[at]])
    return detour, spent


def _sets(day: Day) -> Iterator[Key]:
    """Sets that only times may forbid: places, pairs and wishes are kept."""
    for driver, session in np.argwhere(day.driver_ok).tolist():
        willing = [r for r in range(len(day.riders)) if day.rider_ok[r, session]]
        for count in range(len(willing) + 1):
            for riders in combinations(willing, count):
                needs = day.needs[list(riders)].sum(axis=0)
                fits = (needs <= day.seats[driver]).all() and needs.sum() < day.room[session]
                apart = any((driver, r) in day.apart_driver for r in riders)
                apart |= any(
                    {(a, b), (b, a)} & day.apart_riders for a, b in combinations(riders, 2)
                )
                if fits and not apart:
                    yield driver, session, frozenset(riders)
