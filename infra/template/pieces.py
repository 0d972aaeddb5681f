"""What every function has of its own: settings, role, log and way to its code."""

from typing import Any

from infra.bundle import contents
from infra.template import loading
from infra.template.functions import FUNCTIONS, LOGS_KEPT_DAYS, RUNTIME, Function

KEYS = {contents.WEB.name: "WebKey", contents.SOLVER.name: "SolverKey"}

_ROADS = {"": "Roads", "_URL": "RoadsUrl", "_SIDE": "RoadsSide", "_MOST_PAIRS": "RoadsMostPairs"}


def resources() -> dict[str, Any]:
    """All that the functions are made of."""
    made: dict[str, Any] = {}
    for each in FUNCTIONS:
        own = own_name(each)
        made[each.resource] = {"Type": "AWS::Serverless::Function", "Properties": _settings(each)}
        made[f"{own}Role"] = _role(each)
        made[f"{own}Log"] = _log(each)
    return made


def own_name(function: Function) -> str:
    """What the names of its role and log begin with: "MailEvents"."""
    return function.name.title().replace("_", "")


def _settings(function: Function) -> dict[str, Any]:
    own, memory = own_name(function), function.memory_mb
    settings: dict[str, Any] = {
        "FunctionName": {"Fn::Sub": f"${{Prefix}}-{function.label}"},
        "Runtime": RUNTIME,
        "Architectures": ["x86_64"],
        "Handler": function.bundle.handlers[function.name],
        "CodeUri": {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": KEYS[function.bundle.name]}},
        "MemorySize": memory if isinstance(memory, int) else {"Ref": memory},
        "Timeout": function.timeout_s,
        "Role": {"Fn::GetAtt": [f"{own}Role", "Arn"]},
        "Environment": {"Variables": _environment(function)},
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": {"Ref": f"{own}Log"}},
        "Tracing": "PassThrough",
    }
    if function.bundle is contents.SOLVER:
        reserved = ["Reserves", {"Ref": "SolverAtOnce"}, {"Ref": "AWS::NoValue"}]
        settings["ReservedConcurrentExecutions"] = {"Fn::If": reserved}
    return settings


def _environment(function: Function) -> dict[str, Any]:
    """What `chalicelib.config` reads; Lambda itself says the region."""
    told = {
        "MARGINAL_STAGE": "live",
        "MARGINAL_CAMPAIGN": {"Ref": "Campaign"},
        "MARGINAL_BASE_URL": {"Ref": "BaseUrl"},
        "MARGINAL_TABLE_PREFIX": {"Ref": "Prefix"},
        "MARGINAL_MAIL_QUEUE_URL": _exported("mail-queue-url"),
        "MARGINAL_MATCH_QUEUE_URL": _exported("match-queue-url"),
        "MARGINAL_RUN_EVERY_S": _exported("run-every-seconds"),
        "MARGINAL_MAIL_CONFIGURATION_SET": _exported("mail-configuration-set"),
    }
    if function.bundle is contents.SOLVER:
        told |= {f"MARGINAL_ROADS{end}": {"Ref": name} for end, name in _ROADS.items()}
    return told


def _exported(name: str) -> dict[str, Any]:
    """What the stack of data.yaml exports under that name."""
    return {"Fn::ImportValue": {"Fn::Sub": f"${{Prefix}}-{name}"}}


def _role(function: Function) -> dict[str, Any]:
    trusted = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    policy = {"Version": "2012-10-17", "Statement": loading.policy(function.name)}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trusted]},
            "Policies": [{"PolicyName": function.label, "PolicyDocument": policy}],
        },
    }


def _log(function: Function) -> dict[str, Any]:
    """Made here, since a log that Lambda makes is kept for ever; no function may make one."""
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Properties": {
            "LogGroupName": {"Fn::Sub": f"/aws/lambda/${{Prefix}}-{function.label}"},
            "RetentionInDays": LOGS_KEPT_DAYS,
        },
    }
