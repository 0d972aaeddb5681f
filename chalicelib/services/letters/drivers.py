"""What letters to drivers say: about their offer, and about the lift that it has become.

A rider is a first name and an area there; where exactly they wait is on the manage page,
from two days before (PROMISES section 4).
"""

from datetime import timedelta
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.calendar import Entry, Method
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.event import Session
from chalicelib.domain.lift import SEEN_BEFORE, Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.states import LiftState, ended, undo_until
from chalicelib.errors import NotFound
from chalicelib.services.letters.contents import (
    Contents,
    day_of,
    entry,
    link,
    manage_link,
    meeting_points,
    sessions_of,
    span_of,
)
from chalicelib.services.letters.organisers import confirm
from matching.travel import drive_s

MOST_VERSIONS = 1000
"""Versions of a lift that fit between two of its offer; a lift has a few dozen at most."""


def of_offer(world: Adapters, owed: OweLetter, offer: Offer) -> Contents:
    """A letter about an offer.

    Raises
    ------
    NotFound
        When it should take a lift out of their calendar in whose place another stands by now.
    """
    if owed.about.endswith("_lift") and _agreed_anew(world, offer):
        raise NotFound("They have another lift, and a letter about it.")
    email = offer.person.email
    if owed.name is LetterName.CONFIRM_ADDRESS:
        return confirm(world, offer.id, "offer", email)
    sessions = sessions_of(world, {*(offer.sessions or ()), *offer.told, *offer.told_off})
    facts: dict[str, Any] = {
        "kind": "offer",
        "about": owed.about,
        "offer": offer,
        "day": day_of(offer.id),
        "sessions": sessions,
        "respond_within": world.campaign.respond_within,
        "lift": None,
        "undo_until": undo_until(offer.state, offer.ended_at, at=world.now()),
    }
    if owed.name is LetterName.CHANGED:
        facts["meeting_points"] = meeting_points(world, sessions)
    if facts["undo_until"] or not ended(offer.state):
        facts["manage"] = manage_link(world, offer.id, sessions)
    if owed.about.endswith("_lift"):
        return Contents(email, facts, _gone(world, offer, sessions), Method.CANCEL)
    return Contents(email, facts)


def _agreed_anew(world: Adapters, offer: Offer) -> bool:
    lift = world.bookings.many([offer.lift_id]).get(offer.lift_id)
    return isinstance(lift, Lift) and lift.state in {LiftState.ACCEPTED, LiftState.LOCKED}


def of_lift(world: Adapters, owed: OweLetter, lift: Lift) -> Contents:
    """A letter about a lift, to its driver.

    Raises
    ------
    NotFound
        When the driver is not in it any more.
    """
    offer = world.bookings.get(Offer, lift.offer_id)
    if offer.lift_id != lift.id:
        raise NotFound("The driver is not in that lift.")
    sessions = sessions_of(world, [lift.session_id])
    facts: dict[str, Any] = {
        "kind": "lift",
        "about": owed.about,
        "lift": lift,
        "drops": [lift.place(one) for one in lift.drops],
        "extra": _extra(lift),
        "seen_from": lift.leave_at - SEEN_BEFORE,
        "manage": manage_link(world, offer.id, sessions),
    }
    if lift.state is LiftState.PROPOSED:
        facts["respond"] = link(world, Purpose.RESPOND, lift.id, lift.respond_by)
        return Contents(offer.person.email, facts)
    if owed.name is LetterName.PLACE_ASKED:
        facts |= _asked(world, lift)
        return Contents(offer.person.email, facts)
    return Contents(offer.person.email, facts, _entry(world, offer, lift, facts))


def _asked(world: Adapters, lift: Lift) -> dict[str, Any]:
    """Everyone who asks at this moment, and a link for as long as any of them may be answered."""
    asks = sorted((one for one in lift.asks if world.now() < one.until), key=lambda one: one.until)
    respond = link(world, Purpose.RESPOND, lift.id, asks[-1].until)
    return {"asks": asks, "until": asks[0].until, "respond": respond}


def _extra(lift: Lift) -> timedelta:
    """How much longer the driver is under way than alone, out and back together."""
    home, venue = (lift.start.lat, lift.start.lon), (lift.venue.lat, lift.venue.lon)
    under_way, alone_s = lift.arrive_at - lift.leave_at, drive_s(home, venue)
    if lift.back_at and lift.home_at:
        under_way += lift.home_at - lift.back_at
        alone_s += drive_s(venue, home)
    if lift.alone_s is not None:  # the run that made it may have known the roads
        alone_s = lift.alone_s
    return max(under_way - timedelta(seconds=alone_s), timedelta())


def _entry(world: Adapters, offer: Offer, lift: Lift, facts: dict[str, Any]) -> Entry:
    """From leaving until the driver is home, or until the session ends."""
    return entry(
        world,
        offer.id,
        sequence(offer, lift.version),
        offer.person,
        title=f"Drive to {lift.venue.near}: {lift.title}",
        span=(lift.leave_at, lift.home_at or lift.ends_at),
        where=offer.start.label,
        template="emails/calendar_driver.txt",
        facts=facts,
    )


def _gone(world: Adapters, offer: Offer, sessions: tuple[Session, ...]) -> Entry:
    return entry(
        world,
        offer.id,
        sequence(offer, 0),
        offer.person,
        title="Drive",
        span=span_of(world, offer.id, sessions),
        where=offer.start.label,
    )


def sequence(offer: Offer, lift_version: int) -> int:
    """Rises with every version of a lift, and from each lift of the offer to the next.

    An offer is stored anew when a lift takes or leaves it; in between, only the lift is.
    """
    return offer.version * MOST_VERSIONS + min(lift_version, MOST_VERSIONS - 1)
