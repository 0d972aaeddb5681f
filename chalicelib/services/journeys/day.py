"""Which day and which session: asked, or known from the page that somebody came from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.event import LATEST, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.errors import Invalid
from chalicelib.services import board, ranking
from chalicelib.services.journeys import where
from chalicelib.services.journeys.question import Field, Form, Kind, Option, Question, Said, Values

DAY, SESSION, GIVEN = "day", "session", "given-session"
ANYWHERE = "anywhere"
"""The answer "wherever I am needed most", in place of a session's id."""

OFFERED = 6
"""Sessions to choose from: the best from where they start; more is what finding is for."""

_SESSION_ID = re.compile("[a-z]+-[a-z0-9]{1,40}-[0-9]{1,3}")
_ABOUT = ("about-id", "about-day", "about-title", "about-near", "about-starts", "about-ends")


@dataclass(frozen=True, slots=True)
class About:
    """The session that a form is about, as it was when it was chosen."""

    id: str
    day: str
    title: str
    near: str
    starts_at: datetime
    ends_at: datetime

    @property
    def event_id(self) -> str:
        """The event that it belongs to."""
        return ids.event_of(self.id)


def is_session_id(text: str) -> bool:
    """Whether *text* can be a session's id: what cannot is not worth asking the store for."""
    return _SESSION_ID.fullmatch(text) is not None


def facts(session: Session, form: Form) -> Mapping[str, str]:
    """What a draft keeps of its session, so that most pages need not read it again."""
    values = (
        session.id,
        session.day(form.zone).isoformat(),
        session.title,
        session.venue.near,
        session.starts_at.isoformat(),
        session.ends_at.isoformat(),
    )
    return dict(zip(_ABOUT, values, strict=True))


def about(form: Form) -> About | None:
    """The session that the form is about, unless another day was chosen since."""
    kept = [form.text(name) for name in _ABOUT]
    if not all(kept) or form.text(DAY) != kept[1]:
        return None
    session_id, day, title, near, starts, ends = kept
    begin, end = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    return About(session_id, day, title, near, begin, end)


def chosen(form: Form) -> About | None:
    """The one session that it must be; None when it is wherever they are needed."""
    known = about(form)
    return known if known and form.text(SESSION) == known.id else None


def read(text: str, form: Form) -> date:
    """The day that an answer means; Invalid when it is none to come."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Invalid("Choose a day") from None
    if not form.today <= found <= form.today + LATEST:
        raise Invalid("Choose a day to come")
    return found


def which_day() -> Question:
    """Ask for the day, of those that have sessions."""
    return Question(
        id=DAY,
        title="Which day do you want to help?",
        fields=(Field(DAY, Kind.RADIOS, read),),
        short="Day",
        say=lambda values, _: Said(day=values[DAY]),
        offer=_days,
    )


def which_session(*, anywhere: str) -> Question:
    """Ask for a session of that day, or wherever most needed; *anywhere* says what that is."""
    return Question(
        id=SESSION,
        title="Where do you want to go?",
        fields=(Field(SESSION, Kind.RADIOS, _session),),
        short="Session",
        say=_said,
        check=lambda values, _: {
            "sessions": None if values[SESSION] == ANYWHERE else (values[SESSION],)
        },
        offer=lambda world, form: (
            *_sessions(world, form),
            Option(ANYWHERE, "Wherever I am needed most that day", anywhere),
        ),
        learn=_learn,
    )


def _days(world: Adapters, form: Form) -> tuple[Option, ...]:
    days = {one.day(form.zone) for one in board.upcoming(world) if _reached_by_car(one)}
    return tuple(Option(day.isoformat(), day=day) for day in sorted(days))


def _session(text: str, form: Form) -> str:
    known = about(form)
    if text != ANYWHERE and (known is None or known.id != text):
        raise Invalid("Choose where you want to go")
    return text


def _sessions(world: Adapters, form: Form) -> tuple[Option, ...]:
    """The session they came for; without one, the best of the day from where they start."""
    known = about(form)
    if known and known.id == form.text(GIVEN):
        times = (known.starts_at, known.ends_at)
        return (Option(known.id, f"Only to {known.title}", f"Near {known.near}", times=times),)
    start = where.located(form)
    if start is None:
        return ()
    that_day = [
        one
        for one in board.upcoming(world)
        if one.day(form.zone).isoformat() == form.text(DAY) and _reached_by_car(one)
    ]
    reach_s = world.campaign.max_direct_s
    ranked = ranking.rank(world, (start.lat, start.lon), that_day, within_s=reach_s)
    return tuple(_option(one.session) for one in ranked[:OFFERED])


def _option(session: Session) -> Option:
    times = (session.starts_at, session.ends_at)
    return Option(session.id, session.title, f"Near {session.venue.near}", times=times)


def _reached_by_car(session: Session) -> bool:
    return session.kind not in ONLINE and session.free > 0


def _learn(world: Adapters, form: Form) -> Mapping[str, str]:
    wanted, known = form.text(SESSION), about(form)
    if wanted == ANYWHERE or (known and known.id == wanted):
        return {}
    found = world.events.sessions([wanted]).get(wanted) if is_session_id(wanted) else None
    if found is None or not found.published or found.day(form.zone).isoformat() != form.text(DAY):
        raise Invalid("Some answers cannot be used.", {SESSION: "Choose where you want to go"})
    if found.starts_at <= form.now or found.free < 1:
        sentence = "That session has begun or filled up since. Choose another"
        raise Invalid("Some answers cannot be used.", {SESSION: sentence})
    return facts(found, form)


def _said(_: Values, form: Form) -> Said:
    known = chosen(form)
    if known is None:
        return Said("Wherever I am needed most that day")
    return Said(f"{known.title}\nNear {known.near}", times=(known.starts_at, known.ends_at))
