"""What somebody is told by mail. Each alarm costs some cents a month, so each is worth a look."""

from collections.abc import Mapping
from typing import Any

from infra.template.functions import FUNCTIONS, Function
from infra.template.pieces import own_name

_QUEUES = {"MailDead": "mail-dead", "MatchDead": "match-dead.fifo", "Failed": "failed"}
_ALWAYS: Mapping[str, Any] = {
    "Period": 300,
    "EvaluationPeriods": 1,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    # No calls, no trouble.
    "TreatMissingData": "notBreaching",
    "AlarmActions": [{"Ref": "Alarms"}],
}
_NEARLY = 0.95
"""Of its time: a solver that takes so much of it is about to be cut off."""


def resources() -> dict[str, Any]:
    """The topic, and every alarm that speaks there."""
    made: dict[str, Any] = {
        "Alarms": {
            "Type": "AWS::SNS::Topic",
            "Properties": {"TopicName": {"Fn::Sub": "${Prefix}-alarms"}},
        },
        "AlarmsByMail": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {
                "TopicArn": {"Ref": "Alarms"},
                "Protocol": "email",
                "Endpoint": {"Ref": "AlarmEmail"},
            },
        },
    }
    for each in FUNCTIONS:
        made |= _of_function(each)
    return made | _of_queues() | _of_pages() | _of_solver()


def _of_function(function: Function) -> dict[str, Any]:
    own, at = own_name(function), {"FunctionName": {"Ref": function.resource}}
    errors = _alarm(
        f"{function.label}-errors", "Lambda", "Errors", at, "Sum", function.failures,
        "Calls that failed or took too long; its log says why.",
    )  # fmt: skip
    throttles = _alarm(
        f"{function.label}-throttles", "Lambda", "Throttles", at, "Sum", 1,
        "Calls that found no room: the account's or the function's limit of calls at once.",
    )  # fmt: skip
    return {f"{own}Errors": errors, f"{own}Throttles": throttles}


def _of_queues() -> dict[str, Any]:
    made = {
        f"{name}NotEmpty": _alarm(
            f"{queue.removesuffix('.fifo')}-not-empty", "SQS",
            "ApproximateNumberOfMessagesVisible", _queue(queue), "Maximum", 1,
            "What failed again and again: mend its cause, then redrive it.",
        )
        for name, queue in _QUEUES.items()
    }  # fmt: skip
    ages = {"MailWaits": ("mail", 300), "MatchWaits": ("match.fifo", 1800)}
    for name, (queue, longest_s) in ages.items():
        made[name] = _alarm(
            f"{queue.removesuffix('.fifo')}-waits", "SQS", "ApproximateAgeOfOldestMessage",
            _queue(queue), "Maximum", longest_s, "The oldest message waits too long, in seconds.",
        )  # fmt: skip
    return made


def _of_pages() -> dict[str, Any]:
    """A page that says "something went wrong" is an answer of the function, and no error of it."""
    at = {"ApiName": {"Ref": "Prefix"}}
    sentence = "Pages that said that something went wrong; the log has their reference numbers."
    return {"PagesFail": _alarm("pages-fail", "ApiGateway", "5XXError", at, "Sum", 3, sentence)}


def _of_solver() -> dict[str, Any]:
    [solver] = (each for each in FUNCTIONS if each.name == "solver")
    at = {"FunctionName": {"Ref": solver.resource}}
    longest_ms = int(solver.timeout_s * 1000 * _NEARLY)
    sentence = "A run took nearly all of its time, in milliseconds: the day may be too large."
    alarm = _alarm("solver-slow", "Lambda", "Duration", at, "Maximum", longest_ms, sentence)
    return {"SolverSlow": alarm}


def _queue(name: str) -> dict[str, Any]:
    return {"QueueName": {"Fn::Sub": f"${{Prefix}}-{name}"}}


def _alarm(
    name: str,
    service: str,
    metric: str,
    dimensions: dict[str, Any],
    statistic: str,
    threshold: int,
    sentence: str,
) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": {"Fn::Sub": f"${{Prefix}}-{name}"},
            "AlarmDescription": sentence,
            "Namespace": f"AWS/{service}",
            "MetricName": metric,
            "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
            "Statistic": statistic,
            "Threshold": threshold,
            **_ALWAYS,
        },
    }
