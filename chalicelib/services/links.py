"""What the links in letters open: one thing for one purpose (PROMISES S1)."""

from collections.abc import Callable, Mapping

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.event import Event
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.services import events, offers, requests, signups
from chalicelib.services.letters.contents import manage_link

Confirmed = Event | SignUp | Offer | Request

CONFIRM: Mapping[str, Callable[[Adapters, str], Confirmed]] = {
    "event": events.confirm,
    "signup": signups.confirm,
    "offer": offers.confirm,
    "request": requests.confirm,
}
"""Kind -> the deed that confirms a thing of that kind."""


def check(world: Adapters, thing_id: str, token: str, purpose: Purpose) -> str:
    """Pass when *token* may do *purpose* to that thing; return the thing's kind.

    Raises
    ------
    Expired
        When it may not, in the same words whatever the cause.
    """
    world.links.check(thing_id, token, purpose)
    return ids.kind_of(thing_id)


def to_manage(world: Adapters, booking_id: str) -> str:
    """The path of a new link to manage a booking, for its owner who came by another link."""
    return manage_link(world, booking_id).removeprefix(world.base_url)


def confirm(world: Adapters, thing_id: str, token: str) -> Confirmed:
    """The address is its owner's. Doing it twice is doing it once.

    Raises
    ------
    Expired
        When the link does not work.
    Conflict
        When it cannot be any more, such as when the session has filled.
    """
    kind = check(world, thing_id, token, Purpose.CONFIRM)
    return CONFIRM[kind](world, thing_id)
