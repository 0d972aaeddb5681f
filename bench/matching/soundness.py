"""Is the solver sound? `python -m bench.matching.soundness --problems 10000 --seed 1`.

So many problems are solved, and every plan is held against `matching.check`: of four problems
one is a small day, three are tiny. Then tiny ones are solved again and held against a brute
force on all three levels (`--brute 2000`). Each failure is a line on the standard output with
what makes the problem again; the exit status is 1 if there is any. Some ten minutes in all.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.matching.small import small_day
from matching.check import violations
from matching.plan import Plan
from matching.problem import InvalidProblem, Problem
from matching.solve import solve
from tests.matching.brute import best
from tests.matching.tiny import pressed_problem, tiny_problem

MAKERS = (small_day, tiny_problem, pressed_problem, tiny_problem)  # the next one for each seed
TINY = (tiny_problem, pressed_problem)
STEP = 50  # problems between two words on how far it is

Solver = Callable[[Problem], Plan]


@dataclass(frozen=True)
class Case:
    """A problem, by what makes it."""

    make: Callable[[int], Problem]
    seed: int

    def __str__(self) -> str:
        return f"{self.make.__name__}({self.seed})"


def main(arguments: Sequence[str] | None = None, solver: Solver = solve) -> int:
    """Do what the command line says; the exit status."""
    chosen = _parser().parse_args(arguments)
    seeds = range(chosen.seed, chosen.seed + chosen.problems)
    failed = _run("checked", cases(MAKERS, seeds), lambda case: unsound(case, solver))
    seeds = range(chosen.seed, chosen.seed + chosen.brute)
    failed += _run("compared", cases(TINY, seeds), lambda case: not_best(case, solver))
    return 1 if failed else 0


def cases(makers: Sequence[Callable[[int], Problem]], seeds: range) -> list[Case]:
    """A case for each seed; the *makers* take turns, by the seed alone."""
    return [Case(makers[seed % len(makers)], seed) for seed in seeds]


def unsound(case: Case, solver: Solver) -> str | None:
    """What is wrong with the plan of this case; a tiny problem's pin may be refused."""
    problem = case.make(case.seed)
    try:
        found = violations(problem, solver(problem))
    except InvalidProblem as error:
        tiny = case.make in TINY and error.path.startswith("pins[")
        return None if tiny else f"refused: {error}"
    return "; ".join(map(str, found)) or None


def not_best(case: Case, solver: Solver) -> str | None:
    """What is better than the plan of this tiny case, or what it does not prove."""
    problem = case.make(case.seed)
    expected = best(problem)
    try:
        plan = solver(problem)
    except InvalidProblem as error:
        return None if expected is None else f"refused: {error}"
    found = (plan.worth, plan.driver_extra_s, plan.rider_extra_s)
    if found != expected:
        return f"{found}, but the best is {expected}"
    return None if plan.proven_levels == 3 else f"proves {plan.proven_levels} levels only"


def _run(word: str, every: Sequence[Case], judge: Callable[[Case], str | None]) -> int:
    """Judge *every* case, print those that fail, and give their number."""
    failed = 0
    for done, case in enumerate(every, start=1):
        wrong = _judged(case, judge)
        if wrong is not None:
            failed += 1
            print(f"{case}: {wrong}", flush=True)
        if done % STEP == 0 or done == len(every):
            print(f"{done} of {len(every)} {word}, {failed} failed", file=sys.stderr)
    return failed


def _judged(case: Case, judge: Callable[[Case], str | None]) -> str | None:
    """The verdict on *case*; a crash is one too, and must not end a long run."""
    try:
        return judge(case)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.matching.soundness")
    parser.add_argument("--problems", type=int, default=10_000, help="to solve and check")
    parser.add_argument("--brute", type=int, default=2_000, help="tiny ones, against brute force")
    parser.add_argument("--seed", type=int, default=1, help="of the first; the next is one more")
    return parser


if __name__ == "__main__":
    sys.exit(main())
