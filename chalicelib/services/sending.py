"""Sending a form: the same form twice makes one thing (PROMISES R5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Change
from chalicelib.domain.event import Event
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import Conflict, NotFound

Sent = TypeVar("Sent", Event, SignUp, Offer, Request)

_LIVED = frozenset(
    {
        *{"state", "version", "created_at", "told", "lift_id", "declined", "reason", "help"},
        *{"car", "lost", "moved_at", "ended_at", "cancelled_at", "left", "came", "reminded"},
        *{"session_starts_at", "session_ends_at", "told_off", "cancelled_in", "no_car"},
    }
)
"""What no form asks for: it begins when a thing is stored, and changes after that."""

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


def _answers(thing: SignUp | Offer | Request | Event) -> Mapping[str, object]:
    """The thing's fields, less those that its own life changes."""
    return {one.name: getattr(thing, one.name) for one in fields(thing) if one.name not in _LIVED}
