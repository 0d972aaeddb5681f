"""Before a day is matched, its bookings are made to agree with its sessions and the time.

Sessions are cancelled and moved, deadlines pass, days end. Each booking that no longer
holds is brought to its next state, and its owner is told, once: what has been told is kept
with the booking, so settling twice tells nobody twice.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import reminders
from chalicelib.domain import signup as signup_rules
from chalicelib.domain.change import Change, Fence, LetterName, OweLetter, Save
from chalicelib.domain.event import Session
from chalicelib.domain.lift import HOLDING, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import OfferState, RequestState, SignUpState
from chalicelib.errors import Conflict, Overtaken
from chalicelib.services import call_settling, lift_settling, reminding, wish_settling
from chalicelib.services.campaign_day import midnight
from chalicelib.storage.bookings import Booking

log = logging.getLogger("marginal_lifts")
Sessions = Mapping[str, Session]

LONGEST_DAY = timedelta(hours=25)
"""A day on which the clocks go back."""


def settle(world: Adapters, day: str, fence: Fence) -> None:
    """Bring every booking of the day to the state that the time and its sessions ask for.

    Lifts first, since they hold requests and offers; then what is free is read anew.

    Raises
    ------
    Overtaken
        When a later run has begun.
    """
    things = world.bookings.day(day)
    sessions = sessions_of(world, day, things)
    for lift in things:
        if isinstance(lift, Lift) and lift.state in HOLDING:
            _store(world, fence, lift_settling.changes(world, lift, sessions.get(lift.session_id)))
    things = world.bookings.day(day)
    busy = wish_settling.busy(things)
    for thing in things:
        if thing.id in busy:
            _store(world, fence, wish_settling.spare_changes(world, thing))
            continue
        changes = _changes(world, thing, sessions)
        _store(world, fence, changes or call_settling.changes(world, thing, sessions))


def sessions_of(world: Adapters, day: str, things: Iterable[Booking]) -> Sessions:
    """The day's sessions: those that *things* name, and those on the board.

    The board is an index and may lag, so what it lists is read again from the table.
    """
    begins_at = midnight(world, day)
    board = world.events.board(begins_at, begins_at + LONGEST_DAY)
    listed = {one.id for one in board if one.day(world.campaign.zone).isoformat() == day}
    return world.events.sessions(listed | named(things))


def named(things: Iterable[Booking]) -> set[str]:
    """The ids of every session that any of *things* names."""
    found: set[str] = set()
    for thing in things:
        match thing:
            case SignUp() | Lift():
                found.add(thing.session_id)
            case Offer() | Request():
                found.update(thing.sessions or ())
    return found


def _store(world: Adapters, fence: Fence, changes: Sequence[Change]) -> None:
    if not changes:
        return
    try:
        world.commit([fence, *changes])
    except Overtaken:
        raise
    except Conflict:
        # Its owner was quicker; the change they made owes a run of its own.
        log.info("run %s %s: a booking changed while it was settled", fence.day, fence.run)


def _changes(world: Adapters, thing: Booking, sessions: Sessions) -> list[Change]:
    match thing:
        case SignUp() if thing.state is SignUpState.COMING:
            return signup_changes(world, thing, sessions.get(thing.session_id))
        case Offer() if thing.state is OfferState.OPEN and not thing.lift_id:
            return wish_settling.offer_changes(world, thing, sessions)
        case Request() if thing.state is RequestState.WAITING:
            return wish_settling.request_changes(world, thing, sessions)
    return []


def signup_changes(world: Adapters, signup: SignUp, session: Session | None) -> list[Change]:
    """What becomes of a sign-up that is coming; nothing when all is as it was told."""
    over = session is not None and session.ends_at <= world.now()
    if session is None or not (session.published or over):
        owed = OweLetter(LetterName.CANCELLED, signup.id, signup.version + 1, "event")
        return [Save(signup_rules.call_off(signup)), owed]
    return _retold(world, signup, session) or reminding.signup_changes(world, signup)


def _retold(world: Adapters, signup: SignUp, session: Session) -> list[Change]:
    """The session is not as they were told. Another time brings its reminders anew."""
    told, now = signup_rules.tell(signup, session), world.now()
    if told == signup:
        return []
    if told.session_starts_at != signup.session_starts_at:
        told = reminders.from_now_on(told, world.campaign.zone, now)
    owed = OweLetter(LetterName.CHANGED, signup.id, signup.version + 1, "session")
    hears = session.edition > signup.told and now < session.ends_at
    return [Save(told), *([owed] if hears else [])]
