"""A good plan from a linear program: its largest shares are made whole, one after another.

After each step the program is solved again, with loads that its new prices ask for. So what
the linear program left open is decided with what is already decided in mind. Begin with
`dived`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Flags, Whole
from matching.engine import linear, solved
from matching.loads import Loads
from matching.master import Master
from matching.pools import Pool
from matching.prices import Level, priced
from matching.relaxation import Relaxed, fresh

TAKEN = 1 << 50  # the price of people who are decided: nothing is worth that
ASKED = 2  # times that loads are looked for in each step


@dataclass(frozen=True)
class Pace:
    """Shares from `sure` on are made whole together, or else a `part`-th of those open."""

    sure: float
    part: int


PACES = (Pace(0.95, 10), Pace(0.8, 4), Pace(0.999, 25), Pace(0.7, 2), Pace(0.9, 50))


def dived(
    day: Day,
    pool: Pool,
    level: Level,
    linear_answer: Relaxed,
    pace: Pace,
    left_s: Callable[[], float],
) -> Whole | None:
    """The loads of a plan that is near *linear_answer*; None if that led nowhere."""
    program = Master(linear(left_s()), day, level)
    program.add(pool.loads, linear_answer.seen)
    program.cut(pool.loads, linear_answer.bound.priced.cuts.triples)
    whole: list[int] = []
    used = np.zeros(day.persons, dtype=bool)
    while left_s() > 0 and solved(program.solver):
        for _ in range(ASKED):
            if not _asked(pool, program, level, used) or not solved(program.solver):
                break
        shares = program.shares()
        open_now = sorted((-share, load) for load, share in shares.items() if load not in whole)
        if not open_now or open_now[-1][0] < -1 + 1e-6:
            return program.chosen()
        few = max(1, len(open_now) // pace.part)
        for place, (share, load) in enumerate(open_now):
            persons = _persons(day, pool.loads, load)
            if (place < few or -share >= pace.sure) and not used[persons].any():
                used[persons] = True
                program.make_whole(load)
                whole.append(load)
    return None


def _asked(pool: Pool, program: Master, level: Level, used: Flags) -> bool:
    """Add what the program's prices ask for; whether there was anything."""
    prices = program.prices()
    person = np.where(used, TAKEN, prices.person)
    at = priced(level, replace(prices, person=person), program.cuts)
    entering = fresh(pool, pool.ask(at, 0).reduced, program)
    program.add(pool.loads, entering)
    return len(entering) > 0


def _persons(day: Day, loads: Loads, load: int) -> Whole:
    riders = loads.riders[load]
    return np.append(day.person_of_rider[riders[riders >= 0]], loads.driver[load])
