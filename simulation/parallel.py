"""Many people at once, truly in parallel: `python -m simulation.parallel [--bookings 5000]`.

Processes book places in a few cars and cancel them again, each with the real services against
the one embedded database. Afterwards the stored rows are audited: no place may be given twice,
none may be lost, and what each process was told must be so.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3

from chalicelib.domain.states import RequestState
from chalicelib.errors import Busy, Conflict
from chalicelib.services import asks, requests
from infra import dynoxide
from simulation import audit, crowd

TRIES = 20
"""How often somebody presses the button again who is told that many are booking."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is tried: *bookings* is for each process."""

    processes: int
    bookings: int
    cars: int

    @property
    def held(self) -> int:
        """Places that one process keeps before it cancels the oldest.

        Together a fifth more than there are, so that every last place is fought for.
        """
        return max(1, self.cars * crowd.SEATS * 6 // 5 // self.processes)


@dataclass(frozen=True, slots=True)
class Told:
    """What one process was told in the end.

    Attributes
    ----------
    outcomes
        "confirmed", "car_full", "cancelled", ... -> how often.
    holding
        Ids of the requests that it was told have a place, and did not cancel.
    """

    outcomes: Counter[str]
    holding: tuple[str, ...]


def main() -> None:
    """Try it, print what happened, and exit with 1 where a promise was broken."""
    size = _size()
    began = time.monotonic()
    with dynoxide.running(None) as address:
        told = tried(address, size)
        broken = broken_promises(address, told)
    outcomes = sum((one.outcomes for one in told), Counter())
    print(f"{size.processes} processes, {size.bookings} bookings each, {size.cars} cars")
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:<20} {count:>8}")
    print(f"{time.monotonic() - began:.0f} s, {len(broken)} broken promises")
    sys.exit("\n".join(broken[:20]) if broken else 0)


def tried(address: str, size: Size) -> list[Told]:
    """Let the processes book, each its own people, all the same cars."""
    crowd.prepare(address, cars=size.cars, riders=size.processes * size.bookings)
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(size.processes) as pool:
        return pool.starmap(book, [(address, size, number) for number in range(size.processes)])


def book(address: str, size: Size, number: int) -> Told:
    """One process: its riders one after the other, each asking for a car."""
    world = crowd.world(address)
    outcomes, holding = Counter[str](), deque[str]()
    for at in range(size.bookings):
        request_id = crowd.rider_id(number * size.bookings + at)
        outcome = _chosen(world, request_id, crowd.car_id((at * 7 + number) % size.cars))
        outcomes[outcome] += 1
        if outcome == RequestState.CONFIRMED:
            holding.append(request_id)
        # Whoever finds a car full lets go of a place too, so that there is always one to fight for.
        elif holding:
            outcomes[_cancelled(world, holding.popleft())] += 1
        if len(holding) > size.held:
            outcomes[_cancelled(world, holding.popleft())] += 1
    return Told(outcomes, tuple(holding))


def _chosen(world: Any, request_id: str, car_id: str) -> str:
    for _ in range(TRIES):
        try:
            found = asks.choose(world, request_id, car_id)
        except Busy:
            continue
        return str(found.state) if found.lift_id else found.reason
    return "gave up"


def _cancelled(world: Any, request_id: str) -> str:
    for _ in range(TRIES):
        try:
            requests.cancel(world, request_id)
        except (Busy, Conflict):
            continue
        return "cancelled"
    return "gave up cancelling"


def broken_promises(address: str, told: list[Told]) -> list[str]:
    """What the stored rows say, held against what must be and what people were told."""
    client = boto3.client("dynamodb", endpoint_url=address, region_name=crowd.REGION)
    bookings = list(_scanned(client, f"{crowd.PREFIX}-bookings"))
    events = list(_scanned(client, f"{crowd.PREFIX}-events"))
    states = {one["id"]["S"]: one["state"]["S"] for one in bookings if "state" in one}
    lost = [
        f"R2 {request_id}: told of a place, and is {states[request_id]}"
        for one in told
        for request_id in one.holding
        if states[request_id] != "confirmed"
    ]
    return [*audit.violations(bookings, events), *lost]


def _scanned(client: Any, table: str) -> Iterator[dict[str, Any]]:
    for page in client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        yield from page["Items"]


def _size() -> Size:
    parser = argparse.ArgumentParser(prog="python -m simulation.parallel", description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--bookings", type=int, default=5_000, help="of each process")
    parser.add_argument("--cars", type=int, default=50)
    chosen = parser.parse_args()
    return Size(chosen.processes, chosen.bookings, chosen.cars)


if __name__ == "__main__":
    main()
