"""What AWS tells a function, in full, as its documentation shows it.

Streams and queues are read by `infra.sources`, schedules are written by `infra.schedules`.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

HOST = "lifts.example.org"
_NONE: Mapping[str, str] = {}


def get(resource: str, query: Mapping[str, str] = _NONE) -> dict[str, Any]:
    """API Gateway's event for a GET of *resource* ("/near")."""
    return _rest("GET", resource, resource, _NONE, query, None)


def post(resource: str, parameters: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, Any]:
    """API Gateway's event for a form, sent from a page of ours to *resource* ("/start/{name}")."""
    path = resource.format(**parameters)
    return _rest("POST", resource, path, parameters, _NONE, urlencode(fields))


def message(body: str) -> dict[str, Any]:
    """The event of one message of a FIFO queue."""
    now = str(int(datetime.now(UTC).timestamp() * 1000))
    record = {
        "messageId": secrets.token_hex(16),
        "receiptHandle": "AQEB",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "ApproximateFirstReceiveTimestamp": now,
            "SentTimestamp": now,
            "SequenceNumber": "18850000000000000000",
            "MessageGroupId": "day",
            "MessageDeduplicationId": "day.1",
            "SenderId": "AROAEXAMPLE:function",
        },
        "messageAttributes": {},
        "md5OfBody": hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-2:000000000000:marginal-lifts-match.fifo",
        "awsRegion": "eu-west-2",
    }
    return {"Records": [record]}


def _rest(
    method: str,
    resource: str,
    path: str,
    parameters: Mapping[str, str],
    query: Mapping[str, str],
    body: str | None,
) -> dict[str, Any]:
    headers = _headers(body)
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": {n: [v] for n, v in query.items()} or None,
        "pathParameters": dict(parameters) or None,
        "stageVariables": None,
        "requestContext": _context(method, resource, path),
        "body": body,
        "isBase64Encoded": False,
    }


def _headers(body: str | None) -> dict[str, str]:
    always = {
        "Accept": "text/html,application/xhtml+xml",
        "Accept-Encoding": "gzip, deflate, br",
        "Host": HOST,
        "User-Agent": "Mozilla/5.0",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
    }
    form = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"https://{HOST}",
        "Sec-Fetch-Site": "same-origin",
    }
    return always if body is None else always | form


def _context(method: str, resource: str, path: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "accountId": "000000000000",
        "apiId": "abcdefghij",
        "authorizer": None,
        "domainName": HOST,
        "domainPrefix": "lifts",
        "extendedRequestId": "c6af9ac6-7b61",
        "httpMethod": method,
        "identity": {"sourceIp": "203.0.113.7", "userAgent": "Mozilla/5.0", "userArn": None},
        "path": path,
        "protocol": "HTTP/1.1",
        "requestId": secrets.token_hex(16),
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "resourceId": "123abc",
        "resourcePath": resource,
        "stage": "live",
    }
