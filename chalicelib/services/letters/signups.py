"""What letters to people say who come by their own means."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.calendar import Entry, Method
from chalicelib.domain import ids
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.event import Session
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import SignUpState, undo_until
from chalicelib.errors import NotFound
from chalicelib.services.letters.contents import (
    OFF,
    Contents,
    day_of,
    entry,
    manage_link,
    place_words,
)
from chalicelib.services.letters.organisers import confirm


def contents(world: Adapters, owed: OweLetter, signup: SignUp) -> Contents:
    """A letter about a sign-up.

    Raises
    ------
    NotFound
        When its session is gone.
    """
    if owed.name is LetterName.CONFIRM_ADDRESS:
        return confirm(world, signup.id, "signup", signup.person.email)
    event, sessions = world.events.get(ids.event_of(signup.session_id))
    session = next((one for one in sessions if one.id == signup.session_id), None)
    if session is None:
        raise NotFound("The session is gone.")
    facts: dict[str, Any] = {
        "kind": "signup",
        "about": owed.about,
        "signup": signup,
        "day": day_of(signup.id),
        "session": session,
        "sessions": (session,),
        "event": event,
        "meeting_points": {event.id: event.meeting_point},
        "public": f"{world.base_url}/events/{event.id}",
        "undo_until": undo_until(signup.state, signup.ended_at, at=world.now()),
    }
    email, coming = signup.person.email, signup.state is SignUpState.COMING
    if coming or facts["undo_until"]:
        facts["manage"] = manage_link(world, signup.id, [session])
    if not coming:
        return Contents(email, facts, _entry(world, signup, session), Method.CANCEL)
    in_calendar = _entry(world, signup, session, "emails/calendar_signup.txt", facts)
    return Contents(email, facts, in_calendar)


def _entry(
    world: Adapters,
    signup: SignUp,
    session: Session,
    template: str = OFF,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    return entry(
        world,
        signup.id,
        signup.version,
        signup.person,
        title=session.title,
        span=(session.starts_at, session.ends_at),
        where=place_words(session.venue),
        template=template,
        facts=facts,
    )
