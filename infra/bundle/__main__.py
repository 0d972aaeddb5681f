"""``python -m infra.bundle``: build both bundles into dist/, check them, and prove them."""

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from infra import child, dynoxide
from infra.bundle import (
    build,
    bytecode,
    contents,
    deeds,
    function,
    locks,
    manifest,
    proof,
    stage,
    wheels,
)

RUNTIME = ("awslambdaric", "simplejson", "snapshot-restore-py")
IMPORT_BUDGET_S = 0.8
"""CPU seconds that the web function may take to import."""


def main(arguments: list[str]) -> int:
    """Build and prove (0), or say what is wrong (1)."""
    parser = argparse.ArgumentParser("python -m infra.bundle", description=__doc__)
    parser.add_argument("--no-proof", action="store_true", help="build and check only")
    parser.add_argument("--dist", type=Path, default=child.ROOT / "dist", help="where they go")
    options = parser.parse_args(arguments)
    try:
        python = bytecode.interpreter()
        built = _build(options.dist, python)
        proven = {} if options.no_proof else _prove(options.dist, python)
        manifest.write(options.dist, built, proven=len(proven) == len(built))
    except (
        build.BadBundleError, bytecode.NoPythonError, deeds.NotTrueError, dynoxide.NoDatabaseError,
        function.FunctionFailedError, locks.NotLockedError, wheels.NotInstalledError,
    ) as error:  # fmt: skip
        sys.stderr.write(f"No bundle: {error}\n")
        return 1
    sys.stdout.write(_table(built, proven))
    return 0


def _build(dist: Path, python: str) -> dict[str, manifest.Facts]:
    manifest.forget(dist)
    built = {}
    for bundle in contents.BUNDLES:
        _say(f"Building {bundle.name}.zip")
        built[bundle.name] = manifest.facts(build.build(bundle, child.ROOT, dist, python))
    return built


def _prove(dist: Path, python: str) -> dict[str, proof.Proof]:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        _say("NOT PROVEN: these bundles run on Linux on x86-64 only.")
        return {}
    with tempfile.TemporaryDirectory(prefix="marginal-proof-") as temporary:
        runtime = Path(temporary, "runtime")
        wheels.install(locks.picked(child.ROOT / build.TOOLS, RUNTIME), runtime)
        with stage.standing(Path(temporary)) as scene:
            proven = {}
            for bundle in contents.BUNDLES:
                _say(f"Running {bundle.name}.zip as Lambda would")
                zipped = dist / f"{bundle.name}.zip"
                proven[bundle.name] = proof.prove(bundle, zipped, scene, python, runtime)
    return proven


def _table(built: dict[str, manifest.Facts], proven: dict[str, proof.Proof]) -> str:
    columns = "{:8} {:>12} {:>14} {:>6} {:>13} {:>15} {:>14}\n"
    text = columns.format(
        *("bundle", "zip bytes", "unzipped bytes", "files", "import CPU s"),
        *("first answer ms", "first CPU s"),
    )
    for name, facts in built.items():
        took = ["-", "-", "-"]
        if each := proven.get(name):
            first = each.first
            took = [f"{each.import_cpu_s:.2f}", f"{first.wall_s * 1000:.0f}", f"{first.cpu_s:.2f}"]
        sizes = (f"{facts.zip_bytes:,}", f"{facts.unzipped_bytes:,}", f"{facts.files:,}")
        text += columns.format(name, *sizes, *took)
    return text + "".join(f"{line}\n" for line in _remarks(built, proven))


def _remarks(built: dict[str, manifest.Facts], proven: dict[str, proof.Proof]) -> list[str]:
    """What is beyond an aim, which is told, but fails nothing."""
    found = [f"{name}.zip {facts.sha256}" for name, facts in built.items()]
    for bundle in contents.BUNDLES:
        size = built[bundle.name].unzipped_bytes
        if size > bundle.aim_bytes:
            found.append(f"{bundle.name} is larger than {bundle.aim_bytes // contents.MB} MB")
    if web := proven.get(contents.WEB.name):
        held = "within" if web.import_cpu_s <= IMPORT_BUDGET_S else "BEYOND"
        found.append(f"web's import is {held} its budget of {IMPORT_BUDGET_S} CPU seconds")
    return found


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
