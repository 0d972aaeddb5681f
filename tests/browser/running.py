"""The whole service in its own processes, for as long as somebody needs it."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 90
"""How long we wait for something before we say that it will never happen."""


@contextmanager
def service(folder: Path, *, sample: bool) -> Iterator[str]:
    """Start a fresh service that keeps its data in *folder*, and give its address."""
    ready = folder / "ready"
    # The evening's round would match people in the middle of a test that runs at that minute.
    command = [sys.executable, "-m", "infra.local", "--port", "0", "--no-nightly"]
    command += [] if sample else ["--no-sample"]
    process = subprocess.Popen(  # noqa: S603 - our own service
        [*command, "--data", str(folder / "data"), "--ready-file", str(ready)], cwd=ROOT
    )
    try:
        eventually(lambda: ready.exists() or process.poll() is not None)
        yield ready.read_text("utf-8").strip()
    finally:
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


def eventually(happened: Callable[[], object]) -> None:
    """Wait until it has."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)
