"""Does the checker see what a solver with a bug does wrong, whatever the bug?"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from matching.check import violations
from matching.problem import Problem
from tests.matching.mutants import Mutation, Solver, mutant, mutations
from tests.matching.tiny import pressed_problem, tiny_problem

SEEDS = 150
MUTATIONS = mutations()


def _problems() -> Iterator[tuple[str, Problem]]:
    for seed in range(SEEDS):
        for make in (tiny_problem, pressed_problem):
            yield f"{make.__name__}({seed})", make(seed)


def _broken(solve: Solver, problem: Problem) -> set[str]:
    plan = solve(problem)
    return {found.rule for found in violations(problem, plan)} if plan else set()


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_solver_with_a_bug_is_caught(name: str, tmp_path: Path) -> None:
    mutation = MUTATIONS[name]

    with mutant(tmp_path, mutation) as solve:
        caught = any(mutation.rule in _broken(solve, problem) for _, problem in _problems())

    assert caught, f"no plan in {2 * SEEDS} broke the rule {mutation.rule}"


def test_a_copy_without_a_bug_breaks_nothing(tmp_path: Path) -> None:
    with mutant(tmp_path, None) as solve:
        for name, problem in islice(_problems(), 60):
            assert _broken(solve, problem) == set(), name


@pytest.mark.parametrize("file", ["day.py", "no_such_file.py"])
def test_a_mutation_of_what_is_not_there_is_an_error(file: str, tmp_path: Path) -> None:
    lost = Mutation(file, "lost", "worth", "no such text", "")

    with pytest.raises((AssertionError, FileNotFoundError), match=file), mutant(tmp_path, lost):
        pass
