"""Answers that get lost after the database did what it was asked (PROMISES R5, R8, R12)."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session
from pynamodb.connection import Connection

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save, Take
from chalicelib.domain.request import Request
from chalicelib.errors import Busy
from chalicelib.storage.tables import OutboxRow
from tests.builders import a_request, a_session, an_event, owed, store

ROW = "cancelled:request-20261128-aaaaaaaaaaaa:1"


class _Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All of it at once."""
        yield self.read()


@contextmanager
def losing(client: Any, operation: str, answers: int) -> Iterator[Callable[[], int]]:
    """Have that many answers of an operation lost; say how many calls were carried out."""
    carried_out = 0

    def lose(request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        nonlocal carried_out
        if carried_out >= answers:
            return None
        carried_out += 1
        URLLib3Session().send(request)
        body = _Raw(b'{"__type":"InternalServerError","message":"lost"}')
        return AWSResponse(request.url, 500, HTTPHeaders(), body)

    event = f"before-send.dynamodb.{operation}"
    client.meta.events.register_first(event, lose)
    try:
        yield lambda: carried_out
    finally:
        client.meta.events.unregister(event, lose)


@pytest.fixture
def client(connection: Connection) -> Any:
    """The client that commits go through."""
    return connection.client


def test_one_lost_answer_is_asked_for_again_and_stored_once(world: Adapters, client: Any) -> None:
    store(world, an_event(), a_session())

    with losing(client, "TransactWriteItems", 1) as carried_out:
        world.commit([Save(a_request()), Take(a_session().id, 1)])

    assert carried_out() == 1
    assert world.bookings.get(Request, a_request().id).version == 1
    assert world.events.sessions([a_session().id])[a_session().id].free == 29


def test_r12_unknown_is_told_as_unknown(world: Adapters, client: Any) -> None:
    with losing(client, "TransactWriteItems", 99), pytest.raises(Busy, match="may be stored"):
        world.commit([Save(a_request())])

    assert world.bookings.get(Request, a_request().id).version == 1


def test_r8_a_claim_whose_answer_is_lost_is_still_ours(world: Adapters) -> None:
    request = a_request()
    world.commit([Save(request), OweLetter(LetterName.CANCELLED, request.id, 1, "by_you")])
    outbox = OutboxRow._get_connection().connection.client

    with losing(outbox, "UpdateItem", 1) as carried_out:
        claimed = world.outbox.claim(ROW, world.token())

    assert carried_out() == 1
    assert claimed.letter.thing_id == request.id
    assert owed(world) == []
