"""Copies of the solver with a bug in each, for the checker to find.

The bugs are in `mutations.txt`, each as small as a slip of the pen; add what you would fear.
Every one reads

    # file.py: what is wrong (the rule of `matching.check` that some plan breaks then)
    - a text that is in the file exactly once
    + what stands there instead

A text that is not there is an error, so that no bug is lost when the source changes. Begin
with `mutant`.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matching
from matching.files import plan_from_json, problem_to_json
from matching.plan import Plan
from matching.problem import Problem

PACKAGE = "mutant"
SOURCE = Path(matching.__file__).parent
BUG = re.compile(r"# (\S+): (.+) \((\w+)\)\n- (.+)\n\+ ?(.*)\n")

Solver = Callable[[Problem], Plan | None]


@dataclass(frozen=True)
class Mutation:
    """In *file*, *was* becomes *now*; then some plan breaks the *rule* of `matching.check`."""

    file: str
    name: str
    rule: str
    was: str
    now: str


def mutations() -> dict[str, Mutation]:
    """All of them, by what is wrong."""
    text = Path(__file__).with_name("mutations.txt").read_text()
    found = [Mutation(*each) for each in BUG.findall(text)]
    assert len(found) == text.count("#"), "not every bug is written as it should be"
    return {each.name: each for each in found}


@contextmanager
def mutant(folder: Path, mutation: Mutation | None) -> Iterator[Solver]:
    """The solver with this bug, built in the empty *folder*; None where it refuses a pin."""
    _copy(folder / PACKAGE, mutation)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        files = importlib.import_module(f"{PACKAGE}.files")
        solve = importlib.import_module(f"{PACKAGE}.solve").solve
        yield lambda problem: _solved(files, solve, problem)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


def _copy(package: Path, mutation: Mutation | None) -> None:
    package.mkdir()
    (package / "data").symlink_to(SOURCE / "data")
    for file in SOURCE.glob("*.py"):
        own = re.sub(
            r"^( *)(from|import) matching\b", rf"\1\2 {PACKAGE}", file.read_text(), flags=re.M
        )
        (package / file.name).write_text(own)
    if mutation is not None:
        file = package / mutation.file
        assert file.read_text().count(mutation.was) == 1, f"not once in {file.name}: {mutation.was}"
        file.write_text(file.read_text().replace(mutation.was, mutation.now))


def _solved(files: Any, solve: Any, problem: Problem) -> Plan | None:
    """What the copy answers, brought over as text: its dataclasses are not ours."""
    try:
        plan = solve(files.problem_from_json(problem_to_json(problem)))
    except files.InvalidProblem:
        return None
    return plan_from_json(files.plan_to_json(plan))
