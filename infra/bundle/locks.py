"""Lock files, read for Lambda's Python instead of the one that runs here.

pip judges a marker such as ``python_full_version < '3.12'`` by its own interpreter, even when
it installs for another. So they are judged here, and pip is given what is left.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

PYTHON = "3.13"

_LAMBDA = {
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "extra": "",
}
_PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[^\]]*\])?==(?P<version>\S+)"
    r"(?: ; (?P<marker>[^\\\n]+?))? \\\n(?P<hashes>(?: +--hash=\S+(?: \\)?\n)+)",
    re.MULTILINE,
)
_HASH = re.compile(r"--hash=\S+")


class NotLockedError(Exception):
    """A package is needed that no lock file pins."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version. Its name is normalised: "python-dateutil"."""

    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """As pip reads it, with no condition."""
        return " ".join((f"{self.name}=={self.version}", *self.hashes))


def pins(lock: Path) -> list[Pin]:
    """Every package that *lock* asks for on Lambda, in its order."""
    return [
        Pin(normal(found["name"]), found["version"], tuple(_HASH.findall(found["hashes"])))
        for found in _PIN.finditer(lock.read_text("utf-8") + "\n")
        if not found["marker"] or Marker(found["marker"]).evaluate(_LAMBDA)
    ]


def picked(lock: Path, names: Collection[str]) -> list[Pin]:
    """Those of *lock* with these names.

    Raises
    ------
    NotLockedError
        When it lacks one.
    """
    found = {pin.name: pin for pin in pins(lock)}
    if lacking := sorted(set(names) - set(found)):
        raise NotLockedError(f"{lock.name} does not pin {', '.join(lacking)}. Run `make lock`.")
    return [found[name] for name in names]


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
