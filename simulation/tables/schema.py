"""What a table demands of its items: keys of the right type, none empty, none too large.

Made of what CreateTable is asked. Begin with `schema` and `Schema.key`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulation.refusals import NotSimulated, invalid
from simulation.tables.values import Item, Part, kind_of, normal, part

LONGEST = {"HASH": 2048, "RANGE": 1024}
"""Bytes of a key attribute's value."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The key attributes of a table or an index: name -> "S", "N" or "B".

    Attributes
    ----------
    range
        The sort key; "" for none.
    shows
        The attributes that an index holds; None for all.
    """

    hash: str
    range: str
    types: Mapping[str, str]
    shows: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """A table's keys and its indexes', by name, and the attribute that ends an item's life."""

    name: str
    keys: Keys
    indexes: Mapping[str, Keys]
    streams: str
    """What a stream of this table shows ("NEW_IMAGE"); "" for no stream."""

    def key(self, given: Any) -> tuple[Part, Part]:
        """The key that a request names: exactly the key attributes.

        Raises
        ------
        Refused
            When it is another one's, or empty.
        """
        if not isinstance(given, dict) or given.keys() != self.keys.types.keys():
            raise invalid("The provided key element does not match the schema")
        if any(kind_of(value) != self.keys.types[name] for name, value in given.items()):
            raise invalid("The provided key element does not match the schema")
        return self.key_of({name: normal(value) for name, value in given.items()})

    def key_of(self, item: Item) -> tuple[Part, Part]:
        """The key of an item, as a request gives one.

        Raises
        ------
        Refused
            When a key attribute is missing, of another type, or empty.
        """
        hashed = self._key_part(item, self.keys.hash, "HASH")
        return hashed, self._key_part(item, self.keys.range, "RANGE") if self.keys.range else ""

    def _key_part(self, item: Item, name: str, place: str) -> Part:
        if name not in item:
            raise invalid(f"One or more parameter values were invalid: Missing the key {name}")
        if kind_of(item[name]) != self.keys.types[name]:
            raise invalid(
                f"One or more parameter values were invalid: Type mismatch for key {name}"
            )
        value = part(item[name])
        _require_length(name, value, place)
        return value

    def require_indexable(self, item: Item) -> None:
        """Pass when the indexes can take the item, whether they list it or not.

        Raises
        ------
        Refused
            When an index's key attribute is there, but of another type or empty.
        """
        for index in self.indexes.values():
            for name, kind in index.types.items():
                if (value := item.get(name)) is None:
                    continue
                if kind_of(value) != kind:
                    raise invalid(
                        "One or more parameter values were invalid: Type mismatch for Index Key "
                        f"{name} Expected: {kind} Actual: {kind_of(value)}"
                    )
                _require_length(name, part(value), "HASH" if name == index.hash else "RANGE")


def _require_length(name: str, value: Part, place: str) -> None:
    if value in {"", b""}:
        raise invalid(
            "One or more parameter values are not valid. The AttributeValue for a key attribute "
            f"cannot contain an empty value. Key: {name}"
        )
    raw = value.encode() if isinstance(value, str) else value
    if isinstance(raw, bytes) and len(raw) > LONGEST[place]:
        raise invalid(f"One or more parameter values were invalid: Size of key {name} is too large")


def schema(wanted: Mapping[str, Any]) -> Schema:
    """The schema that a CreateTable request asks for.

    Raises
    ------
    NotSimulated
        When it has local secondary indexes.
    """
    types = {one["AttributeName"]: one["AttributeType"] for one in wanted["AttributeDefinitions"]}
    own, indexes = _keys(wanted["KeySchema"], types), {}
    for index in wanted.get("GlobalSecondaryIndexes") or ():
        indexes[index["IndexName"]] = _index_keys(index, own, types)
    if wanted.get("LocalSecondaryIndexes"):
        raise NotSimulated("local secondary indexes")
    stream = wanted.get("StreamSpecification") or {}
    shown = stream.get("StreamViewType", "") if stream.get("StreamEnabled") else ""
    return Schema(wanted["TableName"], own, indexes, shown)


def _keys(key_schema: list[dict[str, str]], types: Mapping[str, str]) -> Keys:
    names = {one["KeyType"]: one["AttributeName"] for one in key_schema}
    used = {name: types[name] for name in names.values()}
    return Keys(names["HASH"], names.get("RANGE", ""), used)


def _index_keys(index: Mapping[str, Any], own: Keys, types: Mapping[str, str]) -> Keys:
    keys, projection = _keys(index["KeySchema"], types), index["Projection"]
    if projection["ProjectionType"] == "ALL":
        return keys
    more = frozenset(projection.get("NonKeyAttributes", ()))
    return replace(keys, shows=more | keys.types.keys() | own.types.keys())
