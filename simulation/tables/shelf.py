"""Rows in order: by partition, and within one by their sort key.

Tables and their indexes keep their rows in such a shelf. Begin with `Shelf.between`.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulation.tables.values import Item, Part

Order = tuple[Any, ...]
"""Where a row stands in its partition: the sort key first, then what tells equal ones apart.

Parts of one shelf are of one type in each place, but that the type system cannot know."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stored item.

    Attributes
    ----------
    key
        The values of its table's hash and range key; "" where there is no range key.
    item
        Never changed in place: a write puts another row.
    size
        Bytes as DynamoDB counts them.
    """

    key: tuple[Part, Part]
    item: Item
    size: int


@dataclass(frozen=True, slots=True)
class Range:
    """What a query wants of the sort key: an operator of conditions, or "begins_with"."""

    operator: str
    values: tuple[Any, ...]


@dataclass(slots=True)
class _Partition:
    orders: list[Order] = field(default_factory=list)
    rows: dict[Order, Row] = field(default_factory=dict)


@dataclass(slots=True)
class Shelf:
    """Rows by partition; partitions that hold nothing are not there."""

    partitions: dict[Part, _Partition] = field(default_factory=dict)

    def put(self, part: Part, order: Order, row: Row) -> None:
        """Put a row in its place, over the one that stands there."""
        partition = self.partitions.setdefault(part, _Partition())
        if order not in partition.rows:
            insort(partition.orders, order)
        partition.rows[order] = row

    def drop(self, part: Part, order: Order) -> None:
        """Take the row away that stands there, if one does."""
        partition = self.partitions.get(part)
        if partition is None or partition.rows.pop(order, None) is None:
            return
        del partition.orders[bisect_left(partition.orders, order)]
        if not partition.orders:
            del self.partitions[part]

    def get(self, part: Part, order: Order) -> Row | None:
        """The row that stands there."""
        partition = self.partitions.get(part)
        return None if partition is None else partition.rows.get(order)

    def between(
        self, part: Part, wanted: Range | None, after: Order | None, *, forward: bool
    ) -> Iterator[Row]:
        """A partition's rows within *wanted*, after that place, forwards or backwards."""
        if (partition := self.partitions.get(part)) is None:
            return
        orders = partition.orders
        first, end = _bounds(orders, wanted)
        if after is not None and forward:
            first = max(first, bisect_right(orders, after))
        elif after is not None:
            end = min(end, bisect_left(orders, after))
        places = range(first, end) if forward else range(end - 1, first - 1, -1)
        for place in places:
            yield partition.rows[orders[place]]

    def everything(self, after: tuple[Part, Order] | None = None) -> Iterator[Row]:
        """All rows, by partition and place, after that one."""
        for part in sorted(self.partitions):
            if after is None or part > after[0]:  # type: ignore[operator]
                yield from self.between(part, None, None, forward=True)
            elif part == after[0]:
                yield from self.between(part, None, after[1], forward=True)


def _bounds(orders: list[Order], wanted: Range | None) -> tuple[int, int]:
    """The first place within *wanted*, and the first after it."""
    if wanted is None:
        return 0, len(orders)
    least, most = wanted.values[0], wanted.values[-1]
    if wanted.operator == "begins_with":
        length = len(least)
        return (
            bisect_left(orders, least, key=_sort_key),
            bisect_right(orders, least, key=lambda order: order[0][:length]),
        )
    first, end = 0, len(orders)
    if wanted.operator in {"=", ">=", "BETWEEN"}:
        first = bisect_left(orders, least, key=_sort_key)
    elif wanted.operator == ">":
        first = bisect_right(orders, least, key=_sort_key)
    if wanted.operator in {"=", "<=", "BETWEEN"}:
        end = bisect_right(orders, most, key=_sort_key)
    elif wanted.operator == "<":
        end = bisect_left(orders, most, key=_sort_key)
    return first, end


def _sort_key(order: Order) -> Any:
    return order[0]
