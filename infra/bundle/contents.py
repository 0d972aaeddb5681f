"""What belongs in which bundle, and how large it may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MB = 2**20
"""Lambda counts in these."""

FOLDERS = ("chalicelib", "matching", "reference", "templates")
LEFT_OUT = "reference/build/"
"""Makes the pack from its sources; no function does."""

SUFFIXES = frozenset({".py", ".toml", ".html", ".txt", ".css", ".svg", ".js", ".bin", ".json"})
"""What ours are: an editor's backup or somebody's notes stay at home."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One zip.

    Attributes
    ----------
    entry
        The one file at its root.
    lock
        The lock file of what it needs besides ours and Chalice's runtime.
    aim_bytes, limit_bytes
        Unzipped: beyond the first it says so, beyond the second it fails.
    never
        Packages that must not be in it.
    handlers
        Function -> what Lambda is told to call, as Chalice names it.
    """

    name: str
    entry: str
    lock: str
    aim_bytes: int
    limit_bytes: int
    never: tuple[str, ...]
    handlers: Mapping[str, str]

    @property
    def module(self) -> str:
        """What its first function imports."""
        return self.entry.removesuffix(".py")


WEB = Bundle(
    name="web",
    entry="app.py",
    lock="requirements.txt",
    aim_bytes=50 * MB,
    limit_bytes=50 * MB,
    never=("ortools", "numpy", "pandas"),
    handlers={
        "web": "app.app",
        "relay": "chalicelib.jobs.relay",
        "mail": "chalicelib.jobs.mail",
        "mail_events": "chalicelib.jobs.mail_events",
        "sweep": "chalicelib.jobs.sweep",
        "deadlines": "chalicelib.jobs.pass_deadlines",
        "count": "chalicelib.jobs.count",
        "nightly": "chalicelib.jobs.nightly",
        "hourly": "chalicelib.jobs.hourly",
    },
)
SOLVER = Bundle(
    name="solver",
    entry="solver.py",
    lock="requirements-solver.txt",
    aim_bytes=200 * MB,
    limit_bytes=250 * MB,
    never=(),
    handlers={"solver": "solver.handler"},
)
BUNDLES = (WEB, SOLVER)


def ours(bundle: Bundle, root: Path) -> dict[str, Path]:
    """Name in the zip -> file of the tree *root*, of all that is our own."""
    files = [root / bundle.entry]
    for folder in FOLDERS:
        files += (path for path in (root / folder).rglob("*") if path.is_file())
    named = {path.relative_to(root).as_posix(): path for path in sorted(files)}
    return {name: path for name, path in named.items() if _belongs(name)}


def _belongs(name: str) -> bool:
    hidden = any(part.startswith((".", "__pycache__")) for part in name.split("/"))
    return not hidden and not name.startswith(LEFT_OUT) and Path(name).suffix in SUFFIXES
