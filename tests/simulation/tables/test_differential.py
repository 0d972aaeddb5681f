"""The simulated tables against the real local database: the same calls, the same answers."""

import itertools
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from simulation import cloud
from simulation.wire import connected
from tests.conftest import REGION
from tests.simulation.tables.changes import Call
from tests.simulation.tables.pieces import TABLES
from tests.simulation.tables.sequences import calls

PLAIN = Config(parameter_validation=False, retries={"total_max_attempts": 1})
MOST_PAGES = 60
_numbers = itertools.count(1)


@pytest.mark.parametrize("seed", range(8))
def test_the_same_calls_have_the_same_answers(database: str, seed: int) -> None:
    asked = list(calls(seed, 600))

    ours, theirs = simulated(asked), real(database, asked)

    for number, (call, one, other) in enumerate(zip(asked, ours, theirs, strict=True)):
        assert one == other, f"seed {seed}, call {number}: {call}"


def simulated(asked: list[Call]) -> list[Any]:
    """What the simulated tables answer."""
    with connected(cloud.made(1)):
        return answers(boto3.client("dynamodb", region_name=REGION, config=PLAIN), asked)


def real(database: str, asked: list[Call]) -> list[Any]:
    """What the local database answers."""
    client = boto3.client("dynamodb", region_name=REGION, endpoint_url=database, config=PLAIN)
    return answers(client, asked)


def answers(client: Any, asked: list[Call]) -> list[Any]:
    """Ask everything of fresh tables."""
    prefix = f"{next(_numbers):05}"
    for table in TABLES:
        client.create_table(**table | {"TableName": f"{prefix}-{table['TableName']}"})
    try:
        return [outcome(client, method, _placed(wanted, prefix)) for method, wanted in asked]
    finally:
        for table in TABLES:
            client.delete_table(TableName=f"{prefix}-{table['TableName']}")


def _placed(wanted: Any, prefix: str) -> Any:
    """The same request of the tables with that prefix."""
    if isinstance(wanted, list):
        return [_placed(one, prefix) for one in wanted]
    if not isinstance(wanted, dict):
        return wanted
    names = {table["TableName"] for table in TABLES}
    placed = {
        f"{prefix}-{name}" if name in names else name: _placed(one, prefix)
        for name, one in wanted.items()
    }
    if isinstance(token := placed.get("ClientRequestToken"), str):
        placed["ClientRequestToken"] = f"{prefix}-{token}"
    if placed.get("TableName") in names:
        placed["TableName"] = f"{prefix}-{placed['TableName']}"
    return placed


def outcome(client: Any, method: str, wanted: dict[str, Any]) -> Any:
    """The answer with all its pages, or the code of its refusal, in a comparable form."""
    pages = []
    try:
        for _ in range(MOST_PAGES):
            page = getattr(client, method)(**wanted)
            pages.append(_comparable(page))
            if method == "update_item" and pages[0].get("Attributes", {}).keys() <= {"p", "r"}:
                pages[0].pop("Attributes", None)
            if "LastEvaluatedKey" not in page:
                break
            wanted = wanted | {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    except ClientError as error:
        answer: dict[str, Any] = dict(error.response)
        reasons = [
            (one["Code"], _comparable(one.get("Item")))
            for one in answer.get("CancellationReasons", ())
        ]
        if "ValidationError" in {code for code, _ in reasons}:
            return "ValidationException", [], None
        return answer["Error"]["Code"], reasons, _comparable(answer.get("Item"))
    if method == "scan":  # each in an order of its own
        return sorted((repr(one) for page in pages for one in page["Items"]), key=str)
    return pages


def _comparable(answer: Any) -> Any:
    """Without what a request is told of itself, sets and batches in order."""
    if isinstance(answer, list):
        return [_comparable(one) for one in answer]
    if not isinstance(answer, dict):
        return answer
    kept = {
        name: _comparable(answer[name])
        for name in sorted(answer)
        if name not in {"ResponseMetadata", "ConsumedCapacity"}
    }
    for kind in {"SS", "NS", "BS"} & kept.keys():
        kept[kind] = sorted(kept[kind])
    if "UnprocessedKeys" in kept:
        kept["Responses"] = {
            table.partition("-")[2]: sorted(items, key=repr)
            for table, items in kept["Responses"].items()
        }
    return kept
