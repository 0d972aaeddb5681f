"""Answers as they come over the wire: status, headers and bytes."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from simulation.refusals import Refused

_SHAPES = {"dynamodb": "com.amazonaws.dynamodb.v20120810#", "sqs": "com.amazonaws.sqs#"}


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class _Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All of it at once."""
        yield self.read()


def done(answer: Mapping[str, Any]) -> Reply:
    """An answer that did what was asked."""
    return Reply(200, json.dumps(answer, separators=(",", ":")).encode())


def refusal(service: str, refused: Refused) -> Reply:
    """An error, in the manner of that service."""
    body: dict[str, Any] = {"message": refused.message, **refused.fields}
    headers = {}
    if service in _SHAPES:
        body["__type"] = _SHAPES[service] + refused.code
    else:
        headers["x-amzn-ErrorType"] = refused.code
    if refused.code == "TransactionCanceledException":
        body["Message"] = body.pop("message")  # the one error of DynamoDB with a capital
    return Reply(refused.status, json.dumps(body).encode(), headers)


def as_response(url: str, reply: Reply) -> AWSResponse:
    """*reply* as botocore takes it from its own HTTP client."""
    headers = HTTPHeaders()
    for name, value in reply.headers.items():
        headers[name] = value
    return AWSResponse(url, reply.status, headers, _Raw(reply.body))
