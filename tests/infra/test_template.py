"""The functions' stack is whole: what app.py has is in it, and what would do harm is refused."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from chalice.app import Chalice

import app as web
from chalicelib import config
from infra import child, stack, worker
from infra.bundle import contents
from infra.template import __main__ as command
from infra.template import build, check, gateway, lint, loading, summary
from infra.template.functions import FUNCTIONS
from simulation import functions as simulated

Template = dict[str, Any]

DATA = loading.read(stack.TEMPLATE)
SECONDS = {each.name: each.timeout_s for each in FUNCTIONS}


@pytest.fixture(scope="module")
def template() -> Template:
    """As `make template` makes it."""
    return build.build()


def properties(template: Template, name: str) -> dict[str, Any]:
    found: dict[str, Any] = template["Resources"][name]["Properties"]
    return found


def test_nothing_is_wrong_with_it(template: Template) -> None:
    assert check.complaints(template, web.app) == []


def test_the_same_tree_gives_the_same_bytes(template: Template) -> None:
    assert command.text(build.build()) == command.text(template)


def _drop(*path: str) -> Callable[[Template], None]:
    def harm(template: Template) -> None:
        inner: Any = template["Resources"]
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return harm


def _set(value: Any, *path: str) -> Callable[[Template], None]:
    def harm(template: Template) -> None:
        inner: Any = template["Resources"]
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return harm


def _allow(role: str, **statement: Any) -> Callable[[Template], None]:
    def harm(template: Template) -> None:
        [policy] = properties(template, role)["Policies"]
        policy["PolicyDocument"]["Statement"].append({"Effect": "Allow", **statement})

    return harm


HARMS: list[tuple[Callable[[Template], None], str]] = [
    (_drop("MailQueue", "Properties", "FunctionResponseTypes"), "Mail: what fails in a batch"),
    (_drop("RelayStream", "Properties", "FunctionResponseTypes"), "Relay: what fails in a batch"),
    (_drop("MatchQueue"), "queues and streams call"),
    (_allow("WebRole", Action="dynamodb:*", Resource="arn:x"), "dynamodb:* is a wildcard"),
    (_allow("WebRole", Action="dynamodb:GetItem", Resource="*"), "* is a wildcard"),
    (_allow("WebRole", Action="sqs:SendMessage", Resource={"Fn::Sub": "${A}-*"}), "is a wildcard"),
    (_allow("WebRole", NotAction="sqs:SendMessage", Resource="x"), "does not say what it allows"),
    (_set(["arn:x"], "WebRole", "Properties", "ManagedPolicyArns"), "web may do more than"),
    (_set({"Fn::GetAtt": ["WebRole", "Arn"]}, "Mail", "Properties", "Role"), "of 2 functions"),
    (_set("arn:x", "Mail", "Properties", "Role"), "mail has no role of its own"),
    (_drop("SolverLog", "Properties", "RetentionInDays"), "solver: its log is not kept"),
    (_drop("Count", "Properties", "LoggingConfig"), "count: its log is not kept"),
    (_drop("Hourly"), "Hourly is a function of"),
    (_drop("Hourly", "Properties", "Events"), "hourly is not called: rate(1 hour)"),
    (_set("./deployment.zip", "Relay", "Properties", "CodeUri"), "relay: its code is not"),
    (_set("python3.11", "Relay", "Properties", "Runtime"), "relay: Runtime is python3.11"),
    (_set("Active", "Relay", "Properties", "Tracing"), "relay is traced"),
    (_drop("RestAPI", "Properties", "MethodSettings"), "throttles nobody"),
    (_drop("RestAPI", "Properties", "OpenApiVersion"), "a second stage"),
    (_set({}, "RestAPI", "Properties", "AccessLogSetting"), "keeps who asked for what"),
    (_drop("RestAPI", "Properties", "GatewayResponses", "DEFAULT_5XX"), "DEFAULT_5XX lacks our"),
    (
        _drop("RestAPI", "Properties", "DefinitionBody", "paths", "/near"),
        "GET /near is no page of the gateway's",
    ),
]


@pytest.mark.parametrize(("harm", "complaint"), HARMS, ids=[words for _, words in HARMS])
def test_what_would_do_harm_is_refused(
    template: Template, harm: Callable[[Template], None], complaint: str
) -> None:
    harmed = copy.deepcopy(template)
    harm(harmed)

    assert any(complaint in each for each in check.complaints(harmed, web.app))


@pytest.mark.parametrize("kind", ["pure_lambda_functions", "event_sources"])
def test_a_job_that_the_template_lacks_is_missed(template: Template, kind: str) -> None:
    jobs = {name: getattr(web.app, name) for name in ("pure_lambda_functions", "event_sources")}
    jobs[kind] = [*jobs[kind], SimpleNamespace(name="new", schedule_expression="rate(1 day)")]
    more = cast("Chalice", SimpleNamespace(routes=web.app.routes, **jobs))

    assert any(each.startswith("new is ") for each in check.complaints(template, more))


def _imports(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "Fn::ImportValue" in value:
            yield value["Fn::ImportValue"]["Fn::Sub"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _imports(each)


def test_what_is_imported_is_exported_by_the_data_stack(template: Template) -> None:
    exported = {each["Export"]["Name"]["Fn::Sub"] for each in DATA["Outputs"].values()}

    assert set(_imports(template)) == exported


def test_a_function_is_told_all_that_it_reads(template: Template) -> None:
    read = set(re.findall(r'"(MARGINAL_[A-Z_]+)"', Path(config.__file__).read_text("utf-8")))
    roads = {name for name in read if name.startswith("MARGINAL_ROADS")}

    for each in FUNCTIONS:
        told = set(properties(template, each.resource)["Environment"]["Variables"])
        assert told == (read if each.name == "solver" else read - roads)


def test_a_message_comes_again_only_when_its_function_is_over() -> None:
    visible = {name: DATA["Resources"][name]["Properties"]["VisibilityTimeout"]
               for name in ("Mail", "Match")}  # fmt: skip

    assert visible["Mail"] >= 6 * SECONDS["mail"]
    assert visible["Match"] > SECONDS["solver"]


def test_local_service_and_simulation_play_the_same_limits(template: Template) -> None:
    assert {SECONDS[name] for name in contents.WEB.handlers} == {worker._JOB_LIMIT_S, 25}
    assert SECONDS["solver"] == worker._SOLVER_LIMIT_S
    retries = {
        "RelayStream": simulated.STREAM_ATTEMPTS,
        "MailEventsRetries": simulated.NEWS_ATTEMPTS,
    }
    for name, attempts in retries.items():
        assert properties(template, name)["MaximumRetryAttempts"] == attempts - 1


def test_what_fails_on_its_way_is_kept_and_told(template: Template) -> None:
    failed = {"OnFailure": {"Destination": {"Fn::GetAtt": ["Failed", "Arn"]}}}
    relay = properties(template, "RelayStream")

    assert relay["BisectBatchOnFunctionError"]
    for name in ("RelayStream", "MailEventsRetries"):
        assert properties(template, name)["DestinationConfig"] == failed
    alarms = {name for name, each in template["Resources"].items() if "Alarm" in each["Type"]}
    assert {"FailedNotEmpty", "MailDeadNotEmpty", "MatchDeadNotEmpty", "MailWaits"} <= alarms
    for name in alarms:
        assert properties(template, name)["AlarmActions"] == [{"Ref": "Alarms"}]


def test_ses_is_not_asked_by_more_than_five_at_once(template: Template) -> None:
    assert properties(template, "MailQueue")["ScalingConfig"] == {"MaximumConcurrency": 5}


def test_every_path_has_one_name_for_each_of_its_parts(template: Template) -> None:
    """API Gateway takes one placeholder below an address, whatever ours are called."""
    below: dict[str, set[str]] = {}
    for path in properties(template, "RestAPI")["DefinitionBody"]["paths"]:
        parts = path.strip("/").split("/")
        for number, part in enumerate(parts):
            if part.startswith("{"):
                below.setdefault("/".join(parts[:number]), set()).add(part)

    assert {parent: names for parent, names in below.items() if len(names) > 1} == {}


def test_the_gateways_pages_say_only_what_we_wrote(template: Template) -> None:
    """None repeats anything of the request, and each leads back."""
    for kind, answer in properties(template, "RestAPI")["GatewayResponses"].items():
        page = answer["ResponseTemplates"]["text/html"]["Fn::Sub"]
        assert page.startswith("<!doctype html>"), kind
        assert re.findall(r"\$\{?\w+", page) == ["${BaseUrl"]
        assert "style=" not in page
        assert "<script" not in page


def test_s6_no_kind_of_answer_is_left_to_the_gateway() -> None:
    """Whatever has no answer of its own gets the default of its hundred."""
    assert {"DEFAULT_4XX", "DEFAULT_5XX", "THROTTLED", "WAF_FILTERED"} <= set(gateway.ANSWERS)
    assert gateway.ANSWERS["MISSING_AUTHENTICATION_TOKEN"][0] == 404


def test_cloudformations_linter_sees_a_fault(template: Template, tmp_path: Path) -> None:
    harmed = copy.deepcopy(template)
    properties(harmed, "MailQueue")["FunctionResponseTypes"] = ["ReportBatch"]
    path = tmp_path / "template.json"
    path.write_text(json.dumps(harmed))

    assert "ReportBatch" in lint.of_templates(path)


def test_the_documented_tables_are_true(template: Template) -> None:
    told = (child.ROOT / "docs" / "functions.md").read_text("utf-8")

    assert summary.functions(template) in told
    assert summary.policies() in told
