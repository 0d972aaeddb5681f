"""The tables and queues of data.yaml, made anywhere that speaks DynamoDB's and SQS's protocols.

CloudFormation makes them on AWS. Here the same file is read for the local service and the
tests, so that there is one definition. Of CloudFormation only what that file uses is
understood: ``!Sub`` with the prefix, ``!Ref`` to a parameter, and ``!GetAtt`` for a dead-letter
queue's ARN.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

TEMPLATE = Path(__file__).with_name("data.yaml")

# What CloudFormation and CreateTable call the same. Backups, encryption at rest and protection
# against deletion mean nothing locally.
_SAME = ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")


class OtherShapeError(Exception):
    """A table exists, but not as data.yaml says it is."""


def create_tables(client: Any, prefix: str) -> None:
    """Make the tables that are not there yet.

    *client* is boto3's for DynamoDB, which has no types here.

    Raises
    ------
    OtherShapeError
        When one is there with other keys or indexes.
    """
    for definition in _properties("AWS::DynamoDB::Table", prefix).values():
        name = definition["TableName"]
        wanted = {key: definition[key] for key in _SAME if key in definition}
        if stream := definition.get("StreamSpecification"):
            wanted["StreamSpecification"] = {"StreamEnabled": True, **stream}
        try:
            client.create_table(**wanted)
        except client.exceptions.ResourceInUseException:
            _require_same_shape(client.describe_table(TableName=name)["Table"], definition)
            continue
        if expiry := definition.get("TimeToLiveSpecification"):
            client.update_time_to_live(TableName=name, TimeToLiveSpecification=expiry)


def delete_tables(client: Any, prefix: str) -> None:
    """Delete what `create_tables` made: after a test, or a database with thousands gets slow."""
    for definition in _properties("AWS::DynamoDB::Table", prefix).values():
        client.delete_table(TableName=definition["TableName"])


def create_queues(
    client: "SQSClient", prefix: str, *, run_every_s: int | None = None
) -> dict[str, str]:
    """Make the queues, and answer their URLs by data.yaml's names for them: "Mail", "Match"...

    A message to "Match" waits for *run_every_s* seconds, or for as long as data.yaml says.
    """
    urls: dict[str, str] = {}
    given = {} if run_every_s is None else {"RunEverySeconds": run_every_s}
    definitions = _properties("AWS::SQS::Queue", prefix, given)
    for queue in sorted(definitions, key=lambda queue: "RedrivePolicy" in definitions[queue]):
        attributes = dict(definitions[queue])
        name = attributes.pop("QueueName")
        if redrive := attributes.get("RedrivePolicy"):
            dead = urls[redrive["deadLetterTargetArn"]["!GetAtt"].removesuffix(".Arn")]
            attributes["RedrivePolicy"] = {**redrive, "deadLetterTargetArn": _arn(client, dead)}
        wanted: Any = {key: _as_attribute(value) for key, value in attributes.items() if value}
        urls[queue] = client.create_queue(QueueName=name, Attributes=wanted)["QueueUrl"]
    return urls


def _properties(
    kind: str, prefix: str, given: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, dict[str, Any]]:
    """Read the properties of all resources of *kind*, by their names in data.yaml."""
    defaults = {name: what["Default"] for name, what in _template()["Parameters"].items()}
    parameters = {**defaults, "Prefix": prefix, **given}
    return {
        name: _resolved(resource["Properties"], parameters)
        for name, resource in _template()["Resources"].items()
        if resource["Type"] == kind
    }


@cache  # tests make tables all the time, and reading YAML takes as long as making them
def _template() -> Any:
    return yaml.load(TEMPLATE.read_text("utf-8"), Loader=_Loader)  # noqa: S506  (a SafeLoader)


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Plain data, and CloudFormation's tags as ``{"!Sub": "text"}``."""


_Loader.add_multi_constructor(
    "!", lambda loader, tag, node: {f"!{tag}": loader.construct_scalar(node)}
)


def _resolved(value: Any, parameters: Mapping[str, Any]) -> Any:
    match value:
        case {"!Sub": text}:
            return text.replace("${Prefix}", parameters["Prefix"])
        case {"!Ref": name}:
            return parameters[name]
        case dict():
            return {key: _resolved(inner, parameters) for key, inner in value.items()}
        case list():
            return [_resolved(inner, parameters) for inner in value]
    return value


def _require_same_shape(table: dict[str, Any], definition: dict[str, Any]) -> None:
    if sorted(_shape(table)) != sorted(_shape(definition)):
        raise OtherShapeError(
            f"The table {table['TableName']} was made from an older data.yaml and has other keys "
            "or indexes now."
        )


def _shape(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """List every key: of which index ("" for the table), which attribute, HASH or RANGE."""
    indexes = [{"IndexName": "", "KeySchema": table["KeySchema"]}]
    for index in indexes + table.get("GlobalSecondaryIndexes", []):
        for key in index["KeySchema"]:
            yield index["IndexName"], key["AttributeName"], key["KeyType"]


def _arn(client: "SQSClient", url: str) -> str:
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return found["Attributes"]["QueueArn"]


def _as_attribute(value: Any) -> str:
    """SQS takes every attribute as text: "5", "true", or JSON."""
    return value if isinstance(value, str) else json.dumps(value)
