"""Pack files that are not ours are refused; looking something up touches nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from reference.files import MAGIC, Pack, PackError

LOOKUP = """
import sys
def guard(event, arguments):
    if event == "open" and (set("wa+x") & set(arguments[1] or "") or arguments[2] & 3):
        raise RuntimeError(f"opened for writing: {arguments[0]}")
    if event.startswith("socket."):
        raise RuntimeError(event)
sys.dont_write_bytecode = True
sys.addaudithook(guard)
import reference
assert reference.find("hx7 8aa").label == "HX7 8AA"
assert reference.find("Hebden Bridge").kind == "town"
assert reference.cell(53.74, -2.01).postcodes >= 50
assert reference.shape("E14001147")
print(*sorted(name for name in sys.modules if "." not in name))
"""


@pytest.mark.parametrize(
    "contents", [b"", b"MLP", b"ZIP1" + bytes(8), MAGIC + b"\1\0\0\0", MAGIC + b"\xff" * 12]
)
def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / "areas.bin").write_bytes(contents)

    with pytest.raises(PackError):
        Pack(str(tmp_path)).sections("areas.bin")


def test_a_lookup_needs_the_standard_library_a_readable_folder_and_nothing_else() -> None:
    """No writing, no network, nothing of ours, nothing installed."""
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-S", "-c", LOOKUP],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split()) - set(sys.stdlib_module_names) - {"__main__"}
    assert loaded == {"reference"}
