"""Sign-ups: people who come to a session by their own means."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.people import Person
from chalicelib.domain.states import SignUpState, step


@dataclass(frozen=True, slots=True)
class SignUp:
    """One person, or a party, coming to one session.

    Attributes
    ----------
    people
        How many come together, 1 or more.
    told
        The session's edition that they have been told of.
    version
        Stored version; 0 before it is stored.
    """

    id: str
    person: Person
    session_id: str
    people: int
    state: SignUpState
    told: int
    created_at: datetime
    version: int = 0


def confirm(signup: SignUp) -> SignUp:
    """Their address is theirs: they are expected."""
    return replace(signup, state=step(signup.state, SignUpState.COMING))


def cancel(signup: SignUp) -> SignUp:
    """They do not come after all."""
    return replace(signup, state=step(signup.state, SignUpState.CANCELLED))


def complete(signup: SignUp) -> SignUp:
    """The session is over, and they came as far as we know."""
    return replace(signup, state=step(signup.state, SignUpState.COMPLETED))
