"""The expressions of one request, read and checked together with their names and values.

Begin with `asked`. Parameters of the days before expressions are not played.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.refusals import NotSimulated, invalid
from simulation.tables import conditions, expressions
from simulation.tables.conditions import Condition
from simulation.tables.syntax import Action, Path
from simulation.tables.values import Item, Values, normal

Request = Mapping[str, Any]

_OLD = frozenset(
    {
        "AttributesToGet",
        "AttributeUpdates",
        "ConditionalOperator",
        "Expected",
        "KeyConditions",
        "QueryFilter",
        "ScanFilter",
    }
)
_TESTS = ("ConditionExpression", "KeyConditionExpression", "FilterExpression")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request's expressions say; None where it has no such expression."""

    values: Values
    tests: Mapping[str, Condition]
    update: tuple[Action, ...]
    shown: tuple[Path, ...] | None

    def meets(self, name: str, item: Item) -> bool:
        """Whether an item meets the request's expression of that name, if it has one."""
        test = self.tests.get(name)
        return test is None or test.meets(item, self.values)

    def projected(self, item: Item) -> Item:
        """What the request wants to see of an item."""
        return item if self.shown is None else projected(item, self.shown)


def asked(request: Request) -> Asked:
    """Read the expressions of *request*.

    Raises
    ------
    Refused
        When one cannot be read, a name or value is not given, or one is given for nothing.
    NotSimulated
        When it uses what came before expressions.
    """
    if not _OLD.isdisjoint(request):
        raise NotSimulated(f"parameters without expressions: {sorted(_OLD & request.keys())}")
    names = tuple((request.get("ExpressionAttributeNames") or {}).items())
    given = (request.get("ExpressionAttributeValues") or {}).items()
    values = {name: normal(value) for name, value in given}
    tests = {
        label: conditions.condition(label, request[label], names)
        for label in _TESTS
        if request.get(label) is not None
    }
    used = {name for test in tests.values() for name in test.used}
    update, shown = _others(request, names, used)
    _require_all_used(used, names, values)
    for test in tests.values():
        test.require(values)
    return Asked(values, tests, update, shown)


def projected(item: Item, paths: Iterable[Path]) -> Item:
    """As much of an item as lies at *paths*."""
    seen: dict[str, Any] = {}
    for path in paths:
        if (value := conditions.found(item, path.parts)) is not None:
            _place(seen, path.parts, value)
    return seen


def _others(
    request: Request, names: expressions.Names, used: set[str]
) -> tuple[tuple[Action, ...], tuple[Path, ...] | None]:
    update: tuple[Action, ...] = ()
    shown = None
    if (text := request.get("UpdateExpression")) is not None:
        update, these = expressions.update(text, names)
        used |= these
    if (text := request.get("ProjectionExpression")) is not None:
        shown, these = expressions.projection(text, names)
        used |= these
    return update, shown


def _require_all_used(used: set[str], names: expressions.Names, values: Values) -> None:
    given = {name for name, _ in names} | values.keys()
    if missing := used - given:
        raise invalid(f"An expression attribute value used in expression is not defined: {missing}")
    if unused := given - used:
        raise invalid(f"Value provided is unused in expressions: keys: {unused}")


def _place(seen: dict[str, Any], parts: tuple[str | int, ...], value: Any) -> None:
    """Put a value at its path; elements of a list follow each other without gaps."""
    if any(isinstance(step, int) for step in parts[1:]):
        raise NotSimulated("projections of list elements")
    *upper, last = parts
    for step in upper:
        seen = seen.setdefault(str(step), {"M": {}})["M"]
    seen[str(last)] = value
