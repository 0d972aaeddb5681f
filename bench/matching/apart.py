"""A run in a process of its own, and the memory that it and its own processes take together."""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from bench.matching.asks import Ask, Outcome

LOOK_S = 0.1  # between two looks at the memory


def outcomes(ask: Ask) -> list[Outcome]:
    """What `work.outcomes` gives; none at all, and a word on the standard error, if it fails."""
    command = [sys.executable, "-m", "bench.matching.work", json.dumps(asdict(ask))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:  # noqa: S603 - ours
        most_mb = 0
        while True:
            try:
                answer, _ = run.communicate(timeout=LOOK_S)
                break
            except subprocess.TimeoutExpired:
                most_mb = max(most_mb, _memory_mb(run.pid))
    if run.returncode:
        print(f"\n{ask} ended with status {run.returncode}", file=sys.stderr)
        return []
    found = [Outcome(**{**each, "ask": Ask.of(each["ask"])}) for each in json.loads(answer)]
    return [replace(each, memory_mb=max(each.memory_mb, most_mb)) for each in found]


def _memory_mb(pid: int) -> int:
    """Of a process and its descendants; pages that they share count for each, where Linux tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    resident = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    kb = sum(int(line.split()[1]) for line in resident)
    return kb // 2**10 + sum(_memory_mb(int(child)) for child in children)
