"""Do the cuts hold for every plan, and are those found that a program's halves break?"""

import random
from itertools import combinations

import numpy as np
import pytest

from matching.cuts import VIOLATED, Cuts, Shares, no_cuts, violated
from matching.day import Whole

HALVES = np.array([[0, 1, -1], [1, 2, -1], [2, 0, 3]])
"""Three loads that share people 0, 1 and 2 pairwise."""


@pytest.mark.parametrize("seed", range(40))
def test_no_loads_without_a_person_in_common_break_a_cut(seed: int) -> None:
    chance = random.Random(seed)
    everyone = list(range(12))
    chance.shuffle(everyone)
    rows: list[list[int]] = []
    while everyone:
        size = chance.randint(1, 5)
        rows.append(everyone[:size])
        everyone = everyone[size:]
    cuts = no_cuts(12).more(_triples(12))

    held = cuts.held(_filled(rows))

    assert (held.sum(axis=0) <= 1).all(), f"seed {seed}"


def test_three_halves_break_the_cut_of_the_people_they_share() -> None:
    shares = dict.fromkeys(range(3), 0.5)

    found = violated(HALVES, shares, no_cuts(4))

    assert found.tolist() == [[0, 1, 2]]
    assert Cuts(found, 4).held(HALVES).all()


def test_a_cut_that_is_there_already_is_not_found_again() -> None:
    known = no_cuts(4).more(np.array([[0, 1, 2]]))

    found = violated(HALVES, dict.fromkeys(range(3), 0.5), known)

    assert found.tolist() == []


def test_loads_that_are_driven_whole_break_nothing() -> None:
    rows = _filled([[0, 1], [2, 3], [4, 5, 6]])

    found = violated(rows, dict.fromkeys(range(3), 1.0), no_cuts(7))

    assert found.tolist() == []


@pytest.mark.parametrize("seed", range(60))
def test_what_is_found_is_broken_and_where_something_is_broken_the_worst_is_found(
    seed: int,
) -> None:
    chance = random.Random(seed)
    rows = [chance.sample(range(9), chance.randint(1, 4)) for _ in range(chance.randint(3, 12))]
    shares = {load: chance.choice([0.25, 0.5, 0.5, 0.75]) for load in range(len(rows))}

    found = violated(_filled(rows), shares, no_cuts(9))

    sums = {triple: _sum(rows, shares, triple) for triple in combinations(range(9), 3)}
    named = [tuple(triple) for triple in found.tolist()]
    assert all(sums[a, b, c] > 1 + VIOLATED for a, b, c in named), f"seed {seed}"
    assert len(set(named)) == len(named), f"seed {seed}"
    worst = max(sums.values())
    assert bool(named) == (worst > 1 + VIOLATED), f"seed {seed}"
    assert not named or sums[named[0][0], named[0][1], named[0][2]] == worst, f"seed {seed}"


@pytest.mark.parametrize("seed", range(40))
def test_a_load_pays_for_each_cut_of_which_it_holds_two_people_or_more(seed: int) -> None:
    chance = random.Random(seed)
    rows = [chance.sample(range(10), chance.randint(1, 5)) for _ in range(20)]
    some = chance.sample(_triples(10).tolist(), chance.randint(0, 15))
    prices = [chance.choice([0, chance.randint(0, 10**12)]) for _ in some]
    cuts = no_cuts(10).more(np.array(some, dtype=np.int64).reshape(-1, 3))

    cost = cuts.cost(_filled(rows), np.array(prices, dtype=np.int64))

    expected = [
        sum(price for triple, price in zip(some, prices, strict=True) if _two(triple, row))
        for row in rows
    ]
    assert cost.tolist() == expected, f"seed {seed}"


def _two(triple: list[int], row: list[int]) -> bool:
    return len(set(triple) & set(row)) >= 2


def _sum(rows: list[list[int]], shares: Shares, triple: tuple[int, int, int]) -> float:
    return sum(shares[at] for at, row in enumerate(rows) if _two(list(triple), row))


def _triples(people: int) -> Whole:
    return np.array(list(combinations(range(people), 3)), dtype=np.int64)


def _filled(rows: list[list[int]]) -> Whole:
    width = max(map(len, rows))
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int64)
