"""Whether an item meets a condition: what `expressions` has read becomes a function.

Two things are refused before any item is looked at: a value of a type that its operator
cannot take, and a BETWEEN whose ends stand the wrong way round. Begin with `condition`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from simulation.refusals import invalid
from simulation.tables import expressions
from simulation.tables.demands import BY_ORDER, ORDERED, Demand, demanded, spans
from simulation.tables.syntax import (
    Between,
    Call,
    Comparison,
    Given,
    In,
    Joined,
    Not,
    Operand,
    Path,
    Test,
)
from simulation.tables.values import Item, Value, Values, kind_of, part

Meets = Callable[[Item, Values], bool]
Finds = Callable[[Item, Values], Value | None]

_MEMBER = {"SS": "S", "NS": "N", "BS": "B"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that has been read.

    Attributes
    ----------
    used
        Its "#names" and ":values".
    meets
        Whether an item meets it, with the values of a request.
    demands, spans
        What `demands` says of its values.
    """

    test: Test
    used: frozenset[str]
    meets: Meets
    demands: tuple[Demand, ...]
    spans: tuple[tuple[str, str], ...]

    def require(self, values: Values) -> None:
        """Pass when its operators can take these values.

        Raises
        ------
        Refused
            A ValidationException.
        """
        for name, kinds, where in self.demands:
            if kind_of(values[name]) not in kinds:
                raise invalid(
                    "Incorrect operand type for operator or function; operator or function: "
                    f"{where}, operand type: {kind_of(values[name])}"
                )
        for least, most in self.spans:
            if not _in_order("<=", values[least], values[most]):
                raise invalid("The BETWEEN operator requires upper bound to be >= lower bound")


@lru_cache(maxsize=4096)
def condition(label: str, text: str, names: expressions.Names) -> Condition:
    """Read a condition, filter or key condition; *label* is what the request calls it.

    Raises
    ------
    Refused
        When it cannot be read.
    """
    test, used = expressions.condition(label, text, names)
    return Condition(test, used, _meets(test), tuple(demanded(test)), spans(test))


def _meets(test: Test) -> Meets:
    match test:
        case Joined():
            return _joined(test)
        case Not(inner):
            one = _meets(inner)
            return lambda item, values: not one(item, values)
        case Comparison():
            return _comparison(test)
        case Between():
            return _between(test)
        case In(operand, choices):
            sought, found = finds(operand), [finds(one) for one in choices]
            return lambda item, values: any(
                _equal(sought(item, values), one(item, values)) for one in found
            )
        case Call():
            return _call(test)


def _joined(test: Joined) -> Meets:
    one, other = _meets(test.left), _meets(test.right)
    if test.word == "AND":
        return lambda item, values: one(item, values) and other(item, values)
    return lambda item, values: one(item, values) or other(item, values)


def _comparison(test: Comparison) -> Meets:
    left, right = finds(test.left), finds(test.right)
    if test.operator == "=":
        return lambda item, values: _equal(left(item, values), right(item, values))
    if test.operator == "<>":
        return lambda item, values: not _equal(left(item, values), right(item, values))
    sign = test.operator
    return lambda item, values: _in_order(sign, left(item, values), right(item, values))


def _between(test: Between) -> Meets:
    inner, least, most = finds(test.operand), finds(test.least), finds(test.most)

    def within(item: Item, values: Values) -> bool:
        value = inner(item, values)
        return _in_order("<=", least(item, values), value) and _in_order(
            "<=", value, most(item, values)
        )

    return within


def _equal(one: Value | None, other: Value | None) -> bool:
    """Both are in their normal form; what is missing equals nothing."""
    return one is not None and one == other


def _in_order(sign: str, one: Value | None, other: Value | None) -> bool:
    if one is None or other is None or kind_of(one) != kind_of(other):
        return False
    return kind_of(one) in ORDERED and bool(BY_ORDER[sign](part(one), part(other)))


def _call(test: Call) -> Meets:
    first = finds(test.arguments[0])
    match test.function:
        case "attribute_exists":
            return lambda item, values: first(item, values) is not None
        case "attribute_not_exists":
            return lambda item, values: first(item, values) is None
    second = finds(test.arguments[1])
    compared = {"begins_with": _begins, "contains": _contains, "attribute_type": _is_of_type}
    holds = compared[test.function]

    def both(item: Item, values: Values) -> bool:
        one, other = first(item, values), second(item, values)
        return one is not None and other is not None and holds(one, other)

    return both


def _begins(one: Value, other: Value) -> bool:
    if kind_of(one) != kind_of(other) or kind_of(one) not in {"S", "B"}:
        return False
    whole, beginning = part(one), part(other)
    return whole[: len(beginning)] == beginning  # type: ignore[index,arg-type]  # no numbers


def _contains(one: Value, other: Value) -> bool:
    kind = kind_of(one)
    if kind == "L":
        return other in one["L"]
    if kind in _MEMBER:
        return kind_of(other) == _MEMBER[kind] and bool(other[_MEMBER[kind]] in one[kind])
    if kind in {"S", "B"} and kind_of(other) == kind:
        return bool(part(other) in part(one))  # type: ignore[operator]  # no numbers
    return False


def _is_of_type(one: Value, other: Value) -> bool:
    return bool(kind_of(one) == other["S"])


def finds(operand: Operand) -> Finds:
    """The function that finds an operand's value; None where there is nothing."""
    match operand:
        case Given(name):
            return lambda _, values: values[name]
        case Path((str() as name,)):
            return lambda item, _: item.get(name)
        case Path(parts):
            return lambda item, _: found(item, parts)
        case Call("size", (inner,)):
            sought = finds(inner)
            return lambda item, values: _size(sought(item, values))
    raise invalid("This function cannot be used here")


def found(item: Item, parts: tuple[str | int, ...]) -> Value | None:
    """What lies at a path in an item."""
    value: Value | None = {"M": item}
    for step in parts:
        if value is None:
            return None
        if isinstance(step, str):
            value = value["M"].get(step) if "M" in value else None
        else:
            inner = value.get("L", ())
            value = inner[step] if step < len(inner) else None
    return value


def _size(value: Value | None) -> Value | None:
    if value is None or kind_of(value) in {"N", "BOOL", "NULL"}:
        return None
    if "S" in value:  # a text is as long as in Java
        return {"N": str(len(value["S"].encode("utf-16-le")) // 2)}
    inner: Any = part(value) if "B" in value else next(iter(value.values()))
    return {"N": str(len(inner))}
