"""The tables of one simulated database: items by key, secondary indexes, a log of writes.

One thread, so every commit is atomic. Items past their date stay until `Database.expire`.
An index may lag: what was written is seen in it only after a drawn time, the changes of
one item in their order. Begin with `Database.commit`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from simulation.refusals import Refused
from simulation.tables.schema import Keys, Schema
from simulation.tables.shelf import Order, Row, Shelf
from simulation.tables.streams import Stream
from simulation.tables.values import Item, Part, part, size_of_item

Key = tuple[Part, Part]


@dataclass(frozen=True, slots=True)
class Write:
    """One item of a commit, as the log keeps it and listeners get it.

    Attributes
    ----------
    at
        The virtual instant.
    number
        Of the commit, from 1; all items of one transaction share it.
    table
        The table's whole name.
    key
        Values of the hash and the range key ("" where there is none).
    old, new
        The images in DynamoDB's JSON, to be read only; None for nothing.
    """

    at: datetime
    number: int
    table: str
    key: Key
    old: Item | None
    new: Item | None


@dataclass(slots=True)
class Index:
    """A secondary index, and the changes that it does not show yet."""

    keys: Keys
    shelf: Shelf = field(default_factory=Shelf)
    unseen: deque[tuple[datetime, Row | None, Row | None]] = field(default_factory=deque)

    def place(self, row: Row) -> tuple[Part, Order] | None:
        """Where a row stands in this index; None when it lacks a key attribute."""
        if any(name not in row.item for name in self.keys.types):
            return None
        sort = part(row.item[self.keys.range]) if self.keys.range else ""
        return part(row.item[self.keys.hash]), (sort, *row.key)

    def show(self, until: datetime) -> None:
        """Show every change that is due by then."""
        while self.unseen and self.unseen[0][0] <= until:
            _, old, new = self.unseen.popleft()
            if old is not None and (place := self.place(old)) is not None:
                self.shelf.drop(*place)
            if new is not None and (place := self.place(new)) is not None:
                self.shelf.put(*place, self._held(new))

    def _held(self, row: Row) -> Row:
        """As much of a row as this index holds."""
        if self.keys.shows is None:
            return row
        item = {name: value for name, value in row.item.items() if name in self.keys.shows}
        return Row(row.key, item, size_of_item(item))


@dataclass(slots=True)
class Table:
    """One table."""

    schema: Schema
    indexes: dict[str, Index]
    stream: Stream | None
    expiry: str = ""
    """The attribute that ends an item's life, in seconds since 1970; "" for none."""
    shelf: Shelf = field(default_factory=Shelf)

    def row(self, key: Key) -> Row | None:
        """The row of that key."""
        return self.shelf.get(key[0], (key[1],))


class Database:
    """All tables, and every write that was ever committed to them.

    Attributes
    ----------
    log
        Every write, oldest first. It grows; whoever keeps listening may clear it.
    listeners
        Called with the writes of each commit, at once and in order. We are inside a call of
        botocore's then: whatever they raise must be no `Exception`, or the service handles it.
    lag_s
        Most seconds that an index may be behind; 0 for none. May be changed at any time.
    """

    def __init__(self, now: Callable[[], datetime], draws: Random) -> None:
        self.now = now
        self.tables: dict[str, Table] = {}
        self.log: list[Write] = []
        self.listeners: list[Callable[[Sequence[Write]], None]] = []
        self.lag_s = 0.0
        self.commits = 0
        self.tokens: dict[str, tuple[datetime, Any]] = {}
        self._draws = draws

    def create(self, schema: Schema) -> None:
        """Make a table.

        Raises
        ------
        Refused
            When there is one of that name.
        """
        if schema.name in self.tables:
            raise Refused("ResourceInUseException", f"Table already exists: {schema.name}")
        stream = Stream(schema.name, schema.streams) if schema.streams else None
        indexes = {name: Index(keys) for name, keys in schema.indexes.items()}
        self.tables[schema.name] = Table(schema, indexes, stream)

    def table(self, name: str) -> Table:
        """The table of that whole name.

        Raises
        ------
        Refused
            When there is none.
        """
        if name not in self.tables:
            raise Refused("ResourceNotFoundException", "Requested resource not found")
        return self.tables[name]

    def rows(self, name: str) -> list[Item]:
        """Every stored item of a table, expired or not, by key; to be read only."""
        return [MappingProxyType(row.item) for row in self.table(name).shelf.everything()]

    def index(self, table: Table, name: str) -> Index:
        """An index as it is seen now, behind by its lag."""
        index = table.indexes[name]
        index.show(self.now())
        return index

    def commit(
        self, changes: Iterable[tuple[Table, Key, Row | None]], *, expired: bool = False
    ) -> None:
        """Store all of *changes*, each a table, a key, and the new row or None."""
        self.commits += 1
        writes = [
            self._write(table, key, new, expired=expired)
            for table, key, new in changes
            if new is not None or table.row(key) is not None
        ]
        self.log += writes
        for listener in self.listeners:
            listener(writes)

    def _write(self, table: Table, key: Key, row: Row | None, *, expired: bool) -> Write:
        old, at = table.row(key), self.now()
        if row is None:
            table.shelf.drop(key[0], (key[1],))
        else:
            table.shelf.put(key[0], (key[1],), row)
        for index in table.indexes.values():
            due = at + timedelta(seconds=self._draws.uniform(0, self.lag_s) if self.lag_s else 0)
            # Changes come into an index one after the other, so no item's overtake each other.
            due = max(due, index.unseen[-1][0]) if index.unseen else due
            index.unseen.append((due, old, row))
            index.show(at)
        was, new = None if old is None else old.item, None if row is None else row.item
        if table.stream is not None:
            names = table.schema.keys.types
            shown: Mapping[str, Any] = new or was or {}
            key_item = {name: shown[name] for name in names}
            table.stream.write(at, key_item, was, new, expired=expired)
        return Write(at, self.commits, table.schema.name, key, _shown(was), _shown(new))

    def expire(self) -> int:
        """Do what DynamoDB does days late: remove all rows past their date. Says how many."""
        dead = [
            (table, row.key, None)
            for table in self.tables.values()
            if table.expiry
            for row in table.shelf.everything()
            if _is_past(row.item.get(table.expiry), self.now())
        ]
        for one in dead:
            self.commit([one], expired=True)
        return len(dead)

    def catch_up(self) -> None:
        """Have every index show everything, and lag no more."""
        self.lag_s = 0.0
        for table in self.tables.values():
            for index in table.indexes.values():
                index.show(datetime.max.replace(tzinfo=self.now().tzinfo))


def _shown(item: Item | None) -> Item | None:
    return None if item is None else MappingProxyType(item)


def _is_past(value: Mapping[str, Any] | None, now: datetime) -> bool:
    return value is not None and "N" in value and float(value["N"]) < now.timestamp()
