"""Full means full: how many people may hold places so that no more turn up than there is room.

Some of those who hold a place stay at home, so a session can give out more places than it has
room, as long as too many come on one day in twenty at most. Only for sessions: a car's places
are never given out twice. Begin with `places`.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator

RISK = 0.05
"""The chance that more people turn up than there is room: one session in twenty."""

CAR_LOAD = 5
"""People who come or stay together, at most, unless somebody says otherwise: a full car."""

MOST_TIMES = 2
"""However few have turned up so far, nobody gives out more than so many times the room."""

Share = tuple[int, float]
"""A number of people, and the chance that exactly so many come."""


def places(maximum: int, turn_up: float, risk: float = RISK, largest_party: int = CAR_LOAD) -> int:
    """How many people may hold places where *maximum* have room.

    The most for which more than *maximum* turn up with a chance of *risk* or less, if everyone
    turns up with a chance of *turn_up* or less, whatever ties those of one party or car
    together, and parties know nothing of each other. Exact where people come one by one; a safe
    bound where they come in parties of up to *largest_party*. Never fewer than *maximum*.
    """
    room = max(0, maximum)
    more = range(room + 1, MOST_TIMES * room + 1)
    # More people never make it less likely that too many come, so the search can halve.
    return room + bisect_right(
        more, risk, key=lambda people: overflow_bound(people, room, turn_up, largest_party)
    )


def overflow_bound(people: int, maximum: int, turn_up: float, largest_party: int) -> float:
    """A chance that is never exceeded: that more than *maximum* of *people* turn up.

    However a party's members hang together, the party as one coin, all or nobody, is spread
    more widely; and so are few large parties than many small ones (the increasing convex order;
    A. W. Marshall, I. Olkin, B. C. Arnold, Inequalities (2nd ed. 2011), chapter 11). Such
    coins therefore exceed any number by more than the people do, on average; and people who
    are more than *maximum* exceed a smaller *number* by `maximum + 1 - number` at least,
    which bounds how often that happens.
    """
    if largest_party <= 1:
        return sum(chance for come, chance in _coming(people, turn_up) if come > maximum)
    whole, rest = divmod(people, largest_party)
    rows = sorted(_in_parties(whole, largest_party, rest, turn_up), reverse=True)
    least, weight, sum_above = 1.0, 0.0, 0.0
    for come, chance in rows:
        if come <= maximum:
            excess = sum_above - weight * come
            least = min(least, excess / (maximum + 1 - come))
        weight, sum_above = weight + chance, sum_above + chance * come
    return least


def overflow_chance(parties: Iterable[int], maximum: int, turn_up: float) -> float:
    """The chance that more than *maximum* turn up of just these *parties*, each whole or not
    at all and by itself.
    """
    chances = [1.0]
    for size in parties:
        longer = [chance * (1 - turn_up) for chance in chances] + [0.0] * size
        for come, chance in enumerate(chances):
            longer[come + size] += chance * turn_up
        chances = longer
    return sum(chances[max(0, maximum + 1) :])


def _in_parties(whole: int, size: int, rest: int, turn_up: float) -> Iterator[Share]:
    """As `_coming`, for *whole* parties of *size* people and one of the *rest*."""
    for count, chance in _coming(whole, turn_up):
        yield size * count, chance * (1 - turn_up)
        yield size * count + rest, chance * turn_up


def _coming(number: int, turn_up: float) -> Iterator[Share]:
    """The binomial distribution; by logarithms, since 0.3 to the power of 2,000 is none."""
    if not 0 < turn_up < 1:
        yield number if turn_up >= 1 else 0, 1.0
        return
    ways = math.lgamma(number + 1)
    come, stay = math.log(turn_up), math.log1p(-turn_up)
    for count in range(number + 1):
        choices = ways - math.lgamma(count + 1) - math.lgamma(number - count + 1)
        yield count, math.exp(choices + count * come + (number - count) * stay)
