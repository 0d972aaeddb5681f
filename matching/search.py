"""From a first plan to the best one that can be found: the whole day at once, then piece by piece.

Begin with `search`.
"""

from collections.abc import Callable

import numpy as np

from matching.choosing import Work
from matching.coarse import coarse_bound
from matching.day import Day
from matching.exact import best_of
from matching.found import Found
from matching.goals import goals_of
from matching.loads import Loads
from matching.neighbourhoods import improved
from matching.pools import Grown

COARSE_S = 0.5  # the coarse bound may take even when there is no time left
NODES = 400  # of each integer program's tree
POOLS = (2_500, 12_000, 50_000)  # loads of the integer programs tried one after another
ROUNDS = 2  # of neighbourhoods
ALONE = 0.9  # of the time for the whole day at once; the rest is for neighbourhoods


def search(
    day: Day, first: Loads, left_s: Callable[[], float], mark: Callable[[str], None]
) -> Found:
    """The best plan within `left_s`, *first* or better, and what is proven about it."""
    work = Work(nodes=NODES, pools=POOLS, cuts=True, levels=3, left_s=left_s, mark=mark)
    part = work.share(ALONE)
    choice = best_of(day, Grown(day, first, part.late), np.arange(len(first)), part)
    worth = goals_of(day)[0]
    bound = coarse_bound(day, COARSE_S) if choice.bound is None else choice.bound
    plan, cut = choice.loads, choice.cut
    if not choice.proven:
        plan = improved(day, plan, bound, ROUNDS, left_s)
        if worth.of(plan) > worth.of(choice.loads):
            mark("found")
        cut = worth.of(plan) < bound and (cut or work.late())
    return Found(plan, bound, choice.proven, cut)
