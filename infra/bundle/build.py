"""One bundle, from the tree and the lock files to a checked zip."""

import shutil
import sys
import tempfile
from pathlib import Path

from infra.bundle import archive, bytecode, check, contents, locks, wheels

TOOLS = "requirements-dev.txt"
"""Pins Chalice, whose runtime every bundle carries, and Lambda's own runtime, for the proof."""


class BadBundleError(Exception):
    """What was built must not be deployed; the message says all that is wrong."""


def build(bundle: contents.Bundle, root: Path, dist: Path, python: str) -> Path:
    """Make *dist*/<name>.zip of the tree *root*, and check it.

    Raises
    ------
    BadBundleError
        When something is missing, too much, too large, or tells of this computer.
    """
    pins = [*locks.pins(root / bundle.lock), *locks.picked(root / TOOLS, ["chalice"])]
    ours = contents.ours(bundle, root)
    path = dist / f"{bundle.name}.zip"
    with tempfile.TemporaryDirectory(prefix="marginal-bundle-") as temporary:
        folder = Path(temporary, bundle.name)
        wheels.install(pins, folder)
        for name, source in ours.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)
        bytecode.compile_all(folder, python)
        archive.pack(folder, path)
        here = [str(root), temporary, sys.prefix, str(Path(python).parent.parent), str(Path.home())]
    read = {name: source.read_bytes() for name, source in ours.items()}
    if wrong := check.complaints(bundle, path, read, pins, here):
        path.unlink()
        listed = "\n  ".join(wrong[:20])
        raise BadBundleError(f"{path.name}: {len(wrong)} complaints\n  {listed}")
    return path
