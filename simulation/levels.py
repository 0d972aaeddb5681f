"""Many worlds at the three levels of faults, a process for each core; and the kept seeds again.

A life of 100,000 operations is many worlds of `WORLD`, so that each begins anew and none is
slow with what lies behind it. Begin with `tried`.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from simulation import report
from simulation.report import Result

LEVELS = (0.05, 0.2, 0.4)
WORLD = 2_000
"""Operations of one world: two weeks of a small campaign."""

KEPT = Path(__file__).with_name("seeds.txt")
"""Every seed that ever failed, with what it found."""

Task = tuple[int, float, int]


def tried(operations: int, seed: int, *, kept: bool = True) -> list[Result]:
    """So many operations at each level, and every kept seed once more."""
    worlds = max(1, operations // WORLD)
    size = min(operations, WORLD)
    tasks = [(seed + number, level, size) for number in range(worlds) for level in LEVELS]
    tasks = [*(kept_seeds() if kept else ()), *tasks]
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(os.cpu_count() or 1, maxtasksperchild=8) as pool:
        return list(pool.imap(one, tasks))


def one(task: Task) -> Result:
    """One world."""
    seed, level, operations = task
    found = report.tried(seed, level, operations)
    print(next(report.lines(found)), f"{len(found.broken)} broken", flush=True)
    return found


def kept_seeds() -> list[Task]:
    """Seed, faults and operations of every world that ever found something."""
    lines = KEPT.read_text("utf-8").splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    return [(int(seed), float(level), int(size)) for seed, level, size, *_ in words]


def together(found: Sequence[Result]) -> Result:
    """All of them as one."""
    total = Result(found[0].seed, sum(one.rate for one in found) / len(found), 0)
    for part in found:
        total.operations += part.operations
        total.wall_s += part.wall_s
        total.calls += part.calls
        total.letters += part.letters
        total.reached += part.reached
        total.faults += part.faults
        total.broken += part.broken
        total.until = part.until
        for name, seconds in part.spans.items():
            total.spans.setdefault(name, []).extend(seconds)
    total.reached = Counter(total.reached)
    return total
