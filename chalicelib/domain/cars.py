"""Cars that somebody may ask for a place, as others see them: an area, a band, places free."""

from chalicelib.domain import ids
from chalicelib.domain.lift import HOLDING, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import OfferState


def listed_under(thing: SignUp | Offer | Request | Lift) -> str | None:
    """The event whose page lists that car; None when nobody may ask for it.

    An offer "wherever I am needed most" is left to the matching until it has a lift.
    """
    match thing:
        case Offer(state=OfferState.OPEN, lift_id="") if thing.sessions:
            return ids.event_of(thing.sessions[0])
        case Lift() if thing.state in HOLDING and thing.free.total:
            return thing.event_id
    return None
