"""The local service as tests see it: a process, an address, and who belongs to it."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import child

TINY = Path(__file__).with_name("tiny")
PATIENCE_S = 60  # how long a test waits before it says that something will never happen


@dataclass(frozen=True, slots=True)
class Service:
    """A running one."""

    process: "subprocess.Popen[str]"
    address: str
    data: Path

    def get(self, path: str) -> Any:
        return json.loads(self._answer(urllib.request.Request(self.address + path)))  # noqa: S310

    def post(self, path: str) -> None:
        kind = "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Origin": self.address}
        self._answer(urllib.request.Request(self.address + path, b"", headers))  # noqa: S310

    def _answer(self, request: urllib.request.Request) -> bytes:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            content: bytes = answer.read()
            return content

    def letters(self) -> list[str]:
        """What the mailbox's folder holds, by subject."""
        found = (self.data / "mail").glob("*.eml")
        return sorted(path.read_text().partition("\n")[0] for path in found)

    def family(self) -> set[int]:
        """The ids of the service's processes: its own, its children's, and theirs."""
        parents = _parents()
        family = {self.process.pid}
        while more := {each for each, parent in parents.items() if parent in family} - family:
            family |= more
        return family


def command(data: Path, *options: str) -> list[str]:
    fixed = ["--data", str(data), "--code", str(TINY), "--no-sample"]
    return [sys.executable, "-m", "infra.local", *fixed, *options]


def start(data: Path, *options: str) -> Service:
    """Start a service on *data*, and wait until it says that everything answers."""
    ready = data.with_name(f"{data.name}-ready")
    ready.unlink(missing_ok=True)
    process = subprocess.Popen(  # noqa: S603
        command(data, "--port", "0", "--ready-file", str(ready), *options),
        cwd=child.ROOT,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    wait_until(lambda: ready.exists() or process.poll() is not None)
    return Service(process, ready.read_text("utf-8"), data)


def refused(data: Path, *options: str) -> str:
    """Start a service that must not start, and answer what it says."""
    tried = subprocess.run(  # noqa: S603
        command(data, *options), cwd=child.ROOT, capture_output=True, text=True, check=False
    )
    assert tried.returncode == 1
    return tried.stderr


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def alive(processes: set[int]) -> set[int]:
    return processes & set(_parents())


def _parents() -> dict[int, int]:
    """Process -> parent, of all that live; a zombie waits for its parent only."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return {int(row[0]): int(row[1]) for row in rows if not row[2].startswith("Z")}
