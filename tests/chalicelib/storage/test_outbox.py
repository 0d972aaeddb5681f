"""The outbox: each letter is claimed by one worker, and ends once (PROMISES R8)."""

from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.errors import Conflict, NotFound
from tests.builders import Clock, a_request, owed

ROW = "cancelled:request-20261128-aaaaaaaaaaaa:1"


@pytest.fixture
def owing(world: Adapters) -> Adapters:
    """A world in which one letter is owed."""
    request = a_request()
    world.commit([Save(request), OweLetter(LetterName.CANCELLED, request.id, 1, "by_you")])
    return world


def test_a_letter_is_claimed_once(owing: Adapters) -> None:
    claimed = owing.outbox.claim(ROW, owing.token())

    assert claimed == OweLetter(LetterName.CANCELLED, a_request().id, 1, "by_you")
    with pytest.raises(Conflict):
        owing.outbox.claim(ROW, owing.token())
    assert owed(owing) == []


def test_what_is_given_back_is_owed_again(owing: Adapters) -> None:
    owing.outbox.claim(ROW, owing.token())

    owing.outbox.give_back(ROW)

    assert owing.outbox.state(ROW) == "owed"
    assert owed(owing) == [("cancelled", a_request().id, "by_you")]
    owing.outbox.claim(ROW, owing.token())


def test_what_is_settled_stays_settled(owing: Adapters) -> None:
    owing.outbox.claim(ROW, owing.token())

    owing.outbox.settle(ROW, "sent", "message-1")

    assert owing.outbox.state(ROW) == "sent"
    with pytest.raises(Conflict):
        owing.outbox.give_back(ROW)
    with pytest.raises(Conflict):
        owing.outbox.claim(ROW, owing.token())


def test_only_what_has_waited_is_listed(owing: Adapters, clock: Clock) -> None:
    assert owing.outbox.owed("mail", older_than=timedelta(minutes=2)) == []

    clock.forward(minutes=3)

    [row] = owing.outbox.owed("mail", older_than=timedelta(minutes=2))
    assert (row["id"], row["queue"]) == (ROW, "mail")


def test_no_such_letter(world: Adapters) -> None:
    with pytest.raises(NotFound):
        world.outbox.state("nothing:here:1")
    with pytest.raises(Conflict):
        world.outbox.claim("nothing:here:1", world.token())
