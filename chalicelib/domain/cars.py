"""Cars that somebody may ask for a place, as others see them: an area, a band, places free."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import ids
from chalicelib.domain.bands import half_hour, places_free
from chalicelib.domain.event import Session
from chalicelib.domain.lift import HOLDING, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, OfferState, RequestState


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A car as anybody may see it: no home, no minute, no count beyond a band (PROMISES S10).

    Attributes
    ----------
    id
        Of its lift, or of its offer where it has none yet: what is asked for.
    session
        The session that it goes to.
    driver
        The driver's first name.
    area
        Where it comes from: "near Chorlton (M21)".
    leaves
        The half hour in which it leaves.
    room
        Places free, in words.
    at_once
        Whether who fits has a place without the driver being asked.
    """

    id: str
    session: Session
    driver: str
    area: str
    leaves: tuple[datetime, datetime]
    both_ways: bool
    room: str
    at_once: bool

    @property
    def name(self) -> str:
        """ "Dan’s car from near Chorlton (M21)"."""
        return f"{self.driver}’s car from {self.area}"

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return self.id


def of_offer(offer: Offer, session: Session, leave_at: datetime) -> Listed:
    """The car of an offer that is in no lift; *leave_at* is an estimate."""
    return Listed(
        offer.id,
        session,
        offer.person.first_name,
        offer.start.area,
        half_hour(leave_at),
        both_ways=offer.both_ways,
        room=places_free(offer.seats),
        at_once=offer.auto,
    )


def of_lift(lift: Lift, session: Session) -> Listed:
    """The car of a lift. Of one that is only proposed, the driver is asked in any case."""
    return Listed(
        lift.id,
        session,
        lift.driver,
        lift.start.area,
        half_hour(lift.leave_at),
        both_ways=lift.back_at is not None,
        room=places_free(lift.free),
        at_once=lift.auto and lift.state is not LiftState.PROPOSED,
    )


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """Whose answer a rider waits for, and until when at the latest."""

    driver: str
    until: datetime


def waiting_for(request: Request, lift: Lift | None) -> WaitingFor | None:
    """Of a rider who chose that car; whom the matching asks on its own, it tells nobody."""
    if lift is None or request.state is not RequestState.OFFERED or request.car != lift.offer_id:
        return None
    ask = lift.ask(request.id)
    return WaitingFor(lift.driver, ask.until if ask else lift.respond_by)
