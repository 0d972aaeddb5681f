"""Sign-ups: people who come to a session by their own means."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.event import Session
from chalicelib.domain.people import Person
from chalicelib.domain.states import SignUpState, step, step_again, step_back


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
    told_off
        Whether they were told that the session is cancelled: should it be on after all, they
        are told that as well.
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
    told_off: bool = False
    came: bool | None = None
    version: int = 0


def confirm(signup: SignUp) -> SignUp:
    """Their address is theirs: they are expected."""
    return replace(signup, state=step(signup.state, SignUpState.COMING))


def tell(signup: SignUp, session: Session) -> SignUp:
    """They know the session as it is now."""
    return replace(
        signup,
        told=session.edition,
        session_starts_at=session.starts_at,
        session_ends_at=session.ends_at,
    )


def cancel(signup: SignUp, *, at: datetime) -> SignUp:
    """They do not come after all."""
    # What was never confirmed cannot become so by an undo.
    ended_at = None if signup.state is SignUpState.UNCONFIRMED else at
    return replace(signup, state=step(signup.state, SignUpState.CANCELLED), ended_at=ended_at)


def call_off(signup: SignUp) -> SignUp:
    """Their session is cancelled, and they are told so."""
    return replace(signup, state=step(signup.state, SignUpState.CANCELLED), told_off=True)


def call_on(signup: SignUp) -> SignUp:
    """Their session is on after all, and they are told so."""
    return replace(signup, state=step_again(signup.state), told_off=False)


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


def happened(signup: SignUp, *, came: bool) -> SignUp:
    """They say whether they came."""
    to = SignUpState.COMPLETED if came else SignUpState.NO_SHOW
    return replace(signup, state=step(signup.state, to), came=came)
