"""Towns whose names look like a misspelt one.

difflib compares well but slowly, so only the dozen names that share most letter pairs with
the typed one are put before it.
"""

import functools
from collections import Counter
from difflib import SequenceMatcher
from itertools import chain, pairwise

from reference import towns
from reference.files import OURS, Pack

LIKENESS = 0.75
"""difflib's ratio from which a name is offered: two wrong letters in ten still pass."""

COMPARED = 12
"""Names put before difflib."""

NEARLY = 0.1
"""A name that is so much less like than the likeliest is not offered beside it."""

OFFERED = 5
LETTERS = 30
"""Letters of the typed name that count; the longest name has 25 or so."""


def close(key: str, pack: Pack = OURS) -> list[towns.Town]:
    """Give the towns whose names are most like *key*, likest first, at most `OFFERED`."""
    typed = key.replace(" ", "")[:LETTERS]
    names = towns.index(pack).joined
    matcher = SequenceMatcher(b=typed, autojunk=False)
    ranked = []
    for place in _alike(typed, pack):
        matcher.set_seq1(names[place])
        if matcher.quick_ratio() >= LIKENESS and (ratio := matcher.ratio()) >= LIKENESS:
            ranked.append((-ratio, place))
    least = min(ranked, default=(0.0, 0))[0] + NEARLY
    likest = [place for ratio, place in sorted(ranked) if ratio <= least]
    numbers = dict.fromkeys(towns.index(pack).towns[place] for place in likest)
    return [towns.at(number, pack) for number in list(numbers)[:OFFERED]]


def _alike(typed: str, pack: Pack) -> list[int]:
    """Give the places of the names that share most letter pairs with *typed*."""
    pairs = _pairs(pack)
    wanted = _letter_pairs(typed)
    shared = Counter(chain.from_iterable(pairs.get(pair, ()) for pair in wanted))
    needed = len(wanted) // 3  # one wrong letter costs two pairs
    names = towns.index(pack).joined
    scored = [
        (count / (len(names[place]) + len(wanted)), place)
        for place, count in shared.items()
        if count > needed
    ]
    return [place for _, place in sorted(scored, reverse=True)[:COMPARED]]


@functools.cache
def _pairs(pack: Pack) -> dict[str, list[int]]:
    """Give, for each letter pair, the places of the names that have it."""
    having: dict[str, list[int]] = {}
    for place, name in enumerate(towns.index(pack).joined):
        for pair in _letter_pairs(name):
            having.setdefault(pair, []).append(place)
    return having


def _letter_pairs(name: str) -> set[str]:
    return {one + two for one, two in pairwise(f"^{name}$")}
