"""Somebody who cancelled by mistake comes after all, if there is still room."""

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Take
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import SignUpState
from chalicelib.errors import Conflict
from chalicelib.services import signups
from chalicelib.services.undoing.signups import restore
from tests.builders import Clock, a_session, a_signup, an_event, owed, store
from tests.chalicelib.services.undoing.days import free


@pytest.fixture
def coming(world: Adapters) -> SignUp:
    """Two people who come, and cancel."""
    store(world, an_event(), a_session(), a_signup(state=SignUpState.UNCONFIRMED, people=2))
    signups.confirm(world, a_signup().id)
    return signups.cancel(world, a_signup().id)


def test_they_are_on_the_list_again(world: Adapters, coming: SignUp, clock: Clock) -> None:
    clock.forward(minutes=10)

    restored = restore(world, coming.id)
    restore(world, coming.id)

    assert restored.state is SignUpState.COMING
    assert free(world) == 28
    letters = world.outbox.state(f"signup_coming:{coming.id}:4")
    assert letters == "owed"


def test_when_others_have_taken_the_places_they_hear_so(world: Adapters, coming: SignUp) -> None:
    world.commit([Take(a_session().id, 29)])

    with pytest.raises(Conflict, match="not enough places"):
        restore(world, coming.id)

    assert world.bookings.get(SignUp, coming.id).state is SignUpState.CANCELLED


def test_after_ten_minutes_it_is_too_late(world: Adapters, coming: SignUp, clock: Clock) -> None:
    clock.forward(minutes=10, seconds=1)
    before = owed(world)

    with pytest.raises(Conflict, match="ten minutes"):
        restore(world, coming.id)

    assert owed(world) == before
    assert free(world) == 30


def test_what_was_never_confirmed_is_not_confirmed_by_undoing(world: Adapters) -> None:
    store(world, an_event(), a_session(), a_signup(state=SignUpState.UNCONFIRMED))
    signups.cancel(world, a_signup().id)

    with pytest.raises(Conflict):
        restore(world, a_signup().id)
