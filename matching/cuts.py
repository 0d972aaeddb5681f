"""Subset-row cuts: of any three people, at most one car-load holds two or more.

True of every plan, since nobody is in two cars, but not of a linear program's halves: where
three loads share three people pairwise, half of each keeps all other rows. (M. Jepsen et al.,
Operations Research 56 (2008), 497.) Begin with `Cuts`.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from matching.day import Flags, Whole

VIOLATED = 0.05  # by less than this a cut is not worth its row
AT_ONCE = 40  # cuts added in a round
OF_EACH = 6  # of these, how many may name the same person
MOST_PEOPLE = 150  # looked at in a round: those in most loads that are not whole

CHUNK = 50_000  # loads looked at together

Shares = dict[int, float]


@dataclass(frozen=True)
class Cuts:
    """Cuts by their `triples` of people (numbers as in `Day`), `[cut, 3]`."""

    triples: Whole
    persons: int

    def __len__(self) -> int:
        return len(self.triples)

    @cached_property
    def member(self) -> npt.NDArray[np.int8]:
        """`[person, cut]`: 1 where the cut names the person; the last row is nobody's."""
        table = np.zeros((self.persons + 1, len(self.triples)), dtype=np.int8)
        for at, triple in enumerate(self.triples):
            table[triple, at] = 1
        return table

    def held(self, persons: Whole) -> Flags:
        """`[load, cut]`: which rows of *persons*, filled up with -1, hold two or more of which."""
        count = np.zeros((len(persons), len(self.triples)), dtype=np.int8)
        for place in range(persons.shape[1]):
            count += self.member[persons[:, place]]
        return np.asarray(count >= 2)

    def cost(self, persons: Whole, prices: Whole) -> Whole:
        """By row: what its triples cost."""
        cost = np.zeros(len(persons), dtype=np.int64)
        if prices.any():
            for begin in range(0, len(persons), CHUNK):
                part = slice(begin, begin + CHUNK)
                cost[part] = self.held(persons[part]) @ prices
        return cost

    def more(self, triples: Whole) -> "Cuts":
        """These and *triples*."""
        return Cuts(np.concatenate([self.triples, triples]), self.persons)


def no_cuts(persons: int) -> Cuts:
    """None, of a day with so many people."""
    return Cuts(np.empty((0, 3), dtype=np.int64), persons)


def violated(persons: Whole, shares: Shares, known: Cuts) -> Whole:
    """Triples that the *shares* of a linear program's answer violate most, `[cut, 3]`.

    Row i of *persons* are the people of load i, filled up with -1.
    """
    parts = {load: share for load, share in shares.items() if share < 1 - 1e-6}
    people = _open_people(persons, parts)
    at = {person: place for place, person in enumerate(people.tolist())}
    pairs = np.zeros((len(people), len(people)))
    triples = np.zeros((len(people),) * 3)
    for load, share in parts.items():
        places = sorted(at[each] for each in persons[load].tolist() if each in at)
        for a, b in combinations(places, 2):
            pairs[a, b] += share
        for a, b, c in combinations(places, 3):
            triples[a, b, c] += share
    both = pairs + pairs.T
    total = both[:, :, None] + both[:, None, :] + both[None, :, :] - 2 * triples
    found = np.argwhere(total > 1 + VIOLATED)
    found = found[(found[:, 0] < found[:, 1]) & (found[:, 1] < found[:, 2])]
    first, second, third = found.T
    order = np.lexsort((third, second, first, -np.round(total[first, second, third], 6)))
    return _spread(people[found[order]], known)


def _open_people(persons: Whole, parts: Shares) -> Whole:
    """Those in loads that are neither driven nor not; if many, those in most of them."""
    some = persons[sorted(parts)]
    people, count = np.unique(some[some >= 0], return_counts=True)
    order = np.argsort(-count, kind="stable")[:MOST_PEOPLE]
    return np.sort(people[order]).astype(np.int64)


def _spread(triples: Whole, known: Cuts) -> Whole:
    """A few of *triples*, the first ones, with nobody in too many."""
    times: dict[int, int] = {}
    old = {tuple(triple) for triple in known.triples.tolist()}
    chosen: list[list[int]] = []
    for triple in triples.tolist():
        if len(chosen) == AT_ONCE:
            break
        if tuple(triple) not in old and all(times.get(each, 0) < OF_EACH for each in triple):
            chosen.append(triple)
            for each in triple:
                times[each] = times.get(each, 0) + 1
    return np.array(chosen, dtype=np.int64).reshape(-1, 3)
