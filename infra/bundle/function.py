"""A function as Lambda runs it: awslambdaric in a process of its own, asking us for its calls.

The process is a Python of Lambda's version that knows its standard library, the unpacked
bundle and, after it, the runtime: no site-packages, no environment but what a function has.
"""

import json
import os
import queue
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.bundle import locks, runtime_api

_START = """
import runpy, sys
sys.path.insert(0, sys.argv[1]); sys.path.append(sys.argv[2])
sys.argv = ["awslambdaric", sys.argv[3]]
runpy.run_module("awslambdaric", run_name="__main__")
"""
_LONGEST_S = 120


class FunctionFailedError(Exception):
    """A function raised, or never answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when: wall and CPU seconds since the process was started."""

    value: Any
    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Function:
    """A running one."""

    name: str
    process: "subprocess.Popen[bytes]"
    started: float
    exchange: runtime_api.Exchange

    def call(self, event: object) -> Answer:
        """Give it *event*, and wait for what it says.

        Raises
        ------
        FunctionFailedError
            When it raised, ended, or took longer than any of ours may.
        """
        self.exchange.calls.put(json.dumps(event).encode())
        deadline = time.monotonic() + _LONGEST_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                how, body = self.exchange.answers.get(timeout=0.2)
            except queue.Empty:
                continue
            if how != "response":
                raise FunctionFailedError(f"{self.name}: {body.decode()}")
            wall_s = time.monotonic() - self.started
            return Answer(json.loads(body or b"null"), wall_s, self._cpu_s())
        raise FunctionFailedError(f"{self.name} did not answer")

    def has_loaded(self, library: str) -> bool:
        """Whether a shared library of that name is in its memory."""
        return library in Path(f"/proc/{self.process.pid}/maps").read_text("utf-8")

    def _cpu_s(self) -> float:
        """CPU seconds so far, its own and the system's for it."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Machine:
    """What functions run on: an interpreter, Lambda's runtime, and their common environment."""

    python: str
    runtime: Path
    environment: Mapping[str, str]


@contextmanager
def running(machine: Machine, task: Path, name: str, handler: str) -> Iterator[Function]:
    """Run the *handler* of the bundle unpacked at *task*."""
    exchange = runtime_api.Exchange()
    arguments = [_START, str(task), str(machine.runtime), handler]
    with runtime_api.serving(exchange) as address:
        process = subprocess.Popen(  # noqa: S603  (our own words)
            [machine.python, "-I", "-S", "-c", *arguments],
            cwd=task,
            env={**machine.environment, **_environment(task, name, handler, address)},
        )
        try:
            yield Function(name, process, time.monotonic(), exchange)
        finally:
            process.kill()
            process.wait()


def _environment(task: Path, name: str, handler: str, address: str) -> dict[str, str]:
    """What Lambda sets, as far as a function can tell."""
    return {
        "AWS_LAMBDA_RUNTIME_API": address,
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{locks.PYTHON}",
        "LAMBDA_TASK_ROOT": str(task),
        "_HANDLER": handler,
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
