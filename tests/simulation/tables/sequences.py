"""Random calls to DynamoDB, by seed: right ones, refused ones and wrong ones.

Begin with `calls`.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.simulation.tables.changes import Call, changes, nested
from tests.simulation.tables.pieces import (
    FLAT,
    WIDE,
    Draft,
    conditioned,
    fitting,
    item,
    key,
)


def calls(seed: int, count: int) -> Iterator[Call]:
    """That many calls."""
    draws = Random(seed)
    often = (put, update, query, transact)
    kinds: list[Callable[[Random], Call]] = [*often, *often, delete, get, scan, transact_again]
    kinds += [batch_get, batch_write, transact_get]
    for _ in range(count):
        yield draws.choice(kinds)(draws)
        if draws.random() < 0.05:
            yield from nested(draws)


def _table(draws: Random) -> str:
    return draws.choice((WIDE, WIDE, FLAT))


def put(draws: Random, *, strict: bool = False) -> Call:
    """Store an item."""
    table, draft = _table(draws), Draft(draws, strict)
    beside = conditioned(draft)
    returns = draws.choice(("NONE", "ALL_OLD", "ALL_OLD", "ALL_NEW"))
    asked = {"TableName": table, "Item": item(draws, table), "ReturnValues": returns}
    return "put_item", {**asked, **beside, **draft.given()}


def delete(draws: Random, *, strict: bool = False) -> Call:
    """Remove an item."""
    table, draft = _table(draws), Draft(draws, strict)
    beside = conditioned(draft)
    asked = {"TableName": table, "Key": key(draws, table), "ReturnValues": "ALL_OLD"}
    return "delete_item", {**asked, **beside, **draft.given()}


def update(draws: Random, *, strict: bool = False) -> Call:
    """Change an item."""
    table, draft = _table(draws), Draft(draws, strict)
    returns = draws.choice(("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"))
    asked = {
        "TableName": table,
        "Key": key(draws, table),
        "UpdateExpression": changes(draft),
        "ReturnValues": returns,
    }
    beside = conditioned(draft)
    if draws.random() < 0.02 and not strict:
        draft.value({"S": "unused"})
    return "update_item", {**asked, **beside, **draft.given()}


def get(draws: Random) -> Call:
    """Read an item."""
    table, draft = _table(draws), Draft(draws)
    asked = {"TableName": table, "Key": key(draws, table), "ConsistentRead": True}
    return "get_item", {**asked, **_seen(draft), **draft.given()}


def _seen(draft: Draft) -> dict[str, Any]:
    if draft.draws.random() < 0.6:
        return {}
    names = [draft.name(one) for one in draft.draws.sample(("p", "n", "s", "l", "k"), 2)]
    return {"ProjectionExpression": ", ".join(names)}


def query(draws: Random) -> Call:
    """Read a partition, page by page."""
    table, draft = _table(draws), Draft(draws)
    index = draws.choice(("", "", "by-g", "by-g-alone" if table == WIDE else "by-g"))
    asked: dict[str, Any] = {"TableName": table, "ScanIndexForward": draws.random() < 0.5}
    if index:
        asked["IndexName"] = index
    asked["KeyConditionExpression"] = _partition(draft, table, index)
    if draws.random() < 0.4 and (index or table == WIDE):
        asked["Limit"] = draws.randint(1, 4)
    if draws.random() < 0.3:
        sought = draft.value(fitting(draws, "n"))
        asked["FilterExpression"] = f"{draft.name('n')} <> {sought}"
    if draws.random() < 0.1:
        asked["Select"] = "COUNT"
    elif index == "":
        asked |= _seen(draft)
    return "query", {**asked, **draft.given()}


def _partition(draft: Draft, table: str, index: str) -> str:
    draws = draft.draws
    of_index = f"{draft.name('g')} = {draft.value({'S': draws.choice('GH')})}"
    if index == "by-g-alone" or (index and draws.random() < 0.5):
        return of_index
    if index and table == FLAT:
        return f"{of_index} AND begins_with({draft.name('p')}, {draft.value({'S': 'a'})})"
    if index:
        return f"{of_index} AND {draft.name('h')} >= {draft.value({'N': '2'})}"
    draft.names.clear()
    draft.values.clear()
    own = f"{draft.name('p')} = {draft.value({'S': draws.choice('abc')})}"
    if table == FLAT or draws.random() < 0.3:
        return own
    sort, bound = draft.name("r"), draft.value({"N": draws.choice(("1", "0", "-3"))})
    if draws.random() < 0.3:
        return f"{own} AND {sort} BETWEEN {bound} AND {draft.value({'N': '2'})}"
    return f"{own} AND {sort} {draws.choice(('<', '<=', '>', '>=', '='))} {bound}"


def scan(draws: Random) -> Call:
    """Read everything."""
    table, draft = _table(draws), Draft(draws)
    asked: dict[str, Any] = {"TableName": table, "Limit": draws.randint(2, 9)}
    if draws.random() < 0.3:
        asked["IndexName"] = "by-g"
    elif draws.random() < 0.5:
        asked["FilterExpression"] = f"attribute_exists({draft.name('n')})"
    return "scan", {**asked, **draft.given()}


def batch_get(draws: Random) -> Call:
    """Read several items."""
    table = _table(draws)
    keys = [key(draws, table) for _ in range(draws.randint(1, 3))]
    for one in keys:
        if one.get("r") == {"N": "1.0"}:
            one["r"] = {"N": "1"}
    return "batch_get_item", {"RequestItems": {table: {"Keys": keys}}}


def batch_write(draws: Random) -> Call:
    """Write several items."""
    table = _table(draws)
    writes = [
        {"PutRequest": {"Item": item(draws, table)}}
        if draws.random() < 0.6
        else {"DeleteRequest": {"Key": key(draws, table)}}
        for _ in range(draws.randint(1, 3))
    ]
    return "batch_write_item", {"RequestItems": {table: writes}}


def transact_get(draws: Random) -> Call:
    """Read several items at one moment."""
    tables = [_table(draws) for _ in range(draws.randint(1, 3))]
    gets = [{"Get": {"TableName": one, "Key": key(draws, one)}} for one in tables]
    return "transact_get_items", {"TransactItems": gets}


def transact(draws: Random) -> Call:
    """Write several items or none."""
    actions = [_action(draws) for _ in range(draws.randint(1, 4))]
    return "transact_write_items", {"TransactItems": actions}


def transact_again(draws: Random) -> Call:
    """Write an item under a token that has been used before, for this or for another."""
    item = {"p": {"S": draws.choice("ab")}, "n": {"N": "5"}}
    action = {"Put": {"TableName": FLAT, "Item": item}}
    token = draws.choice(("one", "two"))
    return "transact_write_items", {"TransactItems": [action], "ClientRequestToken": token}


def _action(draws: Random) -> dict[str, Any]:
    deed, (_, asked) = draws.choice(
        (
            ("Put", put(draws, strict=True)),
            ("Update", update(draws, strict=True)),
            ("Delete", delete(draws, strict=True)),
        )
    )
    del asked["ReturnValues"]
    if "ConditionExpression" in asked and deed == "Delete" and draws.random() < 0.5:
        deed = "ConditionCheck"
    return {deed: asked}
