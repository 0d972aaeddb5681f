"""What the passing of time changes: locks, expiries, ends and reminders, within a minute.

The index says what to look at; what is stored, read consistently, says what to do. Every step
is a commit of its own on the condition that nobody else changed the booking, so two sweeps at
once, or one that dies anywhere, do everything once (PROMISES R11, R14).
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import deadlines as rules
from chalicelib.domain import ids
from chalicelib.domain.change import Change, OweRun, Save
from chalicelib.domain.lift import HOLDING, Lift
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState
from chalicelib.errors import Busy, Conflict
from chalicelib.services import lift_settling, reminding, settling
from chalicelib.storage.bookings import Booking

log = logging.getLogger("marginal_lifts")

MOST = 1000
"""Bookings that one sweep looks at. Each takes four calls of some milliseconds, so that is half a
minute; 100,000 who are reminded at the same hour take under two, of the four until it is late."""

LONGEST = timedelta(seconds=45)
"""What is left then waits for the next sweep, a minute after this one began."""

MOST_STEPS = 8
"""Steps of one booking in one sweep: all of its life, should we have slept through it."""

AGAIN_IN = timedelta(minutes=10)
"""When a booking that failed is looked at again; until then it keeps no other waiting."""


def pass_time(world: Adapters) -> None:
    """Bring what is due to where the time has brought it, soonest first."""
    began = world.now()
    for booking_id in world.bookings.due(most=MOST):
        if world.now() - began > LONGEST:
            log.warning("deadlines: more is due than one sweep can do")
            return
        _bring_up(world, booking_id)


def _bring_up(world: Adapters, booking_id: str) -> None:
    """One that fails is put off, and keeps none of the others waiting."""
    try:
        _walk(world, booking_id)
    except Busy:
        log.warning("deadlines: %s is left to the next sweep", booking_id)
    except Exception:
        log.exception("deadlines: %s failed", booking_id)
        _put_off(world, booking_id, world.now() + AGAIN_IN)


def _walk(world: Adapters, booking_id: str) -> None:
    """Do one step after another, each on what is stored then, until nothing is due."""
    for _ in range(MOST_STEPS):
        thing = world.bookings.many([booking_id]).get(booking_id)
        at = rules.due_at(thing, world.campaign.zone) if thing else None
        if thing is None or at is None or at > world.now():
            # Done; or the index named what is gone, or what an older release saw otherwise.
            _put_off(world, booking_id, at)
            return
        try:
            world.commit(_changes(world, thing))
        except Conflict:
            log.info("deadlines: %s was changed meanwhile", booking_id)


def _put_off(world: Adapters, booking_id: str, until: datetime | None) -> None:
    try:
        world.bookings.put_off(booking_id, until)
    except Busy:
        log.warning("deadlines: %s could not be put off", booking_id)


def _changes(world: Adapters, thing: Booking) -> Sequence[Change]:
    """The next step of what is due.

    Raises
    ------
    LookupError
        When there is none: then it must not stay due.
    """
    match thing:
        case Lift():
            changes = _of_lift(world, thing)
        case SignUp():
            session = world.events.sessions([thing.session_id]).get(thing.session_id)
            changes = settling.signup_changes(world, thing, session)
        case _:
            changes = []
    if not changes:
        raise LookupError("nothing can be done about it")
    return changes


def _of_lift(world: Adapters, lift: Lift) -> list[Change]:
    if lift.state not in HOLDING:
        return reminding.lift_changes(world, lift)
    session = world.events.sessions([lift.session_id]).get(lift.session_id)
    changes = lift_settling.changes(world, lift, session)
    if _ends(changes):
        changes.append(OweRun(ids.day_of(lift.id)))
    return changes or reminding.lift_changes(world, lift)


def _ends(changes: Sequence[Change]) -> bool:
    """Whether they free a car's riders, and owe no run for them yet."""
    ended = any(
        isinstance(one, Save) and isinstance(one.thing, Lift)
        and one.thing.state is LiftState.CANCELLED
        for one in changes
    )  # fmt: skip
    return ended and not any(isinstance(one, OweRun) for one in changes)
