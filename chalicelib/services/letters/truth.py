"""When a letter is still true: in which states of the thing that it is about.

A letter is owed in the transaction that stores what it tells, and written later, from what
is stored then. If the truth has moved on in between, the change that moved it owes a
letter of its own, and this one is moot: so the last letter tells the stored truth (R6).
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.event import Event
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import EventState, LiftState, OfferState, RequestState, SignUpState

Thing = Event | SignUp | Offer | Request | Lift
States = Mapping[type[Thing], frozenset[StrEnum]]

_AGREED = frozenset({LiftState.ACCEPTED, LiftState.LOCKED})
# A rider hears of a lift once its driver has said yes: until then they wait.
_STILL_WAITING = frozenset({RequestState.WAITING, RequestState.OFFERED})
_LIVING = _STILL_WAITING | {RequestState.CONFIRMED}
_WITHOUT_LIFT = _STILL_WAITING | {
    RequestState.CANCELLED,
    RequestState.NOT_PLACED,
    RequestState.EXPIRED,
}
_OPEN = frozenset({OfferState.OPEN})
_ENDED = frozenset({OfferState.WITHDRAWN, OfferState.EXPIRED, OfferState.CLOSED})
_COMING = frozenset({SignUpState.COMING})
_SIGNUP_OFF = frozenset({SignUpState.CANCELLED})


TRUE_IN: Mapping[tuple[LetterName, str], States] = {
    (LetterName.CONFIRM_ADDRESS, ""): {
        Event: frozenset({EventState.UNCONFIRMED}),
        SignUp: frozenset({SignUpState.UNCONFIRMED}),
        Offer: frozenset({OfferState.UNCONFIRMED}),
        Request: frozenset({RequestState.UNCONFIRMED}),
    },
    (LetterName.EVENT_IN_REVIEW, ""): {Event: frozenset({EventState.IN_REVIEW})},
    (LetterName.EVENT_TO_REVIEW, ""): {Event: frozenset({EventState.IN_REVIEW})},
    (LetterName.EVENT_PUBLISHED, ""): {Event: frozenset({EventState.PUBLISHED})},
    (LetterName.EVENT_CHANGED, ""): {
        Event: frozenset({EventState.IN_REVIEW, EventState.PUBLISHED})
    },
    (LetterName.SIGNUP_COMING, ""): {SignUp: _COMING},
    (LetterName.OFFER_OPEN, ""): {Offer: _OPEN},
    (LetterName.REQUEST_WAITING, ""): {Request: _STILL_WAITING},
    (LetterName.LIFT_PROPOSED, ""): {Lift: frozenset({LiftState.PROPOSED})},
    (LetterName.LIFT_ACCEPTED, ""): {Lift: _AGREED},
    (LetterName.LIFT_CONFIRMED, ""): {Request: frozenset({RequestState.CONFIRMED})},
    (LetterName.PLACE_ASKED, ""): {Lift: _AGREED},
    (LetterName.CHANGED, "session"): {
        SignUp: _COMING,
        Offer: _OPEN,
        Request: _LIVING,
        Lift: _AGREED,
    },
    (LetterName.CHANGED, "session_lift"): {Offer: _OPEN, Request: _STILL_WAITING},
    (LetterName.CHANGED, "pickup"): {Request: frozenset({RequestState.CONFIRMED})},
    (LetterName.CHANGED, "pickup_joined"): {Request: frozenset({RequestState.CONFIRMED})},
    (LetterName.CHANGED, "refused"): {Request: _STILL_WAITING},
    (LetterName.CHANGED, "rider_left"): {Lift: _AGREED},
    (LetterName.CHANGED, "rider_joined"): {Lift: _AGREED},
    (LetterName.CHANGED, "way_back"): {Request: frozenset({RequestState.CONFIRMED})},
    (LetterName.CHANGED, "again"): {SignUp: _COMING, Offer: _OPEN, Request: _STILL_WAITING},
    (LetterName.CHANGED, "details"): {SignUp: _COMING, Offer: _OPEN, Request: _LIVING},
    (LetterName.CANCELLED, "by_you"): {
        Event: frozenset({EventState.CANCELLED}),
        SignUp: _SIGNUP_OFF,
        Offer: frozenset({OfferState.WITHDRAWN}),
        Request: frozenset({RequestState.CANCELLED}),
    },
    (LetterName.CANCELLED, "by_you_lift"): {
        Offer: frozenset({OfferState.WITHDRAWN}),
        Request: frozenset({RequestState.CANCELLED}),
    },
    (LetterName.CANCELLED, "event"): {
        SignUp: _SIGNUP_OFF,
        Offer: _OPEN | _ENDED,
        Request: _WITHOUT_LIFT,
    },
    (LetterName.CANCELLED, "event_lift"): {Offer: _OPEN | _ENDED, Request: _WITHOUT_LIFT},
    (LetterName.CANCELLED, "driver"): {Request: _WITHOUT_LIFT},
    (LetterName.CANCELLED, "way_back"): {Request: frozenset({RequestState.COMPLETED})},
    (LetterName.CANCELLED, "riders"): {Offer: _OPEN},
    (LetterName.CANCELLED, "riders_lift"): {Offer: _OPEN | _ENDED},
    (LetterName.CANCELLED, "expired"): {Offer: _OPEN},
    # Who they are is asked where it is written: `letters.stranded`.
    (LetterName.RIDERS_STRANDED, ""): {Lift: frozenset({LiftState.CANCELLED})},
    (LetterName.NOT_PLACED, ""): {Request: frozenset({RequestState.NOT_PLACED})},
    # Whether it comes in time is asked where its letter is written: `letters.reminders`.
    (LetterName.REMINDER, ""): {
        Lift: _AGREED,
        Request: frozenset({RequestState.CONFIRMED}),
        SignUp: _COMING,
    },
    (LetterName.AFTERWARDS, ""): {
        Lift: frozenset({LiftState.COMPLETED}),
        Request: frozenset({RequestState.CONFIRMED}),
        SignUp: _COMING,
    },
}
"""(letter, about) -> kind of thing -> the states of it in which the letter may go out.

A word of *about* that ends in "_lift" says that the reader had an agreed lift in their
calendar, which the letter takes out again; so such a letter stays true for longer.
"""

_WITH_ABOUT = frozenset({LetterName.CHANGED, LetterName.CANCELLED})


def still_true(owed: OweLetter, thing: Thing, now: datetime) -> bool:
    """Whether *thing*, as it is stored now, is as the letter would tell it.

    Raises
    ------
    KeyError
        For a letter that this release does not know; another one may.
    """
    about = owed.about if owed.name in _WITH_ABOUT else ""
    states = TRUE_IN[owed.name, about].get(type(thing), frozenset())
    # A version below the letter's is not what it was owed for: a table put back in time.
    if thing.state not in states or thing.version < owed.version:
        return False
    match thing:
        case Lift(state=LiftState.PROPOSED):
            return now < thing.respond_by
        case Lift() if owed.name is LetterName.PLACE_ASKED:
            return any(now < ask.until for ask in thing.asks)
        case Offer() if owed.name is LetterName.OFFER_OPEN or about == "expired":
            # Else the plan that came meanwhile says more, but empties no calendar.
            return not thing.lift_id or owed.about.endswith("_lift")
    return True
