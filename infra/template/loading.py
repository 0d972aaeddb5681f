"""YAML as CloudFormation writes it, with its short tags, read as plain JSON-like values."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

HERE = Path(__file__).parent
POLICIES = HERE.parent / "policies"


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Plain data, and ``!Sub text`` as ``{"Fn::Sub": "text"}``."""


def _long(loader: Any, tag: str, node: Any) -> dict[str, Any]:
    """A short tag in its long form, which Chalice can merge."""
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in {"Ref", "Condition"} else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _long)


def part(name: str) -> dict[str, Any]:
    """A part of the template: the file of that name beside this one."""
    return read(HERE / f"{name}.yaml")  # type: ignore[no-any-return]


def policy(function: str) -> list[dict[str, Any]]:
    """The statements of what a function may do."""
    return read(POLICIES / f"{function}.yaml")  # type: ignore[no-any-return]


def read(path: Path) -> Any:
    """A file with CloudFormation's tags."""
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506  (a SafeLoader)
