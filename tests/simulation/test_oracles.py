"""Oracles judge from outside: they share no code with what they judge, and so no mistake."""

import ast
from pathlib import Path

import pytest

import simulation

ROOT = Path(simulation.__file__).parent
ORACLES = [*sorted((ROOT / "oracles").glob("*.py")), ROOT / "audit.py", ROOT / "post.py"]
SERVICE = {"chalicelib", "matching", "app", "solver"}


@pytest.mark.parametrize("path", ORACLES, ids=lambda path: path.stem)
def test_an_oracle_imports_nothing_of_the_service(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert not names & SERVICE
