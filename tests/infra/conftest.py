"""What the tests of infra share: raw clients of the tests' database, and queues."""

import threading
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from infra import standins

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


@pytest.fixture(scope="session")
def account() -> boto3.Session:
    """Nobody's account."""
    return boto3.Session("local", "local", region_name="eu-west-2")


@pytest.fixture(scope="session")
def dynamodb(account: boto3.Session, database: str) -> Any:
    return account.client("dynamodb", endpoint_url=database)


@pytest.fixture(scope="session")
def streams(account: boto3.Session, database: str) -> Any:
    return account.client("dynamodbstreams", endpoint_url=database)


@pytest.fixture(scope="session")
def sqs(account: boto3.Session) -> "Iterator[SQSClient]":
    server = standins.sqs_server()
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield account.client("sqs", endpoint_url=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()


@pytest.fixture
def prefix() -> str:
    """Tables and queues of a test's own."""
    return f"test-{uuid.uuid4().hex}"
