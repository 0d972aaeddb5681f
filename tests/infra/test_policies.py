"""Each function may do what its code asks for, and nothing else (PROMISES S14).

What it asks for is seen on the simulated wire, while people and time keep its handlers busy, and
read from the code, which also knows what seldom happens. What it may do is in infra/policies.
"""

import copy
import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters import Roads
from chalicelib.queues import SqsQueues
from chalicelib.storage.bookings import BookingStore
from chalicelib.storage.drafts import DraftStore
from chalicelib.storage.drives import DriveStore
from chalicelib.storage.events import EventStore
from chalicelib.storage.limits import LimitStore
from chalicelib.storage.links import LinkStore
from chalicelib.storage.outbox import OutboxStore
from chalicelib.storage.turn_ups import TurnUpStore
from infra.template import lint, loading
from infra.template.functions import FUNCTIONS
from tests.infra import asked, rarely, reach
from tests.infra.asked import MAIL, Need, queue, table

NAMES = [each.name for each in FUNCTIONS]
OPERATIONS = 150

STREAM = f"{table('outbox')}/stream/2026"
POLLING = ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")
READING = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
ROADS = ("geo-routes:CalculateRouteMatrix", "arn:aws:geo-routes:eu-west-2::provider/default")

NOT_OUR_CALLS: dict[str, set[Need]] = {
    "relay": {(f"dynamodb:{name}", STREAM) for name in READING}
    | {("sqs:SendMessage", queue("failed"))},
    "mail": {(action, queue("mail")) for action in POLLING},
    "mail_events": {("sqs:SendMessage", queue("failed"))},
    # The matrix is asked for only where a deployment says so, and is not simulated.
    "solver": {(action, queue("match.fifo")) for action in POLLING} | {ROADS},
}
"""What Lambda does in the role's name: it reads the stream and the queues, and reports what was
given up. Logs are every function's."""


@pytest.fixture(scope="module")
def seen() -> dict[str, set[Need]]:
    """What the functions asked for while a campaign went on, and in what seldom happens."""
    found = asked.by_a_campaign(1, OPERATIONS, faults=0.02)
    for function, deed in rarely.DEEDS:
        found[function] |= rarely.needs(function, deed)
    return found


def wrong(function: str, allowed: set[Need], seen: dict[str, set[Need]]) -> list[str]:
    """What is missing in a policy, and what nothing needs."""
    used = seen[function] | reach.reached(function)
    mine = {each for each in allowed if not each[0].startswith("logs:")}
    listed = used | NOT_OUR_CALLS.get(function, set())
    return [
        *(f"{function} needs {action} on {arn}" for action, arn in sorted(listed - mine)),
        *(
            f"nothing in {function} needs {action} on {arn}"
            for action, arn in sorted(mine - listed)
        ),
    ]


@pytest.mark.parametrize("function", NAMES)
def test_a_function_may_do_what_it_does_and_nothing_else(
    function: str, seen: dict[str, set[Need]]
) -> None:
    """What "nothing needs" may be a deed that seldom happens: add it to `rarely`."""
    assert wrong(function, asked.allowed(function), seen) == []


def without_each(statements: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The policy, each time without one of its actions."""
    for number, statement in enumerate(statements):
        actions = statement.get("Action", "")
        if isinstance(actions, list) and not actions[0].startswith("logs:"):
            for action in actions:
                fewer = copy.deepcopy(statements)
                fewer[number]["Action"].remove(action)
                yield fewer


@pytest.mark.parametrize("function", NAMES)
def test_a_permission_that_is_taken_away_is_missed(
    function: str, seen: dict[str, set[Need]]
) -> None:
    policies = list(without_each(loading.policy(function)))

    assert policies
    for policy in policies:
        assert any(" needs " in each for each in wrong(function, asked.allowed_by(policy), seen))


def test_a_permission_too_many_is_seen(seen: dict[str, set[Need]]) -> None:
    scan = ("dynamodb:Scan", table("bookings"))

    [complaint] = wrong("web", asked.allowed("web") | {scan}, seen)

    assert complaint == f"nothing in web needs dynamodb:Scan on {scan[1]}"


def test_only_the_mail_function_can_send_mail() -> None:
    senders = {
        name for name in NAMES if any(each[0].startswith("ses:") for each in asked.allowed(name))
    }

    assert senders == {"mail"}
    assert asked.allowed("mail") >= MAIL


def test_the_web_function_reaches_no_queue_and_reads_nothing_that_is_owed() -> None:
    services = {action.partition(":")[0] for action, _ in asked.allowed("web")}
    of_outbox = {action for action, arn in asked.allowed("web") if arn.endswith("-outbox")}

    assert services == {"dynamodb", "logs"}
    assert of_outbox == {"dynamodb:PutItem"}
    assert not any(arn.endswith("-limits") for _, arn in asked.allowed("web"))


@pytest.mark.parametrize("function", NAMES)
def test_nobody_scans_or_changes_tables(function: str) -> None:
    actions = {action.partition(":")[2] for action, _ in asked.allowed(function)}

    assert not {each for each in actions if "Scan" in each or "Table" in each or "Backup" in each}


@pytest.mark.parametrize("function", NAMES)
def test_a_function_writes_to_its_own_log_only(function: str) -> None:
    label = function.replace("_", "-")
    logs = {each for each in asked.allowed(function) if each[0].startswith("logs:")}

    own = f"arn:aws:logs:eu-west-2:000000000000:log-group:/aws/lambda/simulated-{label}:*"
    assert logs == {("logs:CreateLogStream", own), ("logs:PutLogEvents", own)}


def test_every_function_has_a_policy_and_every_policy_a_function() -> None:
    assert {path.stem for path in loading.POLICIES.glob("*.yaml")} == set(NAMES)


def test_no_method_of_an_adapter_is_forgotten() -> None:
    """Else `reach` would not see who calls it."""
    stores = {
        "events": EventStore, "bookings": BookingStore, "links": LinkStore, "drafts": DraftStore,
        "outbox": OutboxStore, "limits": LimitStore, "turn_ups": TurnUpStore, "kept": DriveStore,
        "queues": SqsQueues,
    }  # fmt: skip
    assert "kept" in {each.name for each in dataclasses.fields(Roads)}
    methods = {
        f"{name}.{method}"
        for name, store in stores.items()
        for method, what in vars(store).items()
        if callable(what) and not method.startswith("_")
    }

    assert methods | {"mailer.send"} == set(reach.STORES)


def test_the_linter_that_knows_actions_is_content() -> None:
    assert lint.of_policies() == []


@pytest.mark.parametrize(
    ("action", "resource", "complaint"),
    [
        ("dynamodb:GetItm", table("events"), "UNKNOWN_ACTION"),
        ("dynamodb:GetItem", queue("mail"), "RESOURCE_MISMATCH"),
        ("dynamo:GetItem", table("events"), "UNKNOWN_PREFIX"),
    ],
)
def test_the_linter_sees_what_is_misspelt(action: str, resource: str, complaint: str) -> None:
    statement = {"Effect": "Allow", "Action": [action], "Resource": resource}

    assert any(complaint in each for each in lint.of_policy([statement]))


def test_what_is_excused_is_still_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "EXCUSED", {})

    said = "".join(lint.of_policies())

    assert "dynamodb:ListStreams" in said
