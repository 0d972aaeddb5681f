"""Where somebody comes from: the session or day that a form's address names, if it still can."""

from dataclasses import dataclass

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.event import Event, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.states import EventState
from chalicelib.errors import Invalid, NotFound
from chalicelib.services import lifts_offered
from chalicelib.services.journeys import day, where, which_car
from chalicelib.services.journeys.pages import Closed, form_of
from chalicelib.services.journeys.question import Form, Journey

GONE = "We cannot find that session. It may have been removed."
FROM_HOME = "This session takes place online: you take part from home, so no lift is needed."
CHOOSE = "First choose the session that you want to come to."

_BY_CAR = frozenset({"lift", "drive", "either"})


@dataclass(frozen=True, slots=True)
class Given:
    """What the address of the first page says; each may be "".

    Attributes
    ----------
    key
        Becomes the draft's id: 43 characters of base64url.
    session
        A session's id.
    day
        A campaign day, "2026-11-28": wherever they are needed most then.
    start
        Where they start from, as typed elsewhere.
    car
        Id of the offer or lift that they want a place in.
    """

    key: str
    session: str = ""
    day: str = ""
    start: str = ""
    car: str = ""


def answers(world: Adapters, journey: Journey, given: Given) -> dict[str, str] | Closed:
    """The answers that *given* amounts to, or why there can be none."""
    form = form_of(world, {})
    if journey.id == "event":
        return {}
    found = {f"given-{where.PLACE}": given.start} if given.start else {}
    if given.session:
        session = _session(world, journey, given, form)
        return session if isinstance(session, Closed) else found | session
    if journey.id not in _BY_CAR:
        return Closed(journey.id, CHOOSE)
    try:
        day.read(given.day, form)
    except Invalid:
        return found
    return {**found, day.DAY: given.day, day.SESSION: day.ANYWHERE}


def _session(
    world: Adapters, journey: Journey, given: Given, form: Form
) -> dict[str, str] | Closed:
    found = _public(world, given.session)
    if found is None:
        return Closed(journey.id, GONE)
    event, session = found
    if sentence := _why_not(event, session, form):
        on = session.day(form.zone)
        return Closed(journey.id, sentence, event.id, on if on >= form.today else None)
    if journey.id in _BY_CAR and session.kind in ONLINE:
        return Closed(journey.id, FROM_HOME, event.id, online=session.id)
    # With a car the choice is still open: this session, or wherever they are needed most.
    settled = day.GIVEN if journey.id in _BY_CAR else day.SESSION
    on_day = session.day(form.zone).isoformat()
    facts = {day.DAY: on_day, **day.facts(session, form), settled: session.id}
    return {**facts, **_car(world, journey, given.car, session)}


def _car(world: Adapters, journey: Journey, car_id: str, session: Session) -> dict[str, str]:
    """With a car, the session is settled too, and need not be asked."""
    if not car_id or journey.id != "lift":
        return {}
    car = lifts_offered.named(world, car_id, session)
    return {**which_car.facts(car), day.SESSION: session.id} if car else {**which_car.gone()}


def _public(world: Adapters, session_id: str) -> tuple[Event, Session] | None:
    """The session and its event, where anybody may know of them."""
    if not day.is_session_id(session_id):
        return None
    try:
        event, sessions = world.events.get(ids.event_of(session_id))
    except NotFound:
        return None
    found = next((one for one in sessions if one.id == session_id), None)
    return (event, found) if found and event.public else None


def _why_not(event: Event, session: Session, form: Form) -> str:
    """Why nobody can book this session any more; "" when they can."""
    if event.state is EventState.CANCELLED:
        return "This event has been cancelled."
    if session.starts_at <= form.now:
        return "This session has begun already, so it cannot be booked any more."
    if not session.published:
        return "This session is not open."
    if session.free < 1:
        return "This session is full: every place in it is taken."
    return ""
