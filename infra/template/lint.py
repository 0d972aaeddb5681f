"""Two linters: cfn-lint knows CloudFormation, parliament knows AWS's actions.

Neither knows the other's: cfn-lint lets a misspelt action pass.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from infra.template import check, loading, resolve
from infra.template.functions import FUNCTIONS

EXCUSED: Mapping[tuple[str, str], str] = {
    ("dynamodb:ListStreams", "RESOURCE_MISMATCH"): (
        "Lambda asks for it on the stream that it reads; nobody else would be given all streams"
    ),
}
"""(Action, what parliament says of it) -> why it stays."""


_CFN_LINT = "import sys; from cfnlint.runner import main; sys.exit(main())"


def of_templates(*paths: Path) -> str:
    """What cfn-lint says; "" when it is content."""
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, "-c", _CFN_LINT, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip()


def of_policies() -> list[str]:
    """What parliament says of every function's policy, but for what is excused."""
    return [
        f"{each.name}: {finding}"
        for each in FUNCTIONS
        for finding in of_policy(loading.policy(each.name))
    ]


def of_policy(statements: list[dict[str, Any]]) -> Iterator[str]:
    """What parliament says of these."""
    plain = [resolve.resolved(each) for each in check.statements({"Statement": statements})]
    policy = json.dumps({"Version": "2012-10-17", "Statement": plain})
    for found in _parliament().analyze_policy_string(policy).findings:
        details = found.detail if isinstance(found.detail, list) else [{}]
        for each in details:
            if (each.get("action", ""), found.issue) not in EXCUSED:
                yield f"{found.issue} {found.detail}"


@cache
def _parliament() -> Any:
    """Import it. It asks pkg_resources for its own files, and setuptools has dropped that."""
    if find_spec("pkg_resources") is None:
        substitute = ModuleType("pkg_resources")
        vars(substitute)["resource_filename"] = _file_of
        sys.modules["pkg_resources"] = substitute
    import parliament  # type: ignore[import-untyped]  # noqa: PLC0415

    return parliament


def _file_of(package: str, name: str) -> str:
    spec = find_spec(package)
    assert spec is not None  # noqa: S101  (it is being imported)
    assert spec.origin is not None  # noqa: S101
    return str(Path(spec.origin).with_name(name))
