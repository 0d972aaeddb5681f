"""The house holds: imports only go down, and each vendor is known in one place only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib import errors, http

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("app.py", "solver.py", "chalicelib", "matching", "reference", "infra")

FLOORS: dict[str, tuple[str, ...]] = {
    "matching": ("matching",),
    "reference": ("reference",),
    "chalicelib.errors": (),
    "chalicelib.domain": ("chalicelib.domain", "chalicelib.errors", "reference"),
    "chalicelib.rendering": ("chalicelib.domain",),
    "chalicelib.roads": ("chalicelib.roads", "chalicelib.domain"),
    "chalicelib.storage": ("chalicelib.storage", "chalicelib.domain", "chalicelib.errors"),
    "chalicelib.services": (
        "chalicelib.services",
        "chalicelib.adapters",
        "chalicelib.storage",
        "chalicelib.mail",
        "chalicelib.mime",
        "chalicelib.calendar",
        "chalicelib.domain",
        "chalicelib.errors",
        "matching",
        "reference",
    ),
}
"""Folder or file -> what of ours it may import; what is not a key may import any floor."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "ortools": ("matching",),
    "numpy": ("matching",),
    "pynamodb": ("chalicelib.storage",),
    "chalice": ("chalicelib.http", "chalicelib.jobs", "chalicelib.routes", "app", "infra"),
    "boto3": ("chalicelib.wiring", "infra"),
    "botocore": (
        "chalicelib.wiring",
        "chalicelib.storage",
        "chalicelib.mail",
        "chalicelib.queues",
        "infra",
    ),
    "urllib3": ("chalicelib.wiring", "chalicelib.roads"),
    "simulation": (),
    "jinja2": ("chalicelib.rendering",),
    "icalendar": ("chalicelib.calendar",),
    "cattrs": ("chalicelib.storage",),
    "geopy": ("reference", "matching"),
}
"""Vendor -> the modules that alone may import it."""

ONE_PLACE: dict[str, tuple[str, ...]] = {
    "os.environ": ("chalicelib.wiring", "infra"),
    "os.getenv": (),
    "datetime.now": ("chalicelib.wiring", "infra"),
    "datetime.utcnow": (),
    "date.today": (),
    "time.time": ("infra",),
    "secrets.token_urlsafe": ("chalicelib.wiring",),
    "uuid.uuid4": (),
    "boto3.client": ("chalicelib.wiring", "infra"),
    "urllib3.PoolManager": ("chalicelib.wiring",),
}
"""What asks the world outside -> where it may be asked: one environment, clock, chance."""


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for source in SOURCES:
        path = ROOT / source
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), ast.parse(file.read_text("utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(place + ".") for place in places)


def _floor_of(module: str) -> tuple[str, ...] | None:
    return next((may for floor, may in FLOORS.items() if _within(module, (floor,))), None)


def misplaced(module: str, tree: ast.Module) -> list[str]:
    """What *module* imports and may not."""
    ours = tuple(source.removesuffix(".py") for source in SOURCES)
    may, found = _floor_of(module), []
    for name in _imports(tree):
        vendor = name.partition(".")[0]
        is_ours = vendor in ours and name not in {"chalicelib", "chalicelib.domain"}
        if may is not None and is_ours and not _within(name, may):
            found.append(name)
        if vendor in ONLY_IN and not _within(module, ONLY_IN[vendor]):
            found.append(name)
    return found


def outside_calls(module: str, tree: ast.Module) -> list[str]:
    """Where *module* asks the environment, the clock or chance, and may not."""
    texts = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return [
        call
        for call, places in ONE_PLACE.items()
        if any(text == call or text.endswith("." + call) for text in texts)
        and not _within(module, places)
    ]


MODULES = dict(_modules())


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_go_down(module: str) -> None:
    assert misplaced(module, MODULES[module]) == []


@pytest.mark.parametrize("module", MODULES)
def test_the_world_is_asked_in_one_place(module: str) -> None:
    assert outside_calls(module, MODULES[module]) == []


def test_a_wrong_import_is_seen() -> None:
    """The check can fail: each rule is broken once here."""
    wrong = ast.parse("import ortools\nfrom chalicelib.services import events\n")
    asking = ast.parse(
        "import os\nfrom datetime import datetime\nos.environ['A']\ndatetime.now()\n"
    )

    assert misplaced("chalicelib.domain.event", wrong) == [
        "ortools",
        "chalicelib.services",
        "chalicelib.services.events",
    ]
    assert outside_calls("chalicelib.services.events", asking) == ["os.environ", "datetime.now"]


def test_every_error_has_a_status() -> None:
    assert set(http.STATUS) == set(errors.ServiceError.__subclasses__())


def test_the_web_function_carries_no_solver() -> None:
    code = "import app, sys; print({'ortools', 'numpy', 'pandas'} & set(sys.modules))"

    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "set()"
