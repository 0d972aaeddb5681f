"""Packages for Lambda, installed on whatever runs here, and trimmed.

Lambda's python3.13 stands on Amazon Linux 2023, whose glibc is 2.34. Only wheels will do:
building from source here would give this computer's binaries.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from infra.bundle import locks, records, trim

PLATFORMS = tuple(
    f"{platform}_x86_64"
    for platform in ("manylinux_2_34", "manylinux_2_28", "manylinux_2_17", "manylinux2014")
)
_FOR_LAMBDA = (
    *("--only-binary=:all:", "--no-deps", "--require-hashes", "--no-compile"),
    *("--implementation", "cp", "--python-version", locks.PYTHON),
    *("--abi", "cp313", "--abi", "abi3", "--abi", "none"),
    *(part for platform in PLATFORMS for part in ("--platform", platform)),
)


class NotInstalledError(Exception):
    """pip could not get a package for Lambda; the message ends with what it said."""


def install(pins: Sequence[locks.Pin], folder: Path) -> None:
    """Fill *folder* with the packages, trimmed, each with a RECORD of just what is left.

    Raises
    ------
    NotInstalledError
        When one has no wheel for Lambda, or another hash.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write("".join(f"{pin.line}\n" for pin in pins))
        wanted.flush()
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        done = subprocess.run(  # noqa: S603  (our own words)
            [*pip, *_FOR_LAMBDA, "--target", str(folder), "-r", wanted.name],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise NotInstalledError(f"pip cannot install for Lambda:\n{done.stderr[-2000:]}")
    _trim(folder)


def _trim(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):  # a folder after what is in it
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif not trim.keeps(path.relative_to(folder).as_posix()):
            path.unlink()
    records.rewrite(folder)
