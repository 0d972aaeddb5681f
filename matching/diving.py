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
from matching.loads import persons_of
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
    fixed = _Fixed(day, pool)
    while left_s() > 0 and solved(program.solver):
        for _ in range(ASKED):
            if not _asked(pool, program, level, fixed.used) or not solved(program.solver):
                break
        shares = program.shares()
        open_now = sorted(
            (-share, load) for load, share in shares.items() if load not in fixed.loads
        )
        if not open_now or open_now[-1][0] < -1 + 1e-6:
            return program.chosen()
        few = max(1, len(open_now) // pace.part)
        before = len(fixed.loads)
        for share, load in open_now:
            if (len(fixed.loads) < before + few or -share >= pace.sure) and fixed.fits(load):
                program.make_whole(load)
        if len(fixed.loads) == before:
            break
    return fixed.plan()


class _Fixed:
    """What is decided: loads, whom they use, and what room they leave."""

    def __init__(self, day: Day, pool: Pool) -> None:
        self.loads: set[int] = set()
        self.used = np.zeros(day.persons, dtype=bool)
        self._day, self._pool, self._left = day, pool, day.room

    def fits(self, load: int) -> bool:
        """Decide for *load*, if that can be."""
        [persons] = persons_of(self._day, self._pool.loads.pick(np.array([load])))
        session, people = self._pool.loads.session[load], self._pool.loads.people[load]
        persons = persons[persons >= 0]
        if self.used[persons].any() or self._left[session] < people:
            return False
        self.used[persons] = True
        self._left[session] -= people
        self.loads.add(load)
        return True

    def plan(self) -> Whole | None:
        """The loads decided for, unless a pin is missing."""
        loads = np.array(sorted(self.loads), dtype=np.int64)
        drivers = set(self._pool.loads.driver[loads].tolist())
        return loads if drivers >= set(self._day.pins) else None


def _asked(pool: Pool, program: Master, level: Level, used: Flags) -> bool:
    """Add what the program's prices ask for; whether there was anything."""
    prices = program.prices()
    person = np.where(used, TAKEN, prices.person)
    at = priced(level, replace(prices, person=person), program.cuts)
    entering = fresh(pool, pool.ask(at, 0).reduced, program)
    program.add(pool.loads, entering)
    return len(entering) > 0
