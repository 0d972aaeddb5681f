"""Domain objects to plain JSON values and back, by their type hints (cattrs)."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from cattrs import Converter

Kept = TypeVar("Kept")

_converter = Converter()
_converter.register_unstructure_hook(datetime, lambda at: at.astimezone(UTC).isoformat())
_converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
_converter.register_structure_hook(float, lambda value, _: float(value))


def pack(thing: object) -> dict[str, Any]:
    """The fields of a frozen dataclass as JSON values; instants as ISO 8601 in UTC."""
    packed: dict[str, Any] = _converter.unstructure(thing)
    packed.pop("version", None)
    return packed


def unpack(kind: type[Kept], facts: dict[str, Any], **beside: object) -> Kept:
    """Make a *kind* of *facts* and of what stands *beside* them in the item."""
    return _converter.structure({**facts, **beside}, kind)
