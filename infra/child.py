"""Processes that live no longer than the one that started them.

A child's standard input is a pipe of its parent's: when the parent stops, or dies
in whatever way, the pipe ends and the child goes too. That needs no signal and no
pid file, and works on every Unix. A child says on its standard output, in one line,
that it is ready; whatever it prints later goes to standard error.

Begin with `start` on the parent's side and `follow_parent` on the child's.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

# How long a child may finish what it is doing, in seconds. Everything here bears being killed.
PATIENCE_S = 1.0

Process = subprocess.Popen[str]


class DidNotStartError(Exception):
    """A child ended before it was ready; it has said why on standard error."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running process, and what it announced when it was ready."""

    name: str
    process: Process
    announced: str


def start(*command: str) -> Child:
    """Run one module; see `start_all`."""
    [child] = start_all(command)
    return child


def start_all(*commands: Sequence[str]) -> list[Child]:
    """Run ``python -m`` each of *commands*, and wait until all have announced themselves.

    Descriptors marked inheritable go along, so that the lock on a data folder is held
    for as long as anybody lives who may write there.

    Raises
    ------
    DidNotStartError
        When one ended instead; then none of them is left.
    """
    processes: list[Process] = []
    try:
        for command in commands:
            processes.append(_spawn(command))  # noqa: PERF401  (what has started must be stopped)
        return [
            Child(" ".join(command[:2]), process, _announcement(command[0], process))
            for command, process in zip(commands, processes, strict=True)
        ]
    except BaseException:
        _stop(processes)
        raise


def stop(children: Sequence[Child]) -> None:
    """Ask all *children* to end, and make those end that have not after `PATIENCE_S`."""
    _stop([child.process for child in children])


def follow_parent(then: Callable[[], object]) -> Callable[[str], None]:
    """Call *then*, in a thread, when the parent stops us or dies; return how to announce.

    The first thing that a child does: from here on nothing but the announcement can
    reach the parent's pipe. Whatever the child still does twice `PATIENCE_S` after its
    parent, it is ended: a solver must not go on for minutes with nobody there.
    """
    announcement = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        then()
        time.sleep(2 * PATIENCE_S)
        os._exit(1)

    def announce(line: str) -> None:
        with suppress(BrokenPipeError):  # the parent has gone: `then` knows what to do
            os.write(announcement, f"{line}\n".encode())
        os.close(announcement)

    threading.Thread(target=wait, daemon=True).start()
    return announce


def leave() -> None:
    """End this process at once: taking an interpreter apart can take longer than all its work."""
    sys.stdout.flush()
    os._exit(0)


def _spawn(command: Sequence[str]) -> Process:
    return subprocess.Popen(  # noqa: S603  (our own modules)
        [sys.executable, "-m", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        close_fds=False,
        start_new_session=True,  # Ctrl-C in a terminal goes to the parent alone, which stops us all
    )


def _announcement(name: str, process: Process) -> str:
    assert process.stdout is not None  # noqa: S101  (for mypy: a pipe was asked for)
    announced = process.stdout.readline().strip()
    if not announced:
        raise DidNotStartError(f"{name} ended before it was ready; it has said why above.")
    return announced


def _stop(processes: Sequence[Process]) -> None:
    for process in processes:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # it has gone already
                    pipe.close()
    for process in processes:
        try:
            process.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
