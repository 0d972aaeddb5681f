"""DynamoDB's reads: GetItem, BatchGetItem, TransactGetItems, Query and Scan.

Each takes a request in DynamoDB's JSON and gives the answer in it. A page ends at its
limit or after 1 MB.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from simulation.refusals import NotSimulated, invalid
from simulation.tables.asked import Asked, Request, asked
from simulation.tables.schema import Keys
from simulation.tables.shelf import Order, Range, Row
from simulation.tables.store import Database, Table
from simulation.tables.syntax import Between, Call, Comparison, Given, Joined, Path, Test
from simulation.tables.values import Part, Value, kind_of, part

Answer = dict[str, Any]

PAGE_BYTES = 1024 * 1024
BATCH_BYTES = 16 * 1024 * 1024
MOST_KEYS = 100
CONSISTENT = "Consistent reads are not supported on global secondary indexes"


def get_item(database: Database, request: Request) -> Answer:
    """One item by its key; no "Item" when there is none."""
    table = database.table(request["TableName"])
    wanted = asked(request)
    row = table.row(table.schema.key(request["Key"]))
    return {} if row is None else {"Item": wanted.projected(row.item)}


def batch_get_item(database: Database, request: Request) -> Answer:
    """Up to 100 items by their keys; those past 16 MB are left over."""
    tables = request.get("RequestItems") or {}
    if not 1 <= sum(len(one["Keys"]) for one in tables.values()) <= MOST_KEYS:
        raise invalid("Too many items requested for the BatchGetItem call, or none")
    answer: Answer = {"Responses": {}, "UnprocessedKeys": {}}
    room = BATCH_BYTES
    for name, keys in tables.items():
        table, wanted = database.table(name), asked(keys)
        places = [table.schema.key(key) for key in keys["Keys"]]
        if len(set(places)) < len(places):
            raise invalid("Provided list of item keys contains duplicates")
        answer["Responses"][name] = []
        for key, place in zip(keys["Keys"], places, strict=True):
            row = table.row(place)
            room -= 0 if row is None else row.size
            if room < 0:
                left = answer["UnprocessedKeys"].setdefault(name, {**keys, "Keys": []})
                left["Keys"].append(key)
            elif row is not None:
                answer["Responses"][name].append(wanted.projected(row.item))
    return answer


def transact_get_items(database: Database, request: Request) -> Answer:
    """Up to 100 different items, as of one moment, in the order asked for."""
    gets = [one["Get"] for one in request["TransactItems"]]
    if not 1 <= len(gets) <= MOST_KEYS:
        raise invalid("Member must have length between 1 and 100")
    tables = [database.table(one["TableName"]) for one in gets]
    keys = [
        (one["TableName"], t.schema.key(one["Key"])) for one, t in zip(gets, tables, strict=True)
    ]
    if len(set(keys)) < len(keys):
        raise invalid("Transaction request cannot include multiple operations on one item")
    return {"Responses": [get_item(database, one) for one in gets]}


def query(database: Database, request: Request) -> Answer:
    """Items of one partition of a table or an index, by their sort key."""
    table, wanted = database.table(request["TableName"]), asked(request)
    keys = _keys(table, request)
    if "KeyConditionExpression" not in wanted.tests:
        raise invalid("Either the KeyConditions or KeyConditionExpression parameter is required")
    hashed, within = _sought(keys, wanted)
    _require_no_keys(wanted, keys)
    start = _start(table, keys, request)
    if start is not None and start[0] != hashed:
        raise invalid("The provided starting key is outside query boundaries")
    shelf = database.index(table, request["IndexName"]).shelf if _indexed(request) else table.shelf
    forward = request.get("ScanIndexForward", True) is not False
    rows = shelf.between(hashed, within, start[1] if start else None, forward=forward)
    return _page(rows, request, wanted, {**table.schema.keys.types, **keys.types})


def scan(database: Database, request: Request) -> Answer:
    """All items of a table or an index, by their keys (DynamoDB: in an order of its own)."""
    if "Segment" in request or "TotalSegments" in request:
        raise NotSimulated("scans in segments")
    table, wanted = database.table(request["TableName"]), asked(request)
    keys = _keys(table, request)
    shelf = database.index(table, request["IndexName"]).shelf if _indexed(request) else table.shelf
    rows = shelf.everything(_start(table, keys, request))
    return _page(rows, request, wanted, {**table.schema.keys.types, **keys.types})


def _indexed(request: Request) -> bool:
    return request.get("IndexName") is not None


def _keys(table: Table, request: Request) -> Keys:
    if not _indexed(request):
        return table.schema.keys
    if request["IndexName"] not in table.schema.indexes:
        raise invalid(f"The table does not have the specified index: {request['IndexName']}")
    if request.get("ConsistentRead"):
        raise invalid(CONSISTENT)
    keys = table.schema.indexes[request["IndexName"]]
    if keys.shows is not None and request.get("Select") == "ALL_ATTRIBUTES":
        raise invalid("Select type ALL_ATTRIBUTES is not supported for this global secondary index")
    return keys


def _page(rows: Iterable[Row], request: Request, wanted: Asked, keys: dict[str, str]) -> Answer:
    limit = request.get("Limit")
    if limit is not None and limit < 1:
        raise invalid("Value at 'Limit' failed to satisfy constraint: at least 1")
    seen, size, items, last = 0, 0, [], None
    for row in islice(rows, limit):
        seen, size = seen + 1, size + row.size
        if wanted.meets("FilterExpression", row.item):
            items.append(row.item)
        if seen == limit or size > PAGE_BYTES:
            last = {name: row.item[name] for name in keys}
            break
    answer: Answer = {"Count": len(items), "ScannedCount": seen}
    if request.get("Select") != "COUNT":
        answer["Items"] = [wanted.projected(item) for item in items]
    return answer if last is None else {**answer, "LastEvaluatedKey": last}


def _start(table: Table, keys: Keys, request: Request) -> tuple[Part, Order] | None:
    """The partition and place after which a page begins."""
    given = request.get("ExclusiveStartKey")
    if given is None:
        return None
    own = table.schema.keys
    if given.keys() != own.types.keys() | keys.types.keys():
        raise invalid("The provided starting key is invalid")
    for name, kind in {**own.types, **keys.types}.items():
        if kind_of(given[name]) != kind:
            raise invalid("The provided starting key is invalid")
    sort = part(given[keys.range]) if keys.range else ""
    key = table.schema.key_of(given)
    return part(given[keys.hash]), ((sort, *key) if _indexed(request) else (sort,))


def _sought(keys: Keys, wanted: Asked) -> tuple[Part, Range | None]:
    """What a key condition asks for: a partition, and perhaps a part of it."""
    found: dict[str, Range] = {}
    for name, operator, given in _terms(wanted.tests["KeyConditionExpression"].test):
        if name in found or name not in keys.types:
            raise invalid(f"Query condition missed key schema element: {keys.hash}")
        values = [wanted.values[one] for one in given]
        found[name] = Range(operator, tuple(_key_value(name, keys, one) for one in values))
    hashed = found.pop(keys.hash, None)
    if hashed is None or hashed.operator != "=":
        raise invalid(f"Query condition missed key schema element: {keys.hash}")
    return hashed.values[0], found.get(keys.range)


def _key_value(name: str, keys: Keys, value: Value) -> Part:
    if kind_of(value) != keys.types[name]:
        raise invalid("Condition parameter type does not match schema type")
    if part(value) in {"", b""}:
        raise invalid(f"A key attribute cannot contain an empty value. Key: {name}")
    return part(value)


def _terms(test: Test) -> list[tuple[str, str, list[str]]]:
    """(attribute, operator, values) of each part of a key condition."""
    match test:
        case Joined("AND", left, right):
            return [*_terms(left), *_terms(right)]
        case Comparison(operator, Path((str() as name,)), Given(value)) if operator != "<>":
            return [(name, operator, [value])]
        case Between(Path((str() as name,)), Given(least), Given(most)):
            return [(name, "BETWEEN", [least, most])]
        case Call("begins_with", (Path((str() as name,)), Given(value))):
            return [(name, "begins_with", [value])]
    raise invalid("Invalid KeyConditionExpression: Invalid operator used")


def _require_no_keys(wanted: Asked, keys: Keys) -> None:
    sieve = wanted.tests.get("FilterExpression")
    if sieve is not None and any(_mentions(sieve.test, name) for name in (keys.hash, keys.range)):
        raise invalid("Filter Expression can only contain non-primary key attributes")


def _mentions(node: Any, name: str) -> bool:
    """Whether a condition speaks of that attribute anywhere."""
    if isinstance(node, Path):
        return node.parts[0] == name
    parts: Callable[[Any], Any] = lambda one: [getattr(one, n) for n in one.__slots__]  # noqa: E731
    inner = node if isinstance(node, tuple) else parts(node) if hasattr(node, "__slots__") else []
    return any(_mentions(one, name) for one in inner)
