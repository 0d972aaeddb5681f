"""An item as an update leaves it.

Everything is read from the item as it was; that item itself is never changed, only copied
as far as needed. Begin with `checked` and `updated`.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from simulation.refusals import Refused, invalid
from simulation.tables.conditions import found
from simulation.tables.syntax import Action, Call, Given, Operand, Path, Sum
from simulation.tables.values import (
    DIGITS,
    Item,
    Value,
    Values,
    kind_of,
    sorted_set,
    written,
)

_SETS = frozenset({"SS", "NS", "BS"})
_TAKES = {"ADD": _SETS | {"N"}, "DELETE": _SETS}
_EMPTY: Value = {"M": {}}

WRONG_TYPE = "An operand in the update expression has an incorrect data type"
NO_SUCH_PATH = "The document path provided in the update expression is invalid for update"
ABSENT = "The provided expression refers to an attribute that does not exist in the item"

Change = Callable[[Value | None], Value | None]
"""What becomes of the value at a path; None is nothing."""


def checked(actions: Sequence[Action], values: Values, keys: Mapping[str, str]) -> None:
    """Refuse what is wrong whatever the item holds: a key changed, a value of a wrong type.

    Raises
    ------
    Refused
        A ValidationException.
    """
    for action in actions:
        if action.path.parts[0] in keys:
            raise invalid(
                f"Cannot update attribute {action.path.parts[0]}. This attribute is part of the key"
            )
        for operand, kinds in _demands(action):
            if isinstance(operand, Given) and kind_of(values[operand.name]) not in kinds:
                raise invalid(
                    "Incorrect operand type for operator or function; operator or function: "
                    f"{action.section}, operand type: {kind_of(values[operand.name])}"
                )


def _demands(action: Action) -> list[tuple[Operand, frozenset[str]]]:
    operand = action.operand
    match operand:
        case Sum(_, left, right):
            return [(left, frozenset("N")), (right, frozenset("N"))]
        case Call("list_append", (left, right)):
            return [(left, frozenset("L")), (right, frozenset("L"))]
        case Given() if action.section in _TAKES:
            return [(operand, _TAKES[action.section])]
    return []


def updated(actions: Sequence[Action], item: Item, values: Values) -> Item:
    """*item* after *actions*: a new one.

    Raises
    ------
    Refused
        When a path leads nowhere, or what is there is of a wrong type.
    """
    new = item
    for action in sorted(actions, key=_order):
        new = _changed({"M": new}, action.path.parts, _change(action, item, values))["M"]
    return new


def _order(action: Action) -> tuple[bool, tuple[tuple[bool, int, str], ...]]:
    """Removals come last, and from the end of a list: the numbers in it mean the old ones."""
    parts = action.path.parts
    backwards = tuple((isinstance(p, str), *((0, p) if isinstance(p, str) else (-p, "")))
                      for p in parts)  # fmt: skip
    return action.section == "REMOVE", backwards if action.section == "REMOVE" else ()


def _change(action: Action, item: Item, values: Values) -> Change:
    match action.section:
        case "REMOVE":
            return lambda _: None
        case "SET" if action.operand is not None:
            value = _value(action.operand, item, values)
            return lambda _: value
    given = values[action.operand.name] if isinstance(action.operand, Given) else _EMPTY
    return partial(_added if action.section == "ADD" else _taken_from, given)


def _value(operand: Operand, item: Item, values: Values) -> Value:
    match operand:
        case Given(name):
            return values[name]
        case Path(parts):
            return _required(found(item, parts))
        case Call("if_not_exists", (Path(parts), other)):
            there = found(item, parts)
            return _value(other, item, values) if there is None else there
        case Call("list_append", (left, right)):
            lists = [_value(one, item, values) for one in (left, right)]
            return {"L": [element for one in lists for element in _inner(one, "L")]}
        case Sum(sign, left, right):
            numbers = [Decimal(_inner(_value(one, item, values), "N")) for one in (left, right)]
            return _summed(numbers[0], numbers[1] if sign == "+" else -numbers[1])
    raise invalid("This function cannot be used in an update")


def _required(value: Value | None) -> Value:
    if value is None:
        raise invalid(ABSENT)
    return value


def _inner(value: Value, kind: str) -> str:
    if kind_of(value) != kind:
        raise invalid(WRONG_TYPE)
    return value[kind]  # type: ignore[no-any-return]  # a number's text, or a list


def _summed(one: Decimal, other: Decimal) -> Value:
    return {"N": written(DIGITS.add(one, other))}


def _added(given: Value, there: Value | None) -> Value:
    if there is None:
        return given
    kind = kind_of(given)
    if kind_of(there) != kind:
        raise invalid(WRONG_TYPE)
    if kind == "N":
        return _summed(Decimal(there["N"]), Decimal(given["N"]))
    return {kind: sorted_set(kind, {*there[kind], *given[kind]})}


def _taken_from(given: Value, there: Value | None) -> Value | None:
    if there is None:
        return None
    kind = kind_of(given)
    if kind_of(there) != kind:
        raise invalid(WRONG_TYPE)
    left = [one for one in there[kind] if one not in given[kind]]
    return {kind: left} if left else None


def _changed(holder: Value, parts: Sequence[str | int], change: Change) -> Value:
    """*holder*, a map or a list, with what lies at a path below it changed."""
    step, *deeper = parts
    if isinstance(step, str):
        return {"M": _changed_map(holder.get("M"), step, deeper, change)}
    return {"L": _changed_list(holder.get("L"), step, deeper, change)}


def _changed_map(
    inner: Mapping[str, Value] | None, name: str, deeper: list[str | int], change: Change
) -> Mapping[str, Value]:
    if inner is None:
        raise _nowhere()
    value = _below(inner.get(name), deeper, change)
    new = dict(inner)
    if value is None:
        new.pop(name, None)
    else:
        new[name] = value
    return new


def _changed_list(
    inner: list[Value] | None, number: int, deeper: list[str | int], change: Change
) -> list[Value]:
    """A number past the end means the end."""
    if inner is None:
        raise _nowhere()
    there = inner[number] if number < len(inner) else None
    value = _below(there, deeper, change)
    new = [] if value is None else [value]
    return [*inner[:number], *new, *inner[number + 1 :]]


def _below(there: Value | None, deeper: list[str | int], change: Change) -> Value | None:
    if not deeper:
        return change(there)
    if there is None:
        raise _nowhere()
    return _changed(there, deeper, change)


def _nowhere() -> Refused:
    return invalid(NO_SUCH_PATH)
