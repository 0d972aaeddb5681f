"""Writing one owed letter, from what is stored when it goes out."""

from dataclasses import replace

from chalicelib import calendar, mail
from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.event import Event
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import NotFound
from chalicelib.services.letters import drivers, organisers, reminders, riders, signups, stranded
from chalicelib.services.letters.contents import Contents
from chalicelib.services.letters.truth import Thing, still_true
from chalicelib.storage.outbox import Claimed

ABSENT = "It is not there any more."


def letter_for(world: Adapters, claimed: Claimed) -> mail.Letter:
    """Write the letter that a row stands for.

    Raises
    ------
    NotFound
        When what it is about is gone, or is not as the letter would tell it.
    """
    owed = claimed.letter
    thing = _thing(world, owed.thing_id)
    if not still_true(owed, thing, world.now()):
        raise NotFound(ABSENT)
    contents = _contents(world, owed, thing)
    letter = mail.write(
        owed.name,
        world.campaign,
        world.base_url,
        key=claimed.row_id,
        to=contents.to,
        at=world.now(),
        facts=contents.facts,
        calendar=_calendar(world, contents),
        method=str(contents.method) if contents.entry else "",
    )
    return replace(letter, edition=claimed.edition)


def _thing(world: Adapters, thing_id: str) -> Thing:
    if ids.kind_of(thing_id) == "event":
        return world.events.get(thing_id)[0]
    found = world.bookings.many([thing_id]).get(thing_id)
    if found is None:
        raise NotFound(ABSENT)
    return found


def _contents(world: Adapters, owed: OweLetter, thing: Thing) -> Contents:
    if owed.name in reminders.REMINDERS and isinstance(thing, reminders.Reminded):
        return reminders.contents(world, owed, thing)
    if owed.name is LetterName.RIDERS_STRANDED and isinstance(thing, Lift):
        return stranded.contents(world, thing)
    return _about(world, owed, thing)


def _about(world: Adapters, owed: OweLetter, thing: Thing) -> Contents:
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
