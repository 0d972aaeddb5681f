"""Every canary is set free in a world of its own, until an oracle kills it.

Begin with `killed`.
"""

import multiprocessing
import os
from collections.abc import Sequence
from dataclasses import dataclass

from simulation import overlapped, report
from simulation.canaries import CANARIES
from simulation.report import Result

FAULTS = 0.2
AMONG = 0.2
"""How often somebody comes in between: bugs that are races are found sooner."""

OPERATIONS, WORLDS = 2_000, 4
"""A canary has so long to be found, in each of so many worlds."""


RUNS = 100
"""The same for one that lives in overlapped runs."""


@dataclass(frozen=True, slots=True)
class Kill:
    """How a canary died; it lives where `sentence` is empty."""

    name: str
    seed: int
    operations: int
    sentence: str


def killed() -> list[Kill]:
    """Try all of them, a process each."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(os.cpu_count() or 1, maxtasksperchild=1) as pool:
        kills = []
        for kill in pool.imap_unordered(hunt, range(len(CANARIES))):
            print(line(kill), flush=True)
            kills.append(kill)
        return kills


def hunt(number: int) -> Kill:
    """One canary."""
    canary, operations = CANARIES[number], 0
    for seed in range(canary.seed, canary.seed + WORLDS):
        with canary.planted():
            found = (
                overlapped.world(seed, RUNS)
                if canary.overlapped
                else report.tried(
                    seed, FAULTS, OPERATIONS, until_broken=canary.promises, among=AMONG
                )
            )
        operations += found.operations
        sentence = _proof(found, canary.promises)
        if sentence:
            return Kill(canary.name, seed, operations, sentence)
    return Kill(canary.name, seed, operations, "")


def _proof(found: Result, promises: Sequence[str]) -> str:
    sentences = (one.sentence for one in found.broken)
    return next((one for one in sentences if one.startswith(tuple(promises))), "")


def line(kill: Kill) -> str:
    """What became of it."""
    fate = f"{kill.operations:>6} operations" if kill.sentence else "      STILL ALIVE"
    return f"{fate}  {kill.name:<40} {kill.sentence[:80]}"
