"""Are the loads worth most at some prices all found, and is none worth more than is said?"""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from matching.cuts import Cuts, no_cuts
from matching.day import Day, Whole
from matching.goals import goals_of, together
from matching.loads import Loads, no_loads
from matching.market import Group, groups
from matching.numbering import day_of
from matching.offering import Effort, sought
from matching.pins import pinned_loads
from matching.pools import Grown
from matching.prices import FINE, Kept, Level, Priced, Prices, no_prices, nothing, priced
from matching.problem import Pin
from matching.reach import NONE
from tests.matching.days import a_day, a_rider
from tests.matching.listed import every_load, kept_days, keys, tiny_problems

ALL = Effort(10**6, 10**6, 10**6)
FEW = Effort(chains=3, offered=2, each=1)


def test_at_any_prices_exactly_the_loads_worth_more_than_asked_are_found() -> None:
    many = 0
    for name, day, every, at, above in _asked(240):
        reduced = at.reduced(day, every)
        for group in groups(day):
            mine = _of(every, group)
            wanted = mine & (reduced > above[every.driver])

            found = sought(day, group, at, above, ALL, bool)

            assert found.complete, name
            assert sorted(map(str, keys(found.loads))) == sorted(
                map(str, keys(every.pick(wanted)))
            ), name
            best = _best(day, every.pick(mine), reduced[mine])
            assert (found.best <= best).all(), name
            asked = best > above
            assert (found.best[asked] == best[asked]).all(), name
            many += int(wanted.sum())
    assert many > 500


def test_however_little_is_looked_at_no_load_is_worth_more_than_is_said() -> None:
    missed = 0
    for name, day, every, at, above in _asked(240):
        reduced = at.reduced(day, every)
        for group in groups(day):
            mine = _of(every, group)
            best = _best(day, every.pick(mine), reduced[mine])

            found = sought(day, group, at, above, FEW, lambda: True)

            assert (np.maximum(found.best, above) >= best).all(), name
            missed += int((best > above).sum()) - len(set(found.loads.driver.tolist()))
    assert missed > 0


def test_no_load_is_worth_more_than_a_growing_pool_answers() -> None:
    for number, (name, _, day, plan) in enumerate(kept_days(240)):
        chance, every = random.Random(name), every_load(day)
        at = _priced(chance, day, list(_levels(day, plan))[number % 4])
        best = np.maximum(_best(day, every, at.reduced(day, every)), nothing(day))
        pool = Grown(day, plan, bool)

        answer = pool.ask(at, chance.randrange(pool.efforts))

        assert (answer.best >= best).all(), f"{name}: {answer.best} for {best}"
        assert (answer.reduced == at.reduced(day, pool.loads)).all(), name


def test_a_load_worth_hardly_anything_is_no_more_than_a_pool_answers() -> None:
    day = day_of(a_day(riders=(a_rider(),)))
    prices = replace(no_prices(day.persons, 1), place=np.array([9_000]))
    prices = replace(prices, person=np.array([9_000, 8_995]))
    at = priced(Level(goals_of(day)[0]), prices, no_cuts(day.persons))

    answer = Grown(day, no_loads(), bool).ask(at, 0)

    assert at.reduced(day, every_load(day)).max() == 5
    assert answer.best[0] >= 5


def test_a_driver_who_must_go_may_find_a_better_load_than_the_known_ones_that_lose() -> None:
    day = day_of(a_day(riders=(a_rider(),), pins=(Pin("d", "s"),)))
    prices = replace(no_prices(day.persons, 1), place=np.array([9_000]))
    prices = replace(prices, person=np.array([90_000, 1_000]))
    at = priced(Level(goals_of(day)[0]), prices, no_cuts(day.persons))

    answer = Grown(day, pinned_loads(day), bool).ask(at, 0)

    assert at.reduced(day, every_load(day)).max() == -73_000
    assert answer.best.tolist() == [-73_000]


def _asked(count: int) -> Iterator[tuple[str, Day, Loads, Priced, Whole]]:
    """Tiny days with their loads, at prices drawn at random, and what is asked of each driver."""
    for name, problem in tiny_problems(count):
        chance, day = random.Random(name), day_of(problem)
        every = every_load(day)
        for number, level in enumerate(_levels(day, every.pick(np.arange(0)))):
            at = _priced(chance, day, level)
            usual = 1 + int(np.abs(at.reduced(day, every)).max(initial=1))
            above = [chance.choice([0, 8, chance.randint(-usual, usual)]) for _ in day.drivers]
            yield f"{name}, level {number}", day, every, at, np.array(above, dtype=np.int64)


def _levels(day: Day, plan: Loads) -> Iterator[Level]:
    worth, driver_s, rider_s = goals_of(day)
    kept = Kept(worth, worth.of(plan))
    yield Level(worth)
    yield Level(together(day))
    yield Level(driver_s, (kept,))
    yield Level(rider_s, (kept, Kept(driver_s, driver_s.of(plan))))


def _priced(chance: random.Random, day: Day, level: Level) -> Priced:
    """*level* at prices of about the size that a linear program gives."""
    kept = tuple(chance.choice([0, chance.randint(0, 2 * FINE)]) for _ in level.kept)
    unit = (
        1
        + level.goal.worth * FINE
        + sum(each.goal.worth * price for each, price in zip(level.kept, kept, strict=True))
    )
    unit = chance.choice([unit, unit // 5 + 1])
    cuts = _cuts(chance, day)
    prices = Prices(
        person=_drawn(chance, day.persons, 0, 6_000 * unit),
        place=_drawn(chance, len(day.sessions), -1_000 * unit, 6_000 * unit),
        kept=kept,
        cut=_drawn(chance, len(cuts), 0, 3_000 * unit),
    )
    return priced(level, prices, cuts)


def _drawn(chance: random.Random, count: int, least: int, most: int) -> Whole:
    return np.array(
        [chance.choice([max(0, least), chance.randint(least, most)]) for _ in range(count)],
        dtype=np.int64,
    )


def _cuts(chance: random.Random, day: Day) -> Cuts:
    people = sorted({*range(len(day.drivers)), *day.person_of_rider.tolist()})
    triples = list(combinations(people, 3))
    some = chance.sample(triples, min(len(triples), chance.choice([0, 1, 3, 6])))
    return no_cuts(day.persons).more(np.array(some, dtype=np.int64).reshape(-1, 3))


def _of(every: Loads, group: Group) -> Whole:
    """Which loads are the group's, but for empty cars."""
    mine = np.isin(every.driver, group.drivers) & (every.session == group.session)
    return np.asarray(mine & (every.riders >= 0).any(axis=1))


def _best(day: Day, loads: Loads, reduced: Whole) -> Whole:
    best = np.full(len(day.drivers), NONE)
    np.maximum.at(best, loads.driver, reduced)
    return best
