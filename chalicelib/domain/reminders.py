"""When people are asked whether they still come, and afterwards whether they did.

Each reminder has a moment; whoever joins after it goes without, so that nobody gets two at
once. What somebody has had, or gone without, is kept in `reminded` of their car or sign-up.
Clock times are those of the campaign's zone; spans are real ones, whatever the clocks do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from chalicelib.domain.lift import Lift
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, SignUpState
from chalicelib.domain.wall_time import instant

TWO_DAYS, DAY_BEFORE, MORNING = "two_days", "day_before", "morning"
AFTERWARDS = "afterwards"
SILENCE = "silence"
"""No letter: nobody is asked any more, and what was not answered stays unknown."""

BEFORE = (TWO_DAYS, DAY_BEFORE, MORNING)
AFTER = (AFTERWARDS, SILENCE)

LONG_BEFORE = timedelta(hours=48)
"""Early enough for another car to be found."""

ELEVEN = time(11)
"""Of the day before: people are up, and may still call a friend who drives."""

SHORTLY_BEFORE = timedelta(hours=2)
"""Before leaving: whoever forgot can still be ready."""

WAKING = time(7)
"""Nobody is written to earlier on the day itself."""

AT_LEAST = timedelta(hours=1)
"""A reminder nearer to leaving than this finds people on their way, or asleep."""

EVENING = time(20)
"""Of the day before: the last of the day for those who leave too early for `WAKING`."""

ASKED_AFTER = timedelta(hours=1)
"""After the end: people are home, and remember."""

SILENT_AFTER = timedelta(hours=24)
"""After the end: until then they may answer."""

LATE = timedelta(hours=4)
"""A reminder so much after its moment is not sent: the next one asks the same."""

CLOCKS_DIFFER = timedelta(seconds=30)
"""How far the clock of whoever owed a letter may be ahead of the writer's."""

Reminded = TypeVar("Reminded", Lift, SignUp)
Moments = Mapping[str, datetime]


def moments(leave_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Moments:
    """Name -> when, in that order, for somebody who leaves then, to a session that ends then."""
    eve = leave_at.astimezone(zone).date() - timedelta(days=1)
    return {
        TWO_DAYS: leave_at - LONG_BEFORE,
        DAY_BEFORE: instant(eve, ELEVEN, zone),
        MORNING: _morning(leave_at, zone),
        AFTERWARDS: ends_at + ASKED_AFTER,
        SILENCE: ends_at + SILENT_AFTER,
    }


def _morning(leave_at: datetime, zone: ZoneInfo) -> datetime:
    """Two hours before leaving, but not before seven; the evening before when that is no use."""
    day = leave_at.astimezone(zone).date()
    best = max(leave_at - SHORTLY_BEFORE, instant(day, WAKING, zone))
    if leave_at - best >= AT_LEAST:
        return best
    return instant(day - timedelta(days=1), EVENING, zone)


def pending(thing: Lift | SignUp, zone: ZoneInfo) -> Moments:
    """The reminders that *thing*, in its state, has still to have; its end in silence too."""
    at = _moments_of(thing, zone)
    return {name: at[name] for name in _asked(thing) if name in at and name not in thing.reminded}


def due(thing: Lift | SignUp, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    """Those of them whose moment has come, in that order."""
    return tuple(name for name, at in pending(thing, zone).items() if at <= now)


def had(thing: Reminded, names: Iterable[str]) -> Reminded:
    """*thing* once it has had those reminders, or gone without."""
    return replace(thing, reminded=(*thing.reminded, *names))


def from_now_on(thing: Reminded, zone: ZoneInfo, now: datetime) -> Reminded:
    """*thing* as people join it, or hear of its new time: it goes without letters of the past."""
    at = _moments_of(thing, zone)
    passed = tuple(name for name in (*BEFORE, AFTERWARDS) if name in at and at[name] <= now)
    return replace(thing, reminded=passed)


def in_time(name: str, thing: Lift | SignUp, zone: ZoneInfo, now: datetime) -> bool:
    """Whether that reminder may go out now: its moment has come, and not passed by hours."""
    at = _moments_of(thing, zone)
    if name not in at or now < at[name] - CLOCKS_DIFFER:
        return False
    if name == AFTERWARDS:
        return now < at[SILENCE]
    return now < min(at[name] + LATE, leaves_at(thing) or at[name])


def answered_by(name: str, thing: Lift | SignUp) -> datetime:
    """Until when that reminder can be answered: leaving, or a day after the end.

    Raises
    ------
    ValueError
        For a sign-up of an older release, which has no reminders.
    """
    leave_at, ends_at = leaves_at(thing), _ends_at(thing)
    if leave_at is None or ends_at is None:
        raise ValueError("it does not know its times")
    return ends_at + SILENT_AFTER if name in AFTER else leave_at


def leaves_at(thing: Lift | SignUp) -> datetime | None:
    """When its people set out: a car's leaving, or the start for those who come by themselves."""
    return thing.leave_at if isinstance(thing, Lift) else thing.session_starts_at


def _ends_at(thing: Lift | SignUp) -> datetime | None:
    return thing.ends_at if isinstance(thing, Lift) else thing.session_ends_at


def _asked(thing: Lift | SignUp) -> tuple[str, ...]:
    match thing:
        case Lift(state=LiftState.ACCEPTED | LiftState.LOCKED):
            return BEFORE
        case Lift(state=LiftState.COMPLETED):
            return AFTER
        case SignUp(state=SignUpState.COMING):
            return (*BEFORE, *AFTER)
    return ()


def _moments_of(thing: Lift | SignUp, zone: ZoneInfo) -> Moments:
    """None for sign-ups of older releases, which do not know their times."""
    leave_at, ends_at = leaves_at(thing), _ends_at(thing)
    return moments(leave_at, ends_at, zone) if leave_at and ends_at else {}
