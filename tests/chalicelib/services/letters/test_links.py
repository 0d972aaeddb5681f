"""The links in letters: what each may do, and until when."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.states import (
    RequestState,
    SignUpState,
)
from chalicelib.errors import Expired
from chalicelib.services import letters
from tests.builders import (
    TEN,
    Clock,
    a_lift,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
)
from tests.chalicelib.services.letters.post import owe, sent


@pytest.mark.parametrize(
    ("name", "thing", "purpose"),
    [
        (LetterName.CONFIRM_ADDRESS, a_request(state=RequestState.UNCONFIRMED), Purpose.CONFIRM),
        (LetterName.REQUEST_WAITING, a_request(), Purpose.MANAGE),
        (LetterName.SIGNUP_COMING, a_signup(), Purpose.MANAGE),
        (LetterName.OFFER_OPEN, an_offer(), Purpose.MANAGE),
        (LetterName.LIFT_PROPOSED, a_lift(), Purpose.RESPOND),
    ],
)
def test_a_link_in_a_letter_works_for_its_purpose_alone(
    world: Adapters, name: LetterName, thing: Any, purpose: Purpose
) -> None:
    others = [an_event(), a_session()]
    if isinstance(thing, Lift):
        others.append(an_offer(lift_id=thing.id))
    letters.deliver(world, owe(world, name, thing, "", *others))
    [letter] = sent(world)

    [token] = set(re.findall(rf"https://lifts.example/{purpose}/{thing.id}/([^/\s]+)", letter.text))

    world.links.check(thing.id, token, purpose)
    for other in set(Purpose) - {purpose}:
        with pytest.raises(Expired):
            world.links.check(thing.id, token, other)


def test_links_end_when_they_should(world: Adapters, clock: Clock) -> None:
    """PROMISES S1: confirm 48 hours, manage the session's end and 24 hours."""
    unconfirmed = a_signup(id="signup-20261128-bbbbbbbbbbbb", state=SignUpState.UNCONFIRMED)
    first = owe(world, LetterName.CONFIRM_ADDRESS, unconfirmed, "", an_event(), a_session())
    second = owe(world, LetterName.SIGNUP_COMING, a_signup())
    letters.deliver(world, first)
    letters.deliver(world, second)
    tokens = [re.findall(r"/(token\d+)", letter.text)[0] for letter in sent(world)]

    clock.forward(hours=47)
    world.links.check(unconfirmed.id, tokens[0], Purpose.CONFIRM)
    clock.forward(hours=2)
    with pytest.raises(Expired):
        world.links.check(unconfirmed.id, tokens[0], Purpose.CONFIRM)
    clock.at = TEN + timedelta(hours=3 + 23)
    world.links.check(a_signup().id, tokens[1], Purpose.MANAGE)
    clock.forward(hours=2)
    with pytest.raises(Expired):
        world.links.check(a_signup().id, tokens[1], Purpose.MANAGE)


def test_a_wish_without_sessions_is_managed_until_a_day_after_its_day(
    world: Adapters, clock: Clock
) -> None:
    letters.deliver(world, owe(world, LetterName.OFFER_OPEN, an_offer(sessions=None)))
    [letter] = sent(world)
    [token] = re.findall(r"/(token\d+)", letter.text)

    clock.at = TEN + timedelta(hours=14 + 23)
    world.links.check(an_offer().id, token, Purpose.MANAGE)

    assert "wherever you are needed most" in letter.text
