"""What people do who come by their own means."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, reminders
from chalicelib.domain import signup as rules
from chalicelib.domain.change import Change, Claim, LetterName, OweLetter, Save, Take
from chalicelib.domain.event import Session
from chalicelib.domain.people import Person
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import SignUpState
from chalicelib.errors import Conflict, Invalid
from chalicelib.services import holding
from chalicelib.services.sending import once

MOST_PEOPLE = 20
"""The largest party that signs up by one form."""

OVER = "This sign-up is over, so it stays as it is."


def ask(world: Adapters, draft_id: str, *, person: Person, session_id: str, people: int) -> SignUp:
    """Store a sign-up that does not count yet, and ask for the address to be confirmed.

    Raises
    ------
    Invalid
        When the number cannot be meant.
    Conflict
        When the session is not open.
    """
    _check_people(people)
    session = open_session(world, session_id)
    day = session.day(world.campaign.zone)
    signup = SignUp(
        id=ids.derived("signup", day, draft_id),
        person=person,
        session_id=session_id,
        people=people,
        state=SignUpState.UNCONFIRMED,
        told=session.edition,
        created_at=world.now(),
    )
    changes: list[Change] = [Save(signup), OweLetter(LetterName.CONFIRM_ADDRESS, signup.id, 1)]
    return once(world, signup, changes, lambda: world.bookings.get(SignUp, signup.id))


def open_session(world: Adapters, session_id: str) -> Session:
    """The session, where one can still come to it.

    Raises
    ------
    Conflict
        When it is not public, has begun, or was cancelled.
    """
    session = world.events.sessions([session_id]).get(session_id)
    if session is None or not session.published:
        raise Conflict("This session is not open: it may have been cancelled.")
    if session.starts_at <= world.now():
        raise Conflict("This session has begun already.")
    return session


def confirm(world: Adapters, signup_id: str) -> SignUp:
    """Their address is theirs: from now on they are expected, and their places are taken.

    Raises
    ------
    Conflict
        When the session is full or not open any more, or the person comes to it already.
    """
    signup = world.bookings.get(SignUp, signup_id)
    if signup.state is not SignUpState.UNCONFIRMED:
        return signup
    session = open_session(world, signup.session_id)
    told = rules.tell(rules.confirm(signup), session)
    coming = reminders.from_now_on(told, world.campaign.zone, world.now())
    world.commit(
        [
            Save(coming),
            Take(signup.session_id, signup.people),
            claim(signup),
            OweLetter(LetterName.SIGNUP_COMING, signup.id, signup.version + 1),
        ]
    )
    return coming


def cancel(world: Adapters, signup_id: str) -> SignUp:
    """They do not come; their places are free again.

    Raises
    ------
    Conflict
        When the session is over.
    """
    signup = world.bookings.get(SignUp, signup_id)
    if signup.state is SignUpState.CANCELLED:
        return signup
    _check_not_over(world, signup)
    cancelled = rules.cancel(signup, at=world.now())
    changes: list[Change] = [
        Save(cancelled),
        OweLetter(LetterName.CANCELLED, signup.id, signup.version + 1, "by_you"),
    ]
    if signup.state is SignUpState.COMING:
        changes += [Take(signup.session_id, -signup.people), replace(claim(signup), release=True)]
    world.commit(changes)
    return cancelled


def change(world: Adapters, signup: SignUp, *, people: int) -> SignUp:
    """Come with more or fewer than in *signup*, as its owner saw it.

    Raises
    ------
    Invalid
        When the number cannot be meant.
    Conflict
        When there are not as many places, or it has been changed since.
    """
    _check_people(people)
    if signup.state is not SignUpState.COMING:
        raise Conflict(OVER)
    _check_not_over(world, signup)
    if people == signup.people:
        return signup
    changed = replace(signup, people=people)
    owed = OweLetter(LetterName.CHANGED, signup.id, signup.version + 1, "details")
    world.commit([Save(changed), Take(signup.session_id, people - signup.people), owed])
    return changed


def _check_not_over(world: Adapters, signup: SignUp) -> None:
    """Until they have said whether they came, a sign-up to a session of yesterday still stands."""
    if signup.session_ends_at is not None and signup.session_ends_at <= world.now():
        raise Conflict(OVER)


def _check_people(people: int) -> None:
    if not 1 <= people <= MOST_PEOPLE:
        sentence = f"Enter 1 to {MOST_PEOPLE} people"
        raise Invalid(sentence, {"people": sentence})


def claim(signup: SignUp) -> Claim:
    """One place a person and session."""
    return holding.claim(signup.session_id, signup.person, signup.id)
