"""The environment becomes Settings, and Settings the real Adapters: the one chooser.

The only file that reads the environment, builds a client, asks the clock or draws at
random; a test forbids all four elsewhere.
"""

import functools
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import urllib3
from botocore.config import Config

from chalicelib import config
from chalicelib.adapters import Adapters, Roads
from chalicelib.mail import SesMailer
from chalicelib.queues import SqsQueues
from chalicelib.roads.amazon import AmazonRoutes
from chalicelib.roads.osrm import Osrm
from chalicelib.roads.server import Server
from chalicelib.roads.table import Table
from chalicelib.roads.valhalla import Valhalla
from chalicelib.storage import tables
from chalicelib.storage.bookings import BookingStore
from chalicelib.storage.commit import commit
from chalicelib.storage.drafts import DraftStore
from chalicelib.storage.drives import DriveStore
from chalicelib.storage.events import EventStore
from chalicelib.storage.limits import LimitStore
from chalicelib.storage.links import LinkStore
from chalicelib.storage.outbox import OutboxStore
from chalicelib.storage.turn_ups import TurnUpStore

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

PATIENCE = Config(connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 3})
ONCE = Config(connect_timeout=1, read_timeout=10, retries={"total_max_attempts": 1})
"""SES has no idempotency token: a second attempt after a lost answer is a second letter."""
SLOW = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 2})
"""A matrix of routes takes seconds."""
LONGEST_REQUEST_TOKEN = 36
"""DynamoDB takes so many characters; of ours that is still 216 bits."""


@functools.cache
def settings() -> config.Settings:
    """The settings of this process, read once."""
    return config.Settings.from_env(os.environ)


_lent: list[Adapters] = []


def adapters() -> Adapters:
    """The world of this process: the real one, but for the span of `lend`."""
    return _lent[-1] if _lent else _real()


@contextmanager
def lend(world: Adapters) -> Iterator[None]:
    """Have the routes and jobs of this process use *world*: for tests and simulations."""
    _lent.append(world)
    try:
        yield
    finally:
        _lent.remove(world)


@functools.cache
def _real() -> Adapters:
    database = os.environ.get("AWS_ENDPOINT_URL_DYNAMODB")
    return made(settings(), database, clock=now, chance=token)


def made(
    known: config.Settings,
    database: str | None,
    *,
    clock: Callable[[], datetime],
    chance: Callable[[], str],
) -> Adapters:
    """The real adapters, with every client that there is; simulations have their own time.

    Parameters
    ----------
    database
        Address of another database than AWS's; None for AWS.
    clock, chance
        What tells the time, and draws tokens.
    """
    connection = tables.connect(known.table_prefix, known.region, database)
    sqs: SQSClient = boto3.client("sqs", region_name=known.region, config=PATIENCE)
    ses: SESV2Client = boto3.client("sesv2", region_name=known.region, config=ONCE)
    campaign = config.campaign(known.campaign)
    return Adapters(
        campaign=campaign,
        base_url=known.base_url,
        local=known.local,
        events=EventStore(clock),
        bookings=BookingStore(clock),
        links=LinkStore(clock),
        drafts=DraftStore(clock),
        outbox=OutboxStore(clock),
        limits=LimitStore(clock),
        turn_ups=TurnUpStore(),
        commit=lambda changes: commit(
            connection, changes, clock(), campaign.zone, token=chance()[:LONGEST_REQUEST_TOKEN]
        ),
        mailer=SesMailer(ses, campaign.sender, known.mail_configuration_set),
        queues=SqsQueues(sqs, known.mail_queue_url, known.match_queue_url, known.run_every_s),
        now=clock,
        token=chance,
        roads=_roads(known),
    )


def _roads(known: config.Settings) -> Roads | None:
    if known.roads is None:
        return None
    return Roads(road_table(known.region, known.roads), DriveStore(now), known.roads.most_pairs)


def road_table(region: str, asked: config.Roads) -> Table:
    """The road service that is configured."""
    if asked.service == "amazon":
        client: Any = boto3.client("geo-routes", region_name=region, config=SLOW)
        return AmazonRoutes(client, asked.side)
    server = Server(asked.service, asked.url, urllib3.PoolManager(), now)
    return Osrm(server, asked.side) if asked.service == "osrm" else Valhalla(server, asked.side)


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


def token() -> str:
    """The one source of randomness: 256 bits."""
    return secrets.token_urlsafe(32)
