"""``python -m infra.template``: make dist/template.json, complain of it, and say what is in it."""

import argparse
import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

from infra import child, stack
from infra.template import build, check, lint, package, summary
from infra.template.functions import FUNCTIONS


def main(arguments: list[str]) -> int:
    """Make it (0), or say what is wrong (1)."""
    parser = argparse.ArgumentParser("python -m infra.template", description=__doc__)
    parser.add_argument("--dist", type=Path, default=child.ROOT / "dist", help="where it goes")
    path = parser.parse_args(arguments).dist / "template.json"
    path.unlink(missing_ok=True)
    try:
        template = build.build()
    except package.NotPackagedError as error:
        sys.stderr.write(f"No template: {error}\n")
        return 1
    if wrong := [*check.complaints(template, import_module("app").app), *lint.of_policies()]:
        sys.stderr.write("No template:\n  " + "\n  ".join(wrong) + "\n")
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(template), "utf-8")
    if said := lint.of_templates(stack.TEMPLATE, path):
        path.unlink()
        sys.stderr.write(f"No template:\n{said}\n")
        return 1
    sys.stdout.write(_told(template, path))
    return 0


def text(template: dict[str, Any]) -> str:
    """The same template gives the same bytes."""
    return json.dumps(template, indent=1, sort_keys=True) + "\n"


def _told(template: dict[str, Any], path: Path) -> str:
    kinds = Counter(each["Type"] for each in template["Resources"].values())
    lines = [f"{count:4} {kind}" for kind, count in sorted(kinds.items())]
    size = f"{path.name}: {path.stat().st_size:,} bytes, {kinds.total()} resources"
    allowed = sum(len(acts) for each in FUNCTIONS for acts in summary.may(each).values())
    return "\n".join([*lines, size, f"{len(FUNCTIONS)} functions, {allowed} permissions", ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
