"""The world of the tests: a real database in memory, a stopped clock, an outbox for mail."""

import itertools
import os
from collections.abc import Iterator

import boto3
import pytest
from hypothesis import HealthCheck, settings
from pynamodb.connection import Connection

from chalicelib import wiring
from chalicelib.adapters import Adapters
from chalicelib.storage import tables
from infra import dynoxide, stack
from tests.browse import Browser
from tests.builders import Clock, a_world

REGION = "eu-west-2"
# Nothing here may ever reach a real account, whatever the developer's own setting is.
os.environ |= {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}
_counter = itertools.count(1)

# No test asserts a wall time, Hypothesis's own limit of 200 ms an example least of all. What
# it found is printed so that it can be had again.
settings.register_profile(
    "ours", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("ours")


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of a database that lives as long as the tests."""
    with dynoxide.running(None) as address:
        yield address


@pytest.fixture
def clock() -> Clock:
    """The world's clock; it stands on a Friday, eight days before things happen."""
    return Clock()


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    """The connection that commits go through, to empty tables."""
    prefix = f"test{next(_counter):05}"
    client = boto3.client("dynamodb", region_name=REGION, endpoint_url=database)
    stack.create_tables(client, prefix)
    yield tables.connect(prefix, REGION, database)
    # A database full of old tables grows slower with every test.
    stack.delete_tables(client, prefix)


@pytest.fixture
def world(connection: Connection, clock: Clock) -> Adapters:
    """A fresh world: empty tables, nothing sent, nothing queued."""
    return a_world(connection, clock)


@pytest.fixture
def browser(world: Adapters) -> Iterator[Browser]:
    """Somebody at a browser, before the whole app, in this world."""
    with wiring.lend(world):
        yield Browser(world)
