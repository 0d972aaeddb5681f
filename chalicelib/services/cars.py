"""Cars as they are stored: an offer, its lift if it has one, and who rides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.event import Event, Session
from chalicelib.domain.lift import EARLY, HOLDING, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState
from chalicelib.errors import NotFound, Outdated
from chalicelib.storage.bookings import Booking
from matching.travel import drive_s

GONE = "That car is not there any more."


@dataclass(frozen=True, slots=True)
class Car:
    """A car that somebody may join.

    Attributes
    ----------
    lift
        Its lift; before it is stored where the offer has none yet.
    riders
        Id -> request of everyone in the lift.
    busy
        Whether its driver rides in another car that day, as they were willing to.
    """

    offer: Offer
    lift: Lift
    riders: Mapping[str, Request]
    busy: bool = False

    @property
    def placed(self) -> tuple[Request, ...]:
        """The requests that have a place in the lift, in pickup order."""
        return tuple(self.riders[place.request_id] for place in self.lift.places)

    @property
    def open(self) -> bool:
        """Whether anybody may join it now."""
        return self.offer.state is OfferState.OPEN and not self.busy

    @property
    def whole(self) -> bool:
        """Whether offer, lift and riders were read as they belong together."""
        known = all(request_id in self.riders for request_id in self.lift.rides)
        return known and self.offer.lift_id in {"", self.lift.id}


def read(world: Adapters, car_id: str) -> Car:
    """The car of that offer or lift.

    A lift that has ended since somebody saw it may have left its driver's offer open.

    Raises
    ------
    NotFound
        When it is there no longer, or has no session that anybody may come to.
    Outdated
        When it was just changed, between two looks at it: look again.
    """
    thing = _thing(world, car_id) if ids.is_ours(car_id) else None
    if isinstance(thing, Lift) and thing.state not in HOLDING:
        thing = _thing(world, thing.offer_id)
    if isinstance(thing, Offer) and thing.lift_id:
        thing = _thing(world, thing.lift_id)
        if not isinstance(thing, Lift) or thing.state not in HOLDING:
            raise Outdated(GONE)
    if isinstance(thing, Lift):
        return _with_riders(world, thing)
    if isinstance(thing, Offer) and thing.sessions:
        return _empty(world, thing, thing.sessions[0])
    raise NotFound(GONE)


def _thing(world: Adapters, thing_id: str) -> Booking | None:
    return world.bookings.many([thing_id]).get(thing_id)


def _with_riders(world: Adapters, lift: Lift) -> Car:
    car = of(world.bookings.many([lift.offer_id, *lift.rides]), lift)
    if car is None:
        raise NotFound(GONE)
    if not car.whole:
        raise Outdated(GONE)
    return car


def of(found: Mapping[str, Booking], lift: Lift) -> Car | None:
    """The car of that lift, out of what was *found* by its id; None when its offer is not there."""
    offer = found.get(lift.offer_id)
    if not isinstance(offer, Offer):
        return None
    riders = (found.get(request_id) for request_id in lift.rides)
    known = {one.id: one for one in riders if isinstance(one, Request) and one.lift_id == lift.id}
    return Car(offer, lift, known)


def _empty(world: Adapters, offer: Offer, session_id: str) -> Car:
    event, sessions = world.events.get(ids.event_of(session_id))
    session = next((one for one in sessions if one.id == session_id), None)
    if session is None or not session.published:
        raise NotFound(GONE)
    other = world.bookings.many([offer.either_with]).get(offer.either_with)
    busy = isinstance(other, Request) and bool(other.lift_id)
    return Car(offer, alone(offer, event, session), {}, busy)


def alone(offer: Offer, event: Event, session: Session) -> Lift:
    """The lift in which the driver goes alone, as the estimate has the roads."""
    home, venue = (offer.start.lat, offer.start.lon), (event.venue.lat, event.venue.lon)
    out_s, back_s = drive_s(home, venue), drive_s(venue, home) if offer.both_ways else 0
    arrive_at = session.starts_at - EARLY
    home_at = session.ends_at + timedelta(seconds=back_s)
    day = ids.day_of(offer.id).replace("-", "")
    return Lift(
        # One for each version of the offer: asked for twice at once, it is made once.
        id=f"lift-{day}-{ids.tail(f'{offer.id}:{offer.version}')}",
        event_id=event.id,
        session_id=session.id,
        edition=session.edition,
        title=session.title,
        venue=session.venue,
        meeting_point=event.meeting_point,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        offer_id=offer.id,
        driver=offer.person.first_name,
        start=offer.start,
        leave_at=arrive_at - timedelta(seconds=out_s),
        places=(),
        arrive_at=arrive_at,
        back_at=session.ends_at if offer.both_ways else None,
        drops=(),
        home_at=home_at if offer.both_ways else None,
        state=LiftState.PROPOSED,
        respond_by=arrive_at,
        run=0,
        alone_s=out_s + back_s,
        seats=offer.seats,
        auto=offer.auto,
        claimed=True,
    )
