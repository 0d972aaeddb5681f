"""What letters to people say who come by their own means."""

from chalicelib.adapters import Adapters
from chalicelib.calendar import Method
from chalicelib.domain import ids
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import SignUpState
from chalicelib.errors import NotFound
from chalicelib.services.letters.contents import Contents, day_of, entry, manage_link, place_words
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
    facts = {
        "kind": "signup",
        "about": owed.about,
        "signup": signup,
        "day": day_of(signup.id),
        "session": session,
        "sessions": (session,),
        "meeting_points": {event.id: event.meeting_point},
        "event": event,
        "public": f"{world.base_url}/events/{event.id}",
    }
    coming = signup.state is SignUpState.COMING
    if coming:
        facts["manage"] = manage_link(world, signup.id, [session])
    in_calendar = entry(
        world,
        signup.id,
        signup.version,
        signup.person,
        title=session.title,
        span=(session.starts_at, session.ends_at),
        where=place_words(session.venue),
        template="emails/calendar_signup.txt" if coming else "emails/calendar_off.txt",
        facts=facts,
    )
    method = Method.REQUEST if coming else Method.CANCEL
    return Contents(signup.person.email, facts, in_calendar, method)
