"""What the pages cost that people see first: `python -m bench.pages`.

CPU time of this process alone, from API Gateway's event to its answer, over a real database
in a process of its own that holds a made-up board. "kept" are pages from the copy of the
board that a process keeps, "read" are pages that read it anew; "trips" are calls to the
database for one of those. Sizes are of the page alone, as gzip makes it.
"""

import gzip
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import boto3
from chalice.app import Chalice

from chalicelib import wiring
from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.event import Kind, Venue
from chalicelib.routes import find
from chalicelib.storage import tables
from infra import dynoxide, stack
from reference import constituencies, sectors
from tests.builders import (
    FRIDAY,
    Clock,
    a_session,
    a_world,
    an_event,
)

SEED = 1
BOARDS = (40, 2_000)
KEPT_ROUNDS, READ_ROUNDS = 200, 20
REGION = "eu-west-2"
IN_MARGINALS = 0.75
"""Share of the made-up events that are in marginals."""

Ask = tuple[str, dict[str, str], dict[str, str]]
"""A route, what stands in its placeholders, and its query."""


def main() -> None:
    """Print a table for each board."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    os.environ |= {"AWS_DEFAULT_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true"}
    app = Chalice(app_name="bench")
    app.register_blueprint(find.bp)
    print(f"seed {SEED}, Python {sys.version.split()[0]}, {os.cpu_count()} CPUs; CPU ms")
    for size in BOARDS:
        with _world(size) as (world, clock), wiring.lend(world):
            print(f"\n{size:,} sessions{'':<14}{'kept p50':>10}{'p95':>8}{'read p50':>10}", end="")
            print(f"{'p95':>8}{'trips':>7}{'bytes':>9}{'gzip':>8}")
            for name, asks in _pages().items():
                _measure(app, clock, name, asks)


def _measure(app: Chalice, clock: Clock, name: str, asks: list[Ask]) -> None:
    trips, bodies = Counter[str](), list[bytes]()
    _count_trips(trips)
    kept, read = list[float](), list[float]()
    for turn in range(KEPT_ROUNDS + READ_ROUNDS):
        anew = turn >= KEPT_ROUNDS
        clock.at = FRIDAY + timedelta(seconds=turn * 30 if anew else 0, microseconds=turn)
        trips.clear()
        began = time.process_time()
        bodies.append(_ask(app, asks[turn % len(asks)]))
        if turn:
            (read if anew else kept).append(1000 * (time.process_time() - began))
    size, packed = max((len(body), len(gzip.compress(body))) for body in bodies)
    print(f"{name:<27}{statistics.median(kept):>10.1f}{_p95(kept):>8.1f}", end="")
    print(f"{statistics.median(read):>10.1f}{_p95(read):>8.1f}{trips['all']:>7}", end="")
    print(f"{size:>9,}{packed:>8,}")


def _pages() -> dict[str, list[Ask]]:
    """Each page, asked for in many ways."""
    starts = random.Random(SEED).sample([one.code for one in sectors()], 60)
    near: list[Ask] = [("/near", {}, {"from": start}) for start in starts]
    seats: list[Ask] = [
        ("/constituencies/{slug}", {"slug": seat.slug}, {}) for seat in constituencies()[::7]
    ]
    return {
        "/": [("/", {}, {})],
        "/near, somewhere": near,
        "/near, Manchester": [("/near", {}, {"from": "M14 5RQ"})],
        "/near, London": [("/near", {}, {"from": "SE1 7PB"})],
        "/near, Shetland": [("/near", {}, {"from": "ZE1"})],
        "/constituencies": [("/constituencies", {}, {})],
        "/constituencies/...": seats,
        "/events/...": [
            ("/events/{event_id}", {"event_id": f"event-{one:012}"}, {"from": "M14 5RQ"})
            for one in range(20)
        ],
    }


def _ask(app: Chalice, ask: Ask) -> bytes:
    path, placeholders, query = ask
    event: dict[str, Any] = {
        "requestContext": {"httpMethod": "GET", "resourcePath": path, "identity": {}},
        "headers": {"Host": "lifts.example"},
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()},
        "pathParameters": placeholders,
        "stageVariables": {},
        "body": None,
        "isBase64Encoded": False,
    }
    answer = app(event, None)
    assert answer["statusCode"] == 200, (ask, answer["statusCode"])
    return str(answer["body"]).encode()


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _count_trips(trips: Counter[str]) -> None:
    client = tables.EventRow._get_connection().connection.client
    client.meta.events.unregister("before-send.dynamodb", unique_id="trips")
    client.meta.events.register(
        "before-send.dynamodb", lambda **_: trips.update(all=1), unique_id="trips"
    )


@contextmanager
def _world(size: int) -> Iterator[tuple[Adapters, Clock]]:
    clock, prefix = Clock(), f"bench{size:06}"
    with dynoxide.running(None) as address:
        client = boto3.client("dynamodb", region_name=REGION, endpoint_url=address)
        stack.create_tables(client, prefix)
        world = a_world(tables.connect(prefix, REGION, address), clock)
        _fill(world, size)
        yield world, clock


def _fill(world: Adapters, size: int) -> None:
    """Put events of two sessions each on the board, most of them in marginals."""
    draw = random.Random(SEED)
    seats = constituencies()
    marginals = [seat for seat in seats if 20 * seat.majority < seat.valid_votes]
    for number in range(size // 2):
        seat = draw.choice(marginals if draw.random() < IN_MARGINALS else seats)
        spot = seat.lat + draw.uniform(-0.02, 0.02), seat.lon + draw.uniform(-0.02, 0.02)
        venue = Venue("The Old Library, High Street", "near there", seat.name, *spot, seat.code)
        kind = draw.choice([*Kind, Kind.CANVASS, Kind.CANVASS, Kind.CANVASS])
        event = an_event(id=f"event-{number:012}", kind=kind, venue=venue)
        sessions = []
        for shift in (1, 2):
            start = FRIDAY + timedelta(hours=draw.randrange(24, 20 * 24), minutes=30)
            times = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
            free = draw.choice([0, 3, 10, 15, 25, 30])
            sessions.append(a_session(event, shift, free=free, **times))
        world.commit([Save(event), *map(Save, sessions)])


if __name__ == "__main__":
    main()
