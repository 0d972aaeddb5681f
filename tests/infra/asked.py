"""What of AWS each function asks for: seen on the simulated wire while its handler works.

A need is an action and the ARN that it is for, as a policy allows it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.template import check, loading, resolve
from simulation.living import living
from simulation.wire import Attempt

Need = tuple[str, str]

IN_A_TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
"""A transaction has no action of its own: AWS asks for that of each of its parts."""

CALLED = {"person": "web", "match": "solver"}
"""Who acts in a simulation -> the function; the others are called alike."""

_AT = "eu-west-2:000000000000"


def table(name: str, index: str = "") -> str:
    """The ARN of a table of ours ("events"), or of an index of it."""
    part = f"/index/{index}" if index else ""
    return f"arn:aws:dynamodb:{_AT}:table/{resolve.PREFIX}-{name}{part}"


def queue(name: str) -> str:
    """The ARN of a queue of ours ("mail", "match.fifo")."""
    return f"arn:aws:sqs:{_AT}:{resolve.PREFIX}-{name}"


MAIL = {
    (action, f"arn:aws:ses:{_AT}:{thing}")
    for action in ("ses:SendEmail", "ses:SendRawEmail")
    for thing in (
        f"identity/{resolve.MAIL_IDENTITY}",
        f"configuration-set/{resolve.PREFIX}-letters",
    )
}
"""What a letter takes: SES looks at the identity and at the set, and at both actions."""


def needs(operation: str, asked: dict[str, Any]) -> Iterator[Need]:
    """What a request takes."""
    service, _, name = operation.partition(".")
    match service, name:
        case "sqs", _:
            yield f"sqs:{name}", queue(_ours(asked["QueueUrl"].rpartition("/")[2]))
        case "sesv2", "SendEmail":
            assert asked["ConfigurationSetName"] == f"{resolve.PREFIX}-letters"
            yield from MAIL
        case "dynamodb", "TransactWriteItems":
            for part in asked["TransactItems"]:
                [(kind, what)] = part.items()
                yield f"dynamodb:{IN_A_TRANSACTION[kind]}", table(_ours(what["TableName"]))
        case "dynamodb", "BatchGetItem":
            yield from ((f"dynamodb:{name}", table(_ours(one))) for one in asked["RequestItems"])
        case "dynamodb", _:
            index = asked.get("IndexName", "")
            yield f"dynamodb:{name}", table(_ours(asked["TableName"]), index)
        case _:
            raise AssertionError(f"{operation}: which permission is that?")


def _ours(name: str) -> str:
    assert name.startswith(f"{resolve.PREFIX}-")
    return name.removeprefix(f"{resolve.PREFIX}-")


@dataclass(slots=True)
class Seen:
    """Function -> what it has asked for; `who` says which is at work."""

    who: Callable[[], str]
    needs: dict[str, set[Need]] = field(default_factory=lambda: defaultdict(set))

    def __call__(self, attempt: Attempt) -> None:
        """A listener of the wire's."""
        self.needs[self.who()].update(needs(attempt.operation, json.loads(attempt.asked)))


def by_a_campaign(seed: int, operations: int, *, faults: float) -> dict[str, set[Need]]:
    """Let people, functions and time do what they do to each other, and listen."""
    with living(seed, faults) as town:
        journal = town.journal

        def who() -> str:
            assert journal.now is not None, "nobody asks for nothing"
            return CALLED.get(journal.now.who, journal.now.who)

        seen = Seen(who)
        town.wire.listeners.append(seen)
        town.go_on(operations)
        town.come_to_rest(days=1)
    return seen.needs


def allowed(function: str) -> set[Need]:
    """What a function's policy allows."""
    return allowed_by(loading.policy(function))


def allowed_by(statements: list[dict[str, Any]]) -> set[Need]:
    """What these allow."""
    return {
        (action, thing)
        for statement in check.statements({"Statement": statements})
        for action in _listed(statement["Action"])
        for thing in _listed(resolve.resolved(statement["Resource"]))
    }


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
