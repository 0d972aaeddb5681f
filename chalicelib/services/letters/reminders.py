"""What reminders say: the question, and the plan again; afterwards the question alone.

They change nothing in anybody's calendar.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain import reminders as rules
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import NotFound
from chalicelib.services.letters import drivers, riders, signups
from chalicelib.services.letters.contents import Contents, link

REMINDERS = frozenset({LetterName.REMINDER, LetterName.AFTERWARDS})
Reminded = Lift | Request | SignUp


def contents(world: Adapters, owed: OweLetter, thing: Reminded) -> Contents:
    """A reminder, or the question afterwards.

    Raises
    ------
    NotFound
        When it comes too late to be of use, or what it tells of has changed meanwhile.
    """
    timed = world.bookings.get(Lift, thing.lift_id) if isinstance(thing, Request) else thing
    name = owed.about if owed.name is LetterName.REMINDER else rules.AFTERWARDS
    if not rules.in_time(name, timed, world.campaign.zone, world.now()):
        raise NotFound("It comes too late.")
    told = _told(world, owed, thing)
    at, until = _at(told.facts), rules.answered_by(name, timed)
    answers = thing.offer_id if isinstance(thing, Lift) else thing.id
    purpose = Purpose.HAPPENED if owed.name is LetterName.AFTERWARDS else Purpose.STILL
    facts = {
        **told.facts,
        "at": at,
        "in_days": _days_until(world, at),
        "answer": link(world, purpose, answers, until),
        "until": until,
    }
    return Contents(told.to, facts)


def _told(world: Adapters, owed: OweLetter, thing: Reminded) -> Contents:
    """What other letters about it tell."""
    match thing:
        case Lift():
            return drivers.of_lift(world, owed, thing)
        case Request():
            return riders.contents(world, owed, thing)
    told = signups.contents(world, owed, thing)
    if told.facts["session"].starts_at != thing.session_starts_at:
        raise NotFound("It has been moved, of which another letter tells.")
    return told


def _at(facts: Mapping[str, Any]) -> datetime:
    """When the reader sets out, is picked up, or is expected."""
    at: datetime
    match facts["kind"]:
        case "lift":
            at = facts["lift"].leave_at
        case "request":
            at = facts["place"].pickup_at
        case _:
            at = facts["session"].starts_at
    return at


def _days_until(world: Adapters, at: datetime) -> int:
    """Midnights from now until then, by the campaign's clock: 0 today, 1 tomorrow."""
    zone = world.campaign.zone
    return (at.astimezone(zone).date() - world.now().astimezone(zone).date()).days
