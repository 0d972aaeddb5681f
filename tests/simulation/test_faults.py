"""What goes wrong on the wire: its effect on the real clients, its counts, its seeds."""

import json
from collections.abc import Callable
from typing import Literal

import pytest

from chalicelib import jobs
from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save, Take
from chalicelib.domain.request import Request
from chalicelib.errors import Busy, NotFound, ServiceError
from simulation import cloud as clouds
from simulation.cloud import Cloud
from simulation.faults import DEATHS, EXECUTED, WEIGHTS, Died, Kind
from simulation.wire import Attempt, Wire
from tests.builders import a_request, a_session, an_event, store

LIVE = [kind for kind in Kind if kind not in DEATHS]
COMMIT = "dynamodb.TransactWriteItems"

UNKNOWN = [kind for kind in LIVE if kind is not Kind.CONFLICT]


def one_fault(wire: Wire, kind: Kind) -> None:
    """Let the next attempt meet that fault, and none after it."""
    wire.cloud.faults.rate, wire.cloud.faults.weights = 1.0, {kind: 1}

    def over(_: Attempt) -> None:
        wire.cloud.faults.off()

    wire.listeners.append(over)


def book(world: Adapters) -> None:
    """A rider asks for a lift and takes a place: one conditional commit."""
    world.commit([Save(a_request()), Take(a_session().id, 1)])


def booked(world: Adapters) -> bool:
    """Whether that has happened, exactly once."""
    free = world.events.sessions([a_session().id])[a_session().id].free
    try:
        found = world.bookings.get(Request, a_request().id)
    except NotFound:
        assert free == 30
        return False
    assert (free, found.version) == (29, 1)
    return True


@pytest.mark.parametrize("kind", LIVE)
def test_one_fault_leaves_the_effect_of_one(served: Adapters, wire: Wire, kind: Kind) -> None:
    store(served, an_event(), a_session())
    wire.counts.clear()
    one_fault(wire, kind)

    book(served)

    assert booked(served)
    assert wire.cloud.faults.counts == {(kind, COMMIT): 1}
    assert wire.counts[COMMIT] == 2


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_is_unknown_is_told_as_unknown(served: Adapters, cloud: Cloud, kind: Kind) -> None:
    store(served, an_event(), a_session())
    cloud.faults.rate, cloud.faults.weights = 1.0, {kind: 1}

    with pytest.raises(Busy, match="may be stored"):
        book(served)

    cloud.faults.off()
    assert booked(served) == (kind in EXECUTED)


def test_waiting_takes_virtual_time_only(served: Adapters, cloud: Cloud) -> None:
    before = cloud.clock()
    cloud.faults.rate, cloud.faults.weights = 1.0, {Kind.REQUEST_LOST: 1}

    with pytest.raises(Busy):
        served.outbox.state("no:such:1")

    assert 9 <= (cloud.clock() - before).total_seconds() < 10


def test_nobody_swallows_a_death(served: Adapters, cloud: Cloud) -> None:
    """The mail job catches every `Exception`, of each message."""
    cloud.faults.kill_at(1, "before")

    with pytest.raises(Died):
        jobs.mail({"Records": [{"messageId": "1", "body": json.dumps({"id": "no:such:1"})}]}, None)


@pytest.mark.parametrize("when", ["before", "after"])
def test_every_kill_point_is_reached_once_and_no_other(
    served: Adapters, cloud: Cloud, when: Literal["before", "after"]
) -> None:
    store(served, an_event(), a_session())
    deed, points = _booking_with_a_look_first(served), []
    for call in range(1, 10):
        cloud.faults.kill_at(call, when)
        try:
            deed()
        except Died as died:
            points.append(str(died).rpartition(".")[2])
        if cloud.faults.calls < call:
            break
    cloud.faults.spare()

    assert points == ["BatchGetItem", "TransactWriteItems"]
    assert booked(served)


def _booking_with_a_look_first(world: Adapters) -> Callable[[], None]:
    def deed() -> None:
        if not world.bookings.many([a_request().id]):
            book(world)

    return deed


def test_faults_come_at_their_rate_and_are_counted(served: Adapters, wire: Wire) -> None:
    faults = wire.cloud.faults
    faults.rate = 0.2
    faults.weights = {kind: weight for kind, weight in WEIGHTS.items() if kind not in DEATHS}
    for _ in range(1000):
        try:
            served.outbox.state("no:such:1")
        except ServiceError:
            wire.restart()

    attempts = wire.counts["dynamodb.GetItem"]
    assert attempts == faults.calls
    assert 0.17 < faults.counts.total() / attempts < 0.23
    assert {operation for _, operation in faults.counts} == {"dynamodb.GetItem"}
    assert Kind.CONFLICT not in {kind for kind, _ in faults.counts}


def test_a_service_can_be_down(served: Adapters, cloud: Cloud) -> None:
    cloud.faults.down.add("sqs")

    with pytest.raises(Busy):
        served.queues.mail("a:b:1")
    store(served, a_request())

    assert cloud.faults.counts[Kind.NOT_CONNECTED, "sqs.SendMessage"] == 3


def test_one_seed_has_one_history(served: Adapters, wire: Wire) -> None:
    first, again, other = (_history(served, wire, seed) for seed in (7, 7, 8))

    assert first == again
    assert first != other


def _history(world: Adapters, wire: Wire, seed: int) -> bytes:
    """Every byte that went over the wire and every write, with faults at 40 %."""
    wire.begin(clouds.made(seed))
    wire.cloud.faults.rate = 0.4
    seen: list[str] = []
    wire.listeners[:] = [lambda attempt: seen.append(repr(attempt))]
    for number in range(30):
        name = f"request-20261128-{number:012}"
        try:
            world.commit([Save(a_request(id=name))])
            world.queues.mail(world.token())
        except (ServiceError, Died):
            wire.restart()
    seen += [repr(write) for write in wire.cloud.database.log]
    seen.append(repr((wire.cloud.clock(), sorted(wire.cloud.faults.counts.items()))))
    return "\n".join(seen).encode()
