"""Compiled modules, by a Python of the very version that Lambda runs.

Without them a function compiles everything at each start: Lambda's folder is read-only. A
.pyc is valid whatever its source's date is ("unchecked hash"), so the zip's fixed dates do no
harm, and it names its source as Lambda will see it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from infra.bundle import locks

TASK_ROOT = "/var/task"
"""Where Lambda unpacks a bundle."""

_CACHE = "cpython-" + locks.PYTHON.replace(".", "")


class NoPythonError(Exception):
    """There is no interpreter of Lambda's version here."""


def interpreter() -> str:
    """Find one: LAMBDA_PYTHON, or on the path, or where pyenv and uv keep theirs.

    Raises
    ------
    NoPythonError
        When there is none. A bundle without .pyc would be another, slower and unproven one, so
        it is not built at all.
    """
    for candidate in _candidates():
        version, _, program = _introduced(candidate).partition(" ")
        if version == locks.PYTHON:
            return program
    raise NoPythonError(
        f"Python {locks.PYTHON}, which Lambda runs, is not here. Install it "
        f"(`uv python install {locks.PYTHON}`), or say where it is: LAMBDA_PYTHON=..."
    )


def compile_all(folder: Path, python: str) -> None:
    """Compile every module below *folder*, always in the same order and process.

    Marshalled code depends on what its process compiled before it, and on the hash seed.
    """
    options = ["-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(folder)]
    subprocess.run(  # noqa: S603  (the interpreter that was just found)
        [python, "-s", "-S", "-m", "compileall", *options, "-p", TASK_ROOT, str(folder)],
        env={"PYTHONHASHSEED": "0", "PYTHONSAFEPATH": "1"},
        check=True,
    )


def compiled(name: str) -> str:
    """Where the .pyc of the module *name* ("chalice/app.py") is."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/__pycache__/{file.removesuffix('.py')}.{_CACHE}.pyc".removeprefix("/")


def _candidates() -> Iterator[str]:
    if named := os.environ.get("LAMBDA_PYTHON"):
        yield named
    if on_path := shutil.which(f"python{locks.PYTHON}"):
        yield on_path
    for kept in (".pyenv/versions/{}*", ".local/share/uv/python/cpython-{}*"):
        pattern = f"{kept.format(locks.PYTHON)}/bin/python{locks.PYTHON}"
        yield from (str(path) for path in sorted(Path.home().glob(pattern), reverse=True))


def _introduced(python: str) -> str:
    """ "3.13 /its/own/path", or "" when it does not run: a shim may lead anywhere or nowhere."""
    code = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"
    try:
        asked = subprocess.run(  # noqa: S603  (what somebody has installed under this name)
            [python, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return asked.stdout.strip()
