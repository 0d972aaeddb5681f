"""What solving takes and yields, as a table: for `python -m matching bench`.

Each row is one size of generated days of one event, out only: the people in a lift, the gap,
the seconds, and the process's peak memory so far.
"""

import resource
import sys
from collections.abc import Iterable
from statistics import median

from matching.generate import generate
from matching.plan import Plan
from matching.problem import Problem
from matching.solve import solve

HEAD = "people seeds  placed  worst gap  proven  median s  worst s    MB"


def print_table(sizes: Iterable[int], seeds: int) -> None:
    """Print a row for each of *sizes*, over the days of seeds 1 to *seeds*, as it is found."""
    print(HEAD)
    for people in sizes:
        problems, plans = [], []
        for seed in range(1, seeds + 1):
            print(f"\r{people}: {seed} of {seeds}", end="", file=sys.stderr, flush=True)
            problems.append(generate(people, seed, sessions=1, out_only=True))
            plans.append(solve(problems[-1]))
        print("\r", end="", file=sys.stderr)
        if plans:
            print(_row(people, problems, plans), flush=True)


def _row(people: int, problems: list[Problem], plans: list[Plan]) -> str:
    seconds = [plan.seconds["total"] for plan in plans]
    gap = max(plan.gap for plan in plans)
    proven = sum(plan.proven_levels > 0 for plan in plans)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{people:6} {len(plans):5} {sum(map(_placed, problems, plans)):7} "
        f"{gap:10.2%} {proven:7} {median(seconds):9.2f} {max(seconds):8.2f} {memory:5}"
    )


def _placed(problem: Problem, plan: Plan) -> int:
    """People in lifts, drivers too."""
    people = {rider.id: rider.people for rider in problem.riders}
    return sum(1 + sum(people[stop.rider] for stop in lift.stops) for lift in plan.lifts)
