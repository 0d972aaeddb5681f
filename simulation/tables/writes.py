"""DynamoDB's writes: PutItem, UpdateItem, DeleteItem, BatchWriteItem, TransactWriteItems.

Every write is first *planned*, where a request that is wrong in itself is refused, and
then *decided*, where the stored item refuses it. A transaction decides all, then commits.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Any

from simulation.refusals import Refused, invalid
from simulation.tables import updates
from simulation.tables.asked import Asked, Request, asked, projected
from simulation.tables.shelf import Row
from simulation.tables.store import Database, Key, Table
from simulation.tables.syntax import Path
from simulation.tables.values import LARGEST_ITEM, Item, normal, size_of_item

Answer = dict[str, Any]

MOST_ACTIONS = 100
MOST_IN_BATCH = 25
TOKEN_KEPT = timedelta(minutes=10)
FAILED = "The conditional request failed"
_RETURNS = {
    "Put": {"NONE", "ALL_OLD"},
    "Delete": {"NONE", "ALL_OLD"},
    "Update": {"NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"},
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A write that is right in itself: "Put", "Update", "Delete" or "ConditionCheck"."""

    deed: str
    table: Table
    key: Key
    request: Request
    asked: Asked
    put: Item

    @property
    def old(self) -> Item | None:
        """The item as it is stored now."""
        row = self.table.row(self.key)
        return None if row is None else row.item


def planned(database: Database, deed: str, request: Request) -> Plan:
    """Refuse what is wrong whatever is stored.

    Raises
    ------
    Refused
        A ValidationException, or that there is no such table.
    """
    table, wanted = database.table(request["TableName"]), asked(request)
    if deed == "Put":
        item = {name: normal(value) for name, value in request["Item"].items()}
        table.schema.require_indexable(item)
        return Plan(deed, table, table.schema.key_of(item), request, wanted, item)
    key = table.schema.key(request["Key"])
    if deed == "ConditionCheck" and "ConditionExpression" not in wanted.tests:
        raise invalid("The expression can not be empty;")
    updates.checked(wanted.update, wanted.values, table.schema.keys.types)
    normal_key = {name: normal(value) for name, value in request["Key"].items()}
    return Plan(deed, table, key, request, wanted, normal_key)


def decided(plan: Plan) -> Row | None:
    """The row as the write leaves it; None for nothing.

    Raises
    ------
    Refused
        When the condition fails, or the item cannot be what it would become.
    """
    old = plan.old
    if not plan.asked.meets("ConditionExpression", old or {}):
        shown = plan.request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
        fields: dict[str, Any] = {"Item": old} if shown and old is not None else {}
        raise Refused("ConditionalCheckFailedException", FAILED, **fields)
    if plan.deed in {"Delete", "ConditionCheck"}:
        return None
    new = plan.put
    if plan.deed == "Update":
        new = updates.updated(plan.asked.update, old or plan.put, plan.asked.values)
    plan.table.schema.require_indexable(new)
    if (size := size_of_item(new)) > LARGEST_ITEM:
        raise invalid("Item size has exceeded the maximum allowed size")
    return Row(plan.key, new, size)


def put_item(database: Database, request: Request) -> Answer:
    """Store an item, over the one of that key."""
    return _one(database, "Put", request)


def update_item(database: Database, request: Request) -> Answer:
    """Change an item, or make it."""
    return _one(database, "Update", request)


def delete_item(database: Database, request: Request) -> Answer:
    """Remove an item, if it is there."""
    return _one(database, "Delete", request)


def _one(database: Database, deed: str, request: Request) -> Answer:
    returns = request.get("ReturnValues", "NONE")
    if returns not in _RETURNS[deed]:
        raise invalid(f"Value '{returns}' at 'returnValues' failed to satisfy constraint")
    plan = planned(database, deed, request)
    old, new = plan.old, decided(plan)
    database.commit([(plan.table, plan.key, new)])
    image = new.item if returns.endswith("NEW") and new is not None else old
    if returns == "NONE" or image is None:
        return {}
    if returns.startswith("UPDATED"):
        touched = [takewhile(_is_name, action.path.parts) for action in plan.asked.update]
        image = projected(image, [Path(tuple(path)) for path in touched])
    return {"Attributes": image} if image else {}


def _is_name(step: str | int) -> bool:
    """Of a list that was touched an update returns the whole."""
    return isinstance(step, str)


def batch_write_item(database: Database, request: Request) -> Answer:
    """Up to 25 puts and deletes without conditions, each on its own."""
    tables = request.get("RequestItems") or {}
    if not 1 <= sum(len(one) for one in tables.values()) <= MOST_IN_BATCH:
        raise invalid("Member must have length between 1 and 25")
    plans = [
        planned(database, deed.removesuffix("Request"), {"TableName": name, **inner})
        for name, writes in tables.items()
        for write in writes
        for deed, inner in write.items()
    ]
    if _same_twice(plans):
        raise invalid("Provided list of item keys contains duplicates")
    for plan, new in [(plan, decided(plan)) for plan in plans]:
        database.commit([(plan.table, plan.key, new)])
    return {"UnprocessedItems": {}}


def transact_write_items(database: Database, request: Request) -> Answer:
    """All of up to 100 writes and checks, or none; the same token again has no effect."""
    actions = request["TransactItems"]
    if not 1 <= len(actions) <= MOST_ACTIONS:
        raise invalid("Member must have length between 1 and 100")
    if _was_done(database, request.get("ClientRequestToken"), actions):
        return {}
    plans = [planned(database, deed, inner) for action in actions for deed, inner in action.items()]
    if _same_twice(plans):
        raise invalid("Transaction request cannot include multiple operations on one item")
    outcomes = [_outcome(plan) for plan in plans]
    if any(isinstance(one, Refused) for one in outcomes):
        raise cancelled([one if isinstance(one, Refused) else None for one in outcomes])
    database.commit(
        (plan.table, plan.key, new)
        for plan, new in zip(plans, outcomes, strict=True)
        if plan.deed != "ConditionCheck" and not isinstance(new, Refused)
    )
    if (token := request.get("ClientRequestToken")) is not None:
        database.tokens[token] = (database.now(), actions)
    return {}


def _same_twice(plans: Sequence[Plan]) -> bool:
    return any(times > 1 for times in Counter((p.table.schema.name, p.key) for p in plans).values())


def _was_done(database: Database, token: str | None, actions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a transaction of that token has been carried out; old tokens are forgotten."""
    kept = database.tokens
    while kept and (oldest := next(iter(kept))) and kept[oldest][0] + TOKEN_KEPT < database.now():
        del kept[oldest]
    if token is None or token not in kept:
        return False
    if kept[token][1] != actions:
        raise Refused("IdempotentParameterMismatchException", "The token was used for another one")
    return True


def _outcome(plan: Plan) -> Row | Refused | None:
    try:
        return decided(plan)
    except Refused as refused:
        return refused


def cancelled(reasons: Sequence[Refused | None]) -> Refused:
    """The refusal of a transaction, with the reason of each of its actions."""
    told = [{"Code": "None"} if one is None else _reason(one) for one in reasons]
    codes = ", ".join(one["Code"] for one in told)
    message = (
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
    )
    return Refused("TransactionCanceledException", message, CancellationReasons=told)


def _reason(refused: Refused) -> dict[str, Any]:
    code = refused.code.removesuffix("Exception")
    name = {"ConditionalCheckFailed": code, "TransactionConflict": code}.get(
        code, "ValidationError"
    )
    return {"Code": name, "Message": refused.message, **refused.fields}
