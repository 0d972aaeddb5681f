"""Delivering what is owed: once, whatever happens in between."""

import logging
import re
from dataclasses import replace

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import (
    OfferState,
    RequestState,
)
from chalicelib.errors import Busy, NotAllowed
from chalicelib.mail import Unknown
from chalicelib.services import letters
from tests.builders import (
    a_lift_day,
    a_request,
    a_session,
    an_event,
)
from tests.chalicelib.services.letters.post import Died, Failing, Mortal, owe, sent


def test_a_letter_is_sent_once_however_often_its_row_is_handed_on(world: Adapters) -> None:
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())

    for _ in range(3):
        letters.deliver(world, row)

    [letter] = sent(world)
    assert letter.to == "ria@example.org"
    assert letter.key == row
    assert world.outbox.state(row) == "sent"


def test_a_row_that_is_not_there_is_left_alone(world: Adapters) -> None:
    letters.deliver(world, "changed:request-20261128-aaaaaaaaaaaa:7")

    assert sent(world) == []


def test_a_refused_letter_is_not_tried_again(world: Adapters) -> None:
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())
    mailer = Failing(NotAllowed("No."))

    letters.deliver(replace(world, mailer=mailer), row)
    letters.deliver(world, row)

    assert sent(world) == []
    assert world.outbox.state(row) == "refused"


def test_a_letter_not_taken_for_now_is_owed_again(world: Adapters) -> None:
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())

    letters.deliver(replace(world, mailer=Failing(Busy("Later."))), row)
    owed_again = world.outbox.state(row)
    letters.deliver(world, row)

    assert owed_again == "owed"
    assert len(sent(world)) == 1


def test_a_letter_that_may_have_been_taken_is_not_sent_again(
    world: Adapters, caplog: pytest.LogCaptureFixture
) -> None:
    """PROMISES R8: unknown is not sent twice; the log names the row, and nobody."""
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())

    letters.deliver(replace(world, mailer=Failing(Unknown())), row)
    letters.deliver(world, row)

    assert sent(world) == []
    assert world.outbox.state(row) == "sending"
    assert row in caplog.text
    assert "ria" not in caplog.text.lower()


def test_logs_hold_ids_only(world: Adapters, caplog: pytest.LogCaptureFixture) -> None:
    """PROMISES S15."""
    caplog.set_level(logging.DEBUG, logger="marginal_lifts")
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())

    for error in (NotAllowed("No."), Unknown()):
        letters.deliver(replace(world, mailer=Failing(error)), row)

    assert not re.search(r"ria|shah|@|m32|token", caplog.text.lower())


def test_a_letter_that_cannot_be_written_stays_owed(world: Adapters) -> None:
    row = owe(world, LetterName.CHANGED, a_request(), "no_such_word")

    with pytest.raises(KeyError):
        letters.deliver(world, row)

    assert world.outbox.state(row) == "owed"


@pytest.mark.parametrize("after", [False, True])
def test_a_death_between_any_two_steps_never_sends_twice(world: Adapters, *, after: bool) -> None:
    """PROMISES R8, R14: every kill point, then redelivery."""
    things = [an_event(), a_session()]
    deaths = 0
    for fatal in range(1, 20):
        request = a_request(id=f"request-20261128-{fatal:012}")
        row = owe(world, LetterName.REQUEST_WAITING, request, "", *things)
        things = []
        mortal = Mortal(fatal, after)
        dying = replace(
            world,
            events=mortal.guard(world.events),
            bookings=mortal.guard(world.bookings),
            links=mortal.guard(world.links),
            outbox=mortal.guard(world.outbox),
            limits=mortal.guard(world.limits),
            mailer=mortal.guard(world.mailer),
        )
        try:
            letters.deliver(dying, row)
        except Died:
            deaths += 1
        for _ in range(2):
            letters.deliver(world, row)
        copies = [letter for letter in sent(world) if letter.key == row]
        assert len(copies) <= 1, f"sent twice when dying at call {fatal}"
        assert copies or world.outbox.state(row) == "sending"
    assert deaths >= 9  # claim, breaker, booking, sessions, link, stop, budget, send, settle


def test_what_a_letter_needs_of_the_stored_things_is_read_in_few_calls(world: Adapters) -> None:
    """PROMISES R12: at most 12 calls for what one person did."""
    lift = a_lift_day(world)
    mortal = Mortal(0, after=False)
    counted = replace(
        world,
        events=mortal.guard(world.events),
        bookings=mortal.guard(world.bookings),
        links=mortal.guard(world.links),
        outbox=mortal.guard(world.outbox),
        limits=mortal.guard(world.limits),
    )
    world.commit([OweLetter(LetterName.LIFT_ACCEPTED, lift.id, 1)])

    letters.deliver(counted, f"lift_accepted:{lift.id}:1")

    assert mortal.made <= 9
    assert world.bookings.get(Offer, lift.offer_id).state is OfferState.OPEN
    assert world.bookings.get(Request, a_request().id).state is RequestState.CONFIRMED
