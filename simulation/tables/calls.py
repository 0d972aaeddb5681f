"""DynamoDB's operations by name: a request in its JSON in, the answer in its JSON out.

Begin with `answer`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from simulation.refusals import NotSimulated
from simulation.tables import reads, writes
from simulation.tables.schema import schema
from simulation.tables.store import Database, Table

Answer = dict[str, Any]
Request = Mapping[str, Any]


def answer(database: Database, operation: str, request: Request) -> Answer:
    """Do what *request* asks of *database*.

    Raises
    ------
    Refused
        What DynamoDB would answer with an error.
    NotSimulated
        When there is no such operation here.
    """
    if operation not in OPERATIONS:
        raise NotSimulated(f"DynamoDB's {operation}")
    return OPERATIONS[operation](database, request)


def create_table(database: Database, request: Request) -> Answer:
    """Make a table, active at once."""
    database.create(schema(request))
    return {"TableDescription": _described(database.table(request["TableName"]))}


def delete_table(database: Database, request: Request) -> Answer:
    """Forget a table and all that is in it."""
    description = _described(database.table(request["TableName"]))
    del database.tables[request["TableName"]]
    return {"TableDescription": description}


def describe_table(database: Database, request: Request) -> Answer:
    """Keys, indexes and state of a table."""
    return {"Table": _described(database.table(request["TableName"]))}


def update_time_to_live(database: Database, request: Request) -> Answer:
    """Say which attribute ends an item's life."""
    wanted = request["TimeToLiveSpecification"]
    table = database.table(request["TableName"])
    table.expiry = wanted["AttributeName"] if wanted["Enabled"] else ""
    return {"TimeToLiveSpecification": wanted}


def _described(table: Table) -> Answer:
    shape = table.schema
    types = dict(shape.keys.types)
    for index in shape.indexes.values():
        types |= index.types
    return {
        "TableName": shape.name,
        "TableStatus": "ACTIVE",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind} for name, kind in types.items()
        ],
        "KeySchema": _key_schema(shape.keys.hash, shape.keys.range),
        "GlobalSecondaryIndexes": [
            {
                "IndexName": name,
                "IndexStatus": "ACTIVE",
                "KeySchema": _key_schema(index.hash, index.range),
                "Projection": _projection(index.shows),
            }
            for name, index in shape.indexes.items()
        ],
    }


def _projection(shows: frozenset[str] | None) -> dict[str, Any]:
    if shows is None:
        return {"ProjectionType": "ALL"}
    return {"ProjectionType": "INCLUDE", "NonKeyAttributes": sorted(shows)}


def _key_schema(hashed: str, ranged: str) -> list[dict[str, str]]:
    keys = [("HASH", hashed), ("RANGE", ranged)]
    return [{"AttributeName": name, "KeyType": place} for place, name in keys if name]


OPERATIONS: dict[str, Callable[[Database, Request], Answer]] = {
    "BatchGetItem": reads.batch_get_item,
    "BatchWriteItem": writes.batch_write_item,
    "CreateTable": create_table,
    "DeleteItem": writes.delete_item,
    "DeleteTable": delete_table,
    "DescribeTable": describe_table,
    "GetItem": reads.get_item,
    "PutItem": writes.put_item,
    "Query": reads.query,
    "Scan": reads.scan,
    "TransactGetItems": reads.transact_get_items,
    "TransactWriteItems": writes.transact_write_items,
    "UpdateItem": writes.update_item,
    "UpdateTimeToLive": update_time_to_live,
}
