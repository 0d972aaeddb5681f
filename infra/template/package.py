"""`chalice package`, in a folder of its own, with our words merged into what it makes of app.py.

Its zip is thrown away: `infra.bundle` makes the ones that run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra import child
from infra.bundle import contents

STAGE = "live"
NOBODY = "arn:aws:iam::000000000000:role/nobody"
"""The role that Chalice is told of. Every function gets another, and `check` looks."""

_CONFIG: Mapping[str, Any] = {
    "version": "2.0",
    "app_name": "marginal-lifts",
    "autogen_policy": False,
    "manage_iam_role": False,
    "iam_role_arn": NOBODY,
    "api_gateway_stage": STAGE,
    "api_gateway_endpoint_type": "REGIONAL",
    # Pages are small texts; below this the gateway's work costs more than it saves.
    "minimum_compression_size": 1024,
    "stages": {STAGE: {}},
}


class NotPackagedError(Exception):
    """Chalice could not; the message ends with what it said."""


def packaged(ours: Mapping[str, Any], root: Path = child.ROOT) -> dict[str, Any]:
    """Chalice's template of *root*'s app.py, with *ours* merged in.

    Raises
    ------
    NotPackagedError
        When Chalice fails.
    """
    with tempfile.TemporaryDirectory(prefix="marginal-template-") as temporary:
        project, out = Path(temporary, "project"), Path(temporary, "out")
        _stage(project, root)
        merge = Path(temporary, "ours.json")
        merge.write_text(json.dumps(ours), "utf-8")
        options = ["--stage", STAGE, "--template-format", "json", "--merge-template", str(merge)]
        done = subprocess.run(  # noqa: S603  (our own words)
            [sys.executable, "-c", "from chalice.cli import main; main()",
             "package", *options, str(out)],
            cwd=project, env=_environment(temporary), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NotPackagedError(f"chalice package: {(done.stdout + done.stderr)[-2000:]}")
        template: dict[str, Any] = json.loads((out / "sam.json").read_text("utf-8"))
        return template


def _stage(project: Path, root: Path) -> None:
    """What Chalice imports, and nothing for pip to do."""
    for name, source in contents.ours(contents.WEB, root).items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, project / name)
    (project / "requirements.txt").write_text("", "utf-8")
    (project / ".chalice").mkdir()
    (project / ".chalice" / "config.json").write_text(json.dumps(_CONFIG), "utf-8")


def _environment(home: str) -> dict[str, str]:
    """Nobody's account, and the same hashes every time."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "AWS_DEFAULT_REGION": "eu-west-2",
        "AWS_EC2_METADATA_DISABLED": "true",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
