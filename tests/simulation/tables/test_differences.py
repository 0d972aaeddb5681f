"""Where the simulated tables and the local database differ, and why: the whole list.

In each case the simulation does what AWS documents, or what its service answers. The random
sequences of `test_differential` keep clear of these.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.simulation.tables.changes import Call
from tests.simulation.tables.pieces import FLAT, WIDE
from tests.simulation.tables.test_differential import real, simulated

WRONG = "ValidationException"
OK = "carried out"


@dataclass(frozen=True)
class Difference:
    """A call that is answered differently, after an item has been stored."""

    why: str
    call: Call
    ours: Any
    theirs: Any


def flat(**asked: Any) -> dict[str, Any]:
    """A call about the one item of the table without a sort key."""
    return {"TableName": FLAT, "Key": {"p": {"S": "a"}}, **asked}


def given(*values: Any) -> dict[str, Any]:
    """Those values as :a, :b and so on."""
    return {"ExpressionAttributeValues": {f":{'abc'[n]}": one for n, one in enumerate(values)}}


def update(change: str, *values: Any, **asked: Any) -> Call:
    """A change of that item."""
    values_given = given(*values) if values else {}
    return "update_item", flat(UpdateExpression=change, **values_given, **asked)


def query(keys: str, *values: Any, **asked: Any) -> Call:
    """A query of the table with a sort key."""
    return "query", {"TableName": WIDE, "KeyConditionExpression": keys, **given(*values), **asked}


def transact(deed: str, **asked: Any) -> Call:
    """A transaction of one action."""
    return "transact_write_items", {"TransactItems": [{deed: flat(**asked)}]}


ONE, TEXT = {"N": "1"}, {"S": "t"}
ITEM = {
    "p": {"S": "a"},
    "l": {"L": [{"N": "1"}, {"N": "2"}]},
    "u": {"NS": ["10"]},
    "z": {"NULL": True},
}

DIFFERENCES = [
    Difference(
        "an element past the end of a list is appended, without a gap",
        update("SET l[9] = :a", ONE, ReturnValues="ALL_NEW"),
        {"L": [{"N": "1"}, {"N": "2"}, {"N": "1"}]},
        {"L": [{"N": "1"}, {"N": "2"}, *[{"NULL": True}] * 7, {"N": "1"}]},
    ),
    Difference(
        "the numbers of removed elements all mean the list as it was",
        update("REMOVE l[0], l[1]", ReturnValues="ALL_NEW"),
        {"L": []},
        {"L": [{"N": "2"}]},
    ),
    Difference("a path through what is not there", update("REMOVE m.x"), WRONG, OK),
    Difference("a path through NULL", update("SET z.x = :a", ONE), WRONG, OK),
    Difference("equal numbers in two sets", update("ADD u :a", {"NS": ["1e1"]}), OK, WRONG),
    Difference(
        "an operator that no value of that type can stand with",
        update("SET q = :a", {"BOOL": True}, ConditionExpression="n < :a OR attribute_exists(p)"),
        WRONG,
        OK,
    ),
    Difference(
        "an operand compared with itself",
        update("SET q = :a", ONE, ConditionExpression="p = p"),
        WRONG,
        OK,
    ),
    Difference("a key of another type", query("p = :a", ONE), WRONG, OK),
    Difference("an empty key", query("p = :a", {"S": ""}), WRONG, OK),
    Difference(
        "a page that begins in another partition",
        query("p = :a", TEXT, ExclusiveStartKey={"p": {"S": "a"}, "r": ONE}),
        WRONG,
        OK,
    ),
    Difference(
        "a transaction that changes a key",
        transact("Update", UpdateExpression="SET p = :a", **given(TEXT)),
        WRONG,
        OK,
    ),
    Difference(
        "a transaction with a path twice",
        transact("Update", UpdateExpression="SET q = :a, q = :a", **given(TEXT)),
        WRONG,
        OK,
    ),
    Difference(
        "a transaction with an operator and a value that do not fit",
        transact(
            "ConditionCheck",
            ConditionExpression="begins_with(p, :a) OR attribute_exists(p)",
            **given(ONE),
        ),
        WRONG,
        OK,
    ),
    Difference(
        "a batch that asks for one number twice, written differently",
        (
            "batch_get_item",
            {"RequestItems": {WIDE: {"Keys": [{"p": TEXT, "r": {"N": n}} for n in ("1", "1.0")]}}},
        ),
        WRONG,
        OK,
    ),
]


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.why)
def test_each_difference_is_as_it_is_listed(database: str, difference: Difference) -> None:
    asked = [("put_item", {"TableName": FLAT, "Item": ITEM}), difference.call]

    assert _short(simulated(asked)[1]) == difference.ours
    assert _short(real(database, asked)[1]) == difference.theirs


def test_a_new_item_has_no_old_attributes(database: str) -> None:
    """The local database shows its key; AWS shows nothing. `outcome` hides it."""
    asked = [update("SET q = :a", ONE, ReturnValues="ALL_OLD")]

    assert simulated(asked) == real(database, asked) == [[{}]]


def test_a_partition_of_one_has_one_page(database: str) -> None:
    """The local database begins again and again, where a table has no sort key."""
    put = ("put_item", {"TableName": FLAT, "Item": ITEM})
    asked = ("query", {"TableName": FLAT, "KeyConditionExpression": "p = :a", "Limit": 1})
    paged = (asked[0], asked[1] | given({"S": "a"}))

    assert len(simulated([put, paged])[1]) == 2
    assert len(real(database, [put, paged])[1]) > 2


def _short(outcome: Any) -> Any:
    """The code of a refusal, the list of an item, or that it was carried out."""
    if isinstance(outcome, tuple):
        return outcome[0]
    attributes = outcome[0].get("Attributes")
    return attributes["l"] if attributes else OK
