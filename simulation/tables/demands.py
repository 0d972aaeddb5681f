"""What a condition demands of the values that are given with it, whatever the item holds."""

import operator
from collections.abc import Callable, Iterator
from typing import Any

from simulation.tables.syntax import Between, Call, Comparison, Given, Joined, Not, Test

Demand = tuple[str, frozenset[str], str]
"""A value's name, the types that it may be of, and the operator that wants it so."""

ORDERED = frozenset({"S", "N", "B"})
BY_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def demanded(test: Test) -> Iterator[Demand]:
    """What each value with demands must be."""
    match test:
        case Joined(_, left, right):
            yield from [*demanded(left), *demanded(right)]
        case Not(inner):
            yield from demanded(inner)
        case Comparison(sign, _, _) if sign in BY_ORDER:
            given = [one for one in (test.left, test.right) if isinstance(one, Given)]
            yield from ((one.name, ORDERED, sign) for one in given)
        case Between():
            given = [one for one in (test.least, test.most) if isinstance(one, Given)]
            yield from ((one.name, ORDERED, "BETWEEN") for one in given)
        case Call("begins_with", (_, Given(name))):
            yield name, frozenset({"S", "B"}), "begins_with"
        case Call("attribute_type", (_, Given(name))):
            yield name, frozenset({"S"}), "attribute_type"


def spans(test: Test) -> tuple[tuple[str, str], ...]:
    """The values at both ends of each BETWEEN: the first must not be above the second."""
    match test:
        case Joined(_, left, right):
            return spans(left) + spans(right)
        case Not(inner):
            return spans(inner)
        case Between(_, Given(least), Given(most)):
            return ((least, most),)
    return ()
