"""What solving takes and yields, as a table: for `python -m matching bench`.

Each row is one size of generated days: how many riders' parties are placed, against drivers
who choose one after another (the first plan that `solve` begins with), the gap, the seconds,
and the process's peak memory so far.
"""

import resource
import sys
from collections.abc import Iterable
from statistics import median

from matching.generate import generate
from matching.greedy import first_plan
from matching.numbering import day_of
from matching.pins import pinned_loads
from matching.plan import Plan
from matching.problem import Problem
from matching.solve import solve

HEAD = "people sessions seeds  placed  greedy  worst gap  proven  median s  worst s    MB"


def print_table(
    sizes: Iterable[int], seeds: int, *, sessions: int | None = 1, out_only: bool = True
) -> None:
    """Print a row for each of *sizes*, over the days of seeds 1 to *seeds*, as it is found."""
    print(HEAD)
    for people in sizes:
        problems = [
            generate(people, seed, sessions=sessions, out_only=out_only)
            for seed in range(1, seeds + 1)
        ]
        plans = []
        for problem in problems:
            plans.append(solve(problem))
            print(f"\r{people}: {len(plans)} of {seeds}", end="", file=sys.stderr, flush=True)
        print("\r", end="", file=sys.stderr)
        if plans:
            print(_row(people, problems, plans), flush=True)


def _row(people: int, problems: list[Problem], plans: list[Plan]) -> str:
    seconds = [plan.seconds["total"] for plan in plans]
    placed = sum(len(lift.stops) for plan in plans for lift in plan.lifts)
    gap = max(plan.gap for plan in plans)
    proven = sum(plan.proven_levels > 0 for plan in plans)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{people:6} {len(problems[0].sessions):8} {len(plans):5} {placed:7} "
        f"{sum(map(_greedy, problems)):7} {gap:10.2%} {proven:7} "
        f"{median(seconds):9.2f} {max(seconds):8.2f} {memory:5}"
    )


def _greedy(problem: Problem) -> int:
    """Parties that the first plan places."""
    day = day_of(problem)
    plan = first_plan(day, pinned_loads(day), lambda: False)
    return int((plan.riders >= 0).sum())
