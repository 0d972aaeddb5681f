"""Attribute values in DynamoDB's JSON: checked, brought into one form, compared, measured.

In that one form equal values are equal Python objects: numbers are written in one way and
sets are sorted. Begin with `normal`.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from simulation.refusals import invalid

Value = Mapping[str, Any]
Item = Mapping[str, Value]
Values = Mapping[str, Value]
Part = str | Decimal | bytes
"""A key attribute's value as Python sorts it: as DynamoDB does."""

DIGITS = Context(prec=38)
LARGEST_ITEM = 400 * 1024
"""Bytes of names and values together."""

_PLAIN = re.compile(r"0|-?[1-9]\d{0,37}")
_SETS = {"SS": "S", "NS": "N", "BS": "B"}


def normal(value: Any) -> Value:
    """*value* in the one form in which it is kept.

    Raises
    ------
    Refused
        When it is none of DynamoDB's types, an empty set, or no number.
    """
    if not isinstance(value, dict) or len(value) != 1:
        raise invalid("Supplied AttributeValue must contain exactly one supported datatype")
    ((kind, inner),) = value.items()
    match kind:
        case "S" | "B" | "BOOL" | "NULL":
            return value
        case "N":
            text = number(inner)
            return value if text == inner else {"N": text}
        case "M":
            return {"M": {name: normal(one) for name, one in inner.items()}}
        case "L":
            return {"L": [normal(one) for one in inner]}
        case "SS" | "NS" | "BS":
            return {kind: _normal_set(kind, inner)}
    raise invalid(f"Unsupported datatype {kind}")


def _normal_set(kind: str, members: list[str]) -> list[str]:
    if not members:
        raise invalid("One or more parameter values were invalid: a set may not be empty")
    kept = [number(one) for one in members] if kind == "NS" else members
    if len(set(kept)) < len(kept):
        raise invalid("One or more parameter values were invalid: collection contains duplicates")
    return sorted_set(kind, kept)


def sorted_set(kind: str, members: Iterable[str]) -> list[str]:
    """The members of a set of that kind ("SS", "NS", "BS"), in order."""
    return sorted(members, key=lambda one: part({_SETS[kind]: one}))


def number(text: Any) -> str:
    """A number in the one way in which we write it: no exponent, no needless zero.

    Raises
    ------
    Refused
        When it is no number, or has more than 38 digits or 125 places.
    """
    if isinstance(text, str) and _PLAIN.fullmatch(text):
        return text
    try:
        value = Decimal(text) if isinstance(text, str) else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise invalid(f"The parameter cannot be converted to a numeric value: {text}")
    return written(value)


def written(value: Decimal) -> str:
    """As `number`, of a number."""
    if not value:
        return "0"
    if len(value.normalize(Context(prec=200)).as_tuple().digits) > 38:
        raise invalid("Attempting to store more than 38 significant digits in a Number")
    if not -130 <= value.adjusted() <= 125:
        raise invalid("Number overflow or underflow")
    return format(value.normalize(DIGITS), "f")


def kind_of(value: Value) -> str:
    """ "S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS" or "BS"."""
    return next(iter(value))


def part(value: Value) -> Part:
    """A text, number or bytes as Python compares it.

    Code points sort as UTF-8 does. Only for values of kind "S", "N" or "B".
    """
    ((kind, inner),) = value.items()
    if kind == "N":
        return Decimal(inner)
    return base64.b64decode(inner) if kind == "B" else str(inner)


def size_of_item(item: Item) -> int:
    """Bytes as DynamoDB counts them, to within a few for numbers."""
    return sum(_bytes(name) + size_of(value) for name, value in item.items())


def size_of(value: Value) -> int:  # noqa: PLR0911  (one a type)
    """Bytes of one value."""
    ((kind, inner),) = value.items()
    match kind:
        case "S":
            return _bytes(inner)
        case "N":
            return len(inner) // 2 + 1
        case "B":
            return len(inner) * 3 // 4
        case "L":
            return 3 + sum(1 + size_of(one) for one in inner)
        case "M":
            return 3 + sum(1 + _bytes(name) + size_of(one) for name, one in inner.items())
        case "BOOL" | "NULL":
            return 1
    return sum(size_of({_SETS[kind]: one}) for one in inner)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
