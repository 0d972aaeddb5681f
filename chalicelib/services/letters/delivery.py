"""Sending one owed letter: claimed, found true, written, sent, settled.

A letter is sent by whoever claims its row, and nobody claims it twice. So when we die
between any two steps, it is sent once or, at worst, not at all: its row then stays in
"sending", which means unknown, and it is not sent again (PROMISES R8).
"""

import logging

from chalicelib import calendar, mail
from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.change import OweLetter
from chalicelib.domain.event import Event
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import Busy, Conflict, NotAllowed, NotFound
from chalicelib.services.letters import drivers, organisers, riders, signups
from chalicelib.services.letters.contents import Contents
from chalicelib.services.letters.truth import Thing, still_true

log = logging.getLogger("marginal_lifts")

ABSENT = "It is not there any more."


def deliver(world: Adapters, row_id: str) -> None:
    """Send the letter that an outbox row stands for, unless that has been done.

    Raises
    ------
    Busy
        When it was not sent, and is owed again: the queue brings it back.
    """
    try:
        owed = world.outbox.claim(row_id, world.token())
    except (Conflict, NotFound):
        log.info("outbox %s is settled or claimed already", row_id)
        return
    try:
        letter = _letter(world, row_id, owed)
    except NotFound:
        world.outbox.settle(row_id, "moot")
        return
    except Exception:
        log.warning("outbox %s: not written, and owed again", row_id)
        world.outbox.give_back(row_id)
        raise
    _send(world, row_id, letter)


def _send(world: Adapters, row_id: str, letter: mail.Letter) -> None:
    try:
        message_id = world.mailer.send(letter)
    except NotAllowed:
        log.warning("outbox %s: refused", row_id)
        world.outbox.settle(row_id, "refused")
    except Busy:
        world.outbox.give_back(row_id)
        raise
    except mail.Unknown:
        log.warning("outbox %s: sent or not, no answer came", row_id)
    else:
        world.outbox.settle(row_id, "sent", message_id)


def _letter(world: Adapters, row_id: str, owed: OweLetter) -> mail.Letter:
    """Write the letter from what is stored now.

    Raises
    ------
    NotFound
        When what it is about is gone, or is not as the letter would tell it.
    """
    thing = _thing(world, owed.thing_id)
    if not still_true(owed, thing, world.now()):
        raise NotFound(ABSENT)
    contents = _contents(world, owed, thing)
    return mail.write(
        owed.name,
        world.campaign,
        world.base_url,
        key=row_id,
        to=contents.to,
        at=world.now(),
        facts=contents.facts,
        calendar=_calendar(world, contents),
        method=str(contents.method) if contents.entry else "",
    )


def _thing(world: Adapters, thing_id: str) -> Thing:
    if ids.kind_of(thing_id) == "event":
        return world.events.get(thing_id)[0]
    found = world.bookings.many([thing_id]).get(thing_id)
    if found is None:
        raise NotFound(ABSENT)
    return found


def _contents(world: Adapters, owed: OweLetter, thing: Thing) -> Contents:
    match thing:
        case Event():
            return organisers.contents(world, owed, thing)
        case SignUp():
            return signups.contents(world, owed, thing)
        case Offer():
            return drivers.of_offer(world, owed, thing)
        case Lift():
            return drivers.of_lift(world, owed, thing)
        case Request():
            return riders.contents(world, owed, thing)


def _calendar(world: Adapters, contents: Contents) -> str:
    if contents.entry is None:
        return ""
    campaign = world.campaign
    return calendar.invitation(
        contents.method,
        contents.entry,
        sender=campaign.sender,
        zone=campaign.zone,
        now=world.now(),
    )
