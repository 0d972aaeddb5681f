"""Somebody comes by their own means after all."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import signup as rules
from chalicelib.domain.change import LetterName, OweLetter, Save, Take
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import SignUpState
from chalicelib.services import signups


def restore(world: Adapters, signup_id: str) -> SignUp:
    """Put them on the list again, where there is still room.

    Raises
    ------
    Conflict
        When they cancelled too long ago, or the session has filled or is not open any more.
    """
    signup = world.bookings.get(SignUp, signup_id)
    if signup.state is not SignUpState.CANCELLED:
        return signup
    coming = rules.restore(signup, at=world.now())
    session = signups.open_session(world, signup.session_id)
    coming = replace(coming, told=session.edition)
    world.commit(
        [
            Save(coming),
            Take(signup.session_id, signup.people),
            signups.claim(signup),
            OweLetter(LetterName.SIGNUP_COMING, signup.id, signup.version + 1),
        ]
    )
    return coming
