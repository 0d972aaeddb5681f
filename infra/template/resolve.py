"""CloudFormation's functions, filled in with an account of nobody's: for linters and tests."""

import re
from collections.abc import Mapping
from typing import Any

PREFIX = "simulated"
MAIL_IDENTITY = "lifts.example"

NAMED: Mapping[str, str] = {
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-2",
    "AWS::AccountId": "000000000000",
    "Prefix": PREFIX,
    "MailIdentity": MAIL_IDENTITY,
}
_AT = "eu-west-2:000000000000"
_EXPORTS: Mapping[str, str] = {
    "outbox-stream-arn": f"arn:aws:dynamodb:{_AT}:table/{PREFIX}-outbox/stream/2026",
    "mail-queue-arn": f"arn:aws:sqs:{_AT}:{PREFIX}-mail",
    "match-queue-arn": f"arn:aws:sqs:{_AT}:{PREFIX}-match.fifo",
    "mail-configuration-set": f"{PREFIX}-letters",
}
_VARIABLE = re.compile(r"\$\{([\w:]+)\}")


def resolved(value: Any) -> Any:
    """*value* without functions; what is not known here is a KeyError."""
    match value:
        case {"Ref": str(name)}:
            return NAMED[name]
        case {"Fn::Sub": text}:
            text, more = (text, {}) if isinstance(text, str) else text
            return _filled(text, {**NAMED, **resolved(more)})
        case {"Fn::ImportValue": name}:
            return _EXPORTS[resolved(name).removeprefix(f"{PREFIX}-")]
        case {"Fn::GetAtt": [str(name), "Arn"]}:
            return _own_arn(name)
    return _inside(value)


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: resolved(each) for key, each in value.items()}
    return [resolved(each) for each in value] if isinstance(value, list) else value


def _filled(text: str, named: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: named[found[1]], text)


def _own_arn(name: str) -> str:
    """Of the stack's own things: a log group's ARN ends with its streams, as AWS gives it."""
    if name.endswith("Log"):
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name.removesuffix("Log")).lower()
        return f"arn:aws:logs:{_AT}:log-group:/aws/lambda/{PREFIX}-{label}:*"
    return {"Failed": f"arn:aws:sqs:{_AT}:{PREFIX}-failed"}[name]
