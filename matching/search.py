"""From a first plan to the best one that can be found: the whole day at once, or piece by piece.

Begin with `search`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.chains import Size
from matching.coarse import coarse_bound
from matching.day import Day
from matching.exact import Choice, Work, best_of
from matching.listing import all_loads
from matching.loads import Loads, joined
from matching.neighbourhoods import improved

MOST_STATES = 400_000  # chains of a size and session: some 60 MB
MOST_LOADS = 2_000_000  # in all: some 700 MB while they are priced
LISTING = 0.3  # of the time, for listing them all; then it is given up
SOME_LOADS = 300_000  # of a day whose loads are too many to list
SOME_STATES = 20_000_000  # chains of a size, times riders to put before them: some seconds
FEWEST_STATES = 2_000  # of a size and session; a day that allows no more is not listed at all
COARSE_S = 0.5  # the coarse bound may take even when there is no time left
NODES = 2_000  # of each integer program's tree
POOLS = (3_000, 12_000, 50_000)  # loads of the integer programs tried one after another
ROUNDS = 3  # of neighbourhoods


@dataclass(frozen=True)
class Found:
    """A plan's loads, and what is known of it.

    `bound` is on worth (before `Day.told_price`), `proven` counts levels, `cut` says that the
    clock ended the search for worth.
    """

    loads: Loads
    bound: int
    proven: int
    cut: bool


def search(day: Day, first: Loads, left_s: Callable[[], float]) -> Found:
    """The best plan within `left_s`, *first* or better.

    If every load there can be is listed, the best choice of them is found and proven. Else
    the best choice of some begins what neighbourhoods then improve, and the bound is coarse.
    """
    work = Work(nodes=NODES, pools=POOLS, cuts=True, levels=3, left_s=left_s)
    late = work.share(LISTING).late
    every, complete = all_loads(day, Size(MOST_STATES, MOST_LOADS, whole=True, late=late))
    if not complete:
        return _piecewise(day, first, work, cut=late())
    plan, choice = _best(day, first, every, work)
    bound = coarse_bound(day, COARSE_S) if choice.bound is None else choice.bound
    return Found(plan, bound, choice.proven, choice.cut)


def _piecewise(day: Day, plan: Loads, work: Work, *, cut: bool) -> Found:
    """The same where not every load is listed; *cut* says that the clock forbade it."""
    bound = coarse_bound(day, max(COARSE_S, work.left_s() / 5))
    states = SOME_STATES // max(1, int(day.rider_ok.sum()))
    if states >= FEWEST_STATES:
        late = work.share(LISTING).late
        some, _ = all_loads(day, Size(min(states, MOST_STATES), SOME_LOADS, late=late))
        half = replace(work.share(0.5), pools=POOLS[:2], cuts=False, levels=1)
        cut = cut or late()
        plan, choice = _best(day, plan, some, half)
        cut = cut or choice.cut
    plan = improved(day, plan, ROUNDS, work.left_s)
    return Found(plan, bound, 0, cut or work.late())


def _best(day: Day, first: Loads, more: Loads, work: Work) -> tuple[Loads, Choice]:
    loads = joined([first, more])
    choice = best_of(day, loads, np.arange(len(first)), work)
    return loads.pick(choice.chosen), choice
