"""When the passing of time alone next changes a booking.

`services.deadlines` looks at what is due and does what the time asks for; every such step is
stored, so that what was due once is not due again for the same cause.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain import reminders
from chalicelib.domain.lift import LOCKED_BEFORE, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState


def due_at(thing: SignUp | Offer | Request | Lift, zone: ZoneInfo) -> datetime | None:
    """The instant, or None when only people and runs change it. A car's riders go by its own."""
    match thing:
        case Lift():
            asked = reminders.pending(thing, zone).values()
            return min([*_of_lift(thing), *asked], default=None)
        case SignUp():
            return min(reminders.pending(thing, zone).values(), default=None)
    return None


def _of_lift(lift: Lift) -> list[datetime]:
    answers = [ask.until for ask in lift.asks]
    match lift.state:
        case LiftState.PROPOSED:
            return [lift.respond_by]
        case LiftState.ACCEPTED:
            return [lift.leave_at - LOCKED_BEFORE, *answers]
        case LiftState.LOCKED:
            return [lift.ends_at, *answers]
    return []
