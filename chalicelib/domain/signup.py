"""Sign-ups: people who come to a session by their own means."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.people import Person
from chalicelib.domain.states import SignUpState, step, step_back


@dataclass(frozen=True, slots=True)
class SignUp:
    """One person, or a party, coming to one session.

    Attributes
    ----------
    people
        How many come together, 1 or more.
    told
        The session's edition that they have been told of.
    session_starts_at, session_ends_at
        As they were told; None in sign-ups of older releases.
    reminded
        The reminders that they have had, as `domain.reminders` names them.
    ended_at
        When they cancelled; for undoing it.
    came
        What they said afterwards: whether they came. None: nothing yet.
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
    session_starts_at: datetime | None = None
    session_ends_at: datetime | None = None
    reminded: tuple[str, ...] = ()
    ended_at: datetime | None = None
    came: bool | None = None
    version: int = 0


def confirm(signup: SignUp) -> SignUp:
    """Their address is theirs: they are expected."""
    return replace(signup, state=step(signup.state, SignUpState.COMING))


def cancel(signup: SignUp, *, at: datetime | None = None) -> SignUp:
    """They do not come after all; *at* where they said so themselves."""
    state = step(signup.state, SignUpState.CANCELLED)
    return replace(signup, state=state, ended_at=at)


def restore(signup: SignUp, *, at: datetime) -> SignUp:
    """They come after all.

    Raises
    ------
    Conflict
        When they did not cancel it, or too long ago.
    """
    state = step_back(signup.state, signup.ended_at, at=at)
    return replace(signup, state=state, ended_at=None)


def complete(signup: SignUp) -> SignUp:
    """The session is over, and they came as far as we know."""
    return replace(signup, state=step(signup.state, SignUpState.COMPLETED))
