"""One place a person and session, however they come: by their own means or in a car (R4)."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain import ids
from chalicelib.domain.change import Claim
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person
from chalicelib.domain.request import Request

REFUSED = (
    "You are already on the list of this session. The link in our letter about it shows and "
    "changes how you come."
)


def claim(session_id: str, person: Person, holder: str) -> Claim:
    """The claim that *holder*, a sign-up, an offer or a request, has on that session."""
    return Claim(ids.day_of(holder), f"come-{session_id}-{person.key}", holder, REFUSED)


def held(lift: Lift, wishes: Iterable[Offer | Request]) -> list[Claim]:
    """The claims of those whose places the lift holds."""
    if not lift.claimed:
        return []
    return [claim(lift.session_id, one.person, one.id) for one in wishes]


def let_go(lift: Lift, wishes: Iterable[Offer | Request]) -> list[Claim]:
    """The same claims, released."""
    return [replace(one, release=True) for one in held(lift, wishes)]
