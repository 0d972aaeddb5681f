"""What people say afterwards: whether they went.

The first answer stands. It changes nothing for anybody: it only tells how many of those who say
that they come do come (`turn_up`).
"""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.adapters import Adapters
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain import signup as signup_rules
from chalicelib.domain.change import Save
from chalicelib.domain.event import Event
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import OfferState, RequestState, SignUpState


class Answer(StrEnum):
    """What can be said."""

    YES = "yes"
    NO = "no"
    NO_CAR = "no_car"


_ALL, _EITHER = frozenset(Answer), frozenset({Answer.YES, Answer.NO})

CHOICES: Mapping[str, frozenset[Answer]] = {"signup": _EITHER, "offer": _EITHER, "request": _ALL}
"""Kind of booking -> the answers that its owner may give."""


def take(world: Adapters, thing_id: str, answer: Answer) -> None:
    """Keep somebody's answer, unless they have given one, or nothing is asked any more."""
    thing = world.bookings.many([thing_id]).get(thing_id)
    if isinstance(thing, SignUp | Offer | Request) and is_open(thing):
        world.commit([Save(_said(thing, answer))])


def is_open(thing: Event | SignUp | Offer | Request) -> bool:
    """Whether its owner may still answer."""
    match thing:
        case SignUp():
            return thing.state is SignUpState.COMING
        case Request():
            return thing.state is RequestState.CONFIRMED
        case Offer():
            return thing.state is OfferState.CLOSED and thing.came is None
    return False


def _said(thing: SignUp | Offer | Request, answer: Answer) -> SignUp | Offer | Request:
    came = answer is Answer.YES
    match thing:
        case SignUp():
            return signup_rules.happened(thing, came=came)
        case Offer():
            return offer_rules.happened(thing, came=came)
        case Request():
            no_car = answer is Answer.NO_CAR
            return request_rules.happened(thing, came=came, no_car=no_car)
