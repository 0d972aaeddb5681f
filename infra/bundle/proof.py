"""Runs a bundle, and nothing but the bundle, as Lambda would. `deeds` says what it is asked."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from infra.bundle import archive, contents, deeds, function, stage

_IMPORTS = 5  # how often the import is measured; the least is what it costs
_MEASURE = """
import sys, time
sys.path.insert(0, sys.argv[1])
before = time.process_time()
__import__(sys.argv[2])
print(time.process_time() - before)
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a bundle took: CPU seconds of its import, and its first answer from a cold start."""

    import_cpu_s: float
    first: function.Answer


def prove(
    bundle: contents.Bundle, zipped: Path, scene: stage.Stage, python: str, runtime: Path
) -> Proof:
    """Unpack *zipped* into a clean read-only folder, and have its functions do their work.

    *runtime* is the folder of awslambdaric.

    Raises
    ------
    deeds.NotTrueError, function.FunctionFailedError
        When one does not.
    """
    machine = function.Machine(python, runtime, scene.environment)
    with _unpacked(zipped) as task:
        run = partial(_run, machine, task, bundle)
        asked = deeds.of_solver if bundle is contents.SOLVER else deeds.of_web
        first = asked(scene, run)
        import_cpu_s = min(_import_cpu_s(machine, task, bundle) for _ in range(_IMPORTS))
    return Proof(import_cpu_s, first)


@contextmanager
def _run(
    machine: function.Machine, task: Path, bundle: contents.Bundle, name: str
) -> Iterator[function.Function]:
    with function.running(machine, task, name, bundle.handlers[name]) as running:
        yield running


@contextmanager
def _unpacked(zipped: Path) -> Iterator[Path]:
    """A folder that must be afterwards as it was: root may write anywhere, so it is looked at."""
    with tempfile.TemporaryDirectory(prefix="marginal-task-") as temporary:
        task = Path(temporary, "task")
        archive.unpack(zipped, task)
        before = set(task.rglob("*"))
        try:
            yield task
            if strange := sorted(set(task.rglob("*")) - before):
                raise deeds.NotTrueError(f"something wrote beside the code: {strange[0]}")
        finally:
            archive.release(task)


def _import_cpu_s(machine: function.Machine, task: Path, bundle: contents.Bundle) -> float:
    command = [machine.python, "-I", "-S", "-c", _MEASURE, str(task), bundle.module]
    done = subprocess.run(  # noqa: S603  (our own words)
        command, cwd=task, env=dict(machine.environment), capture_output=True, text=True, check=True
    )
    return float(done.stdout)
