"""Sending a form: the same form twice makes one thing (PROMISES R5)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Change
from chalicelib.domain.event import Event
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import Conflict, NotFound

Sent = TypeVar("Sent", Event, SignUp, Offer, Request)

OTHER_FORM = (
    "This form has been sent already, with other answers. To change what you sent, use the "
    "link in our letter; to send another, start a new form."
)


def once(world: Adapters, new: Sent, changes: Sequence[Change], stored: Callable[[], Sent]) -> Sent:
    """Commit *changes*, which make *new*; where it is there already, return what is there.

    Raises
    ------
    Conflict
        When the same form was sent before with other answers.
    """
    try:
        world.commit(changes)
    except Conflict:
        try:
            there = stored()
        except NotFound:
            there = None
        if there is None:
            raise
        if not _same_form(there, new):
            raise Conflict(OTHER_FORM) from None
        return there
    return replace(new, version=1)


def _same_form(there: Sent, new: Sent) -> bool:
    """Whether both were made of the same answers, whatever has become of the older one."""
    return _answers(there) == _answers(new)


def _answers(thing: SignUp | Offer | Request | Event) -> tuple[object, ...]:
    match thing:
        case SignUp():
            return thing.person, thing.session_id, thing.people
        case Offer():
            return thing.person, thing.start, thing.seats, thing.earliest_at, thing.sessions
        case Request():
            return thing.person, thing.start, thing.needs, thing.earliest_at, thing.sessions
        case Event():
            return thing.organiser, thing.kind, thing.title, thing.venue
