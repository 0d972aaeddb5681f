"""The stored rows as plain facts, kept up to date write by write.

It knows the items' shapes from the outside (DynamoDB's JSON, `facts` as JSON text). Begin with
`Rows.take`; what an oracle is given afterwards are `Change`s.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulation.tables.store import Write

Fact = dict[str, Any]
KINDS = frozenset({"signup", "offer", "request", "lift"})


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was written: what it was, and what it is; None for nothing.

    Attributes
    ----------
    kind
        "request", "event", "session", "claim", "run", "outbox", ...
    id
        The row's own id.
    """

    at: datetime
    kind: str
    id: str
    old: Fact | None
    new: Fact | None


@dataclass(slots=True)
class Rows:
    """All rows by kind and id."""

    all: dict[str, dict[str, Fact]] = field(default_factory=dict)
    days: dict[str, dict[str, Fact]] = field(default_factory=dict)
    """Campaign day -> its sign-ups, offers, requests and lifts, by id."""

    def of(self, kind: str) -> dict[str, Fact]:
        """Rows of that kind, by id."""
        return self.all.setdefault(kind, {})

    def thing(self, thing_id: str) -> Fact | None:
        """The event, sign-up, offer, request or lift of that id."""
        return self.of(thing_id.partition("-")[0]).get(thing_id)

    def take(self, writes: Sequence[Write]) -> list[Change]:
        """Take in a commit."""
        return [self._change(write) for write in writes]

    def _change(self, write: Write) -> Change:
        table = write.table.rpartition("-")[2]
        kind, row_id = _named(table, write)
        known = self.of(kind)
        old = known.get(row_id)
        new = _facts(write.new) if write.new is not None else None
        if new is None:
            known.pop(row_id, None)
        else:
            known[row_id] = new
        if kind in KINDS:
            self._on_day(str(write.key[0]), row_id, new)
        return Change(write.at, kind, row_id, old, new)

    def _on_day(self, day: str, row_id: str, new: Fact | None) -> None:
        things = self.days.setdefault(day, {})
        if new is None:
            things.pop(row_id, None)
        else:
            things[row_id] = new


def _named(table: str, write: Write) -> tuple[str, str]:
    """The kind of a row, and its id."""
    first, second = str(write.key[0]), str(write.key[1])
    match table:
        case "bookings" if second == "run":
            return "run", first
        case "bookings":
            kind = second.partition("-")[0]
            return ("known", second) if kind == "run" else (kind, second)
        case "events":
            return ("event", first) if second == "event" else ("session", second)
        case "links":
            return "link", f"{first} {second}"
    return table, first


def _facts(item: Mapping[str, Any]) -> Fact:
    """A row's attributes, with its facts among them; its own come second."""
    plain = {name: _plain(value) for name, value in item.items() if name != "facts"}
    inner = json.loads(item["facts"]["S"]) if "facts" in item else {}
    return {**plain, **inner, "row": plain}


def _plain(value: Mapping[str, Any]) -> Any:
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return float(content)
        case "SS":
            return frozenset(content)
    return content


def instant(text: str) -> datetime:
    """An instant as it is stored."""
    return datetime.fromisoformat(text)
