"""A driver comes after all, and so does the lift, as far as its riders still wait for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, route
from chalicelib.domain import lift as lift_rules
from chalicelib.domain import offer as rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from chalicelib.errors import Busy, Full, Outdated
from chalicelib.services import holding, wishes
from chalicelib.services.asks import ATTEMPTS, BUSY
from chalicelib.services.undoing import selves
from chalicelib.storage.bookings import Booking


def restore(world: Adapters, offer_id: str) -> Offer:
    """Open the offer again, with the lift that ended by its withdrawal where that can be.

    Raises
    ------
    Conflict
        When it was withdrawn too long ago, or its owner has another lift that day by now.
    Busy
        When others kept changing the lift.
    """
    same_lift = True
    for _ in range(ATTEMPTS):
        offer = world.bookings.get(Offer, offer_id)
        if offer.state is not OfferState.WITHDRAWN:
            return offer
        opened = rules.restore(offer, at=world.now())
        changes = _with_lift(world, offer, opened) if same_lift else []
        try:
            alone = _alone(opened, left=offer.left)
            world.commit([*(changes or alone), wishes.claim(offer)])
        except Outdated:
            continue
        except Full:
            same_lift = False
            continue
        return world.bookings.get(Offer, offer_id)
    raise Busy(BUSY)


def _alone(offer: Offer, *, left: str) -> list[Change]:
    """It is open. The letter that took the lift out of their calendar may be moot by this."""
    about = "left_lift" if left else ""
    owed = OweLetter(LetterName.OFFER_OPEN, offer.id, offer.version + 1, about)
    return [Save(offer), owed, OweRun(ids.day_of(offer.id))]


def _with_lift(world: Adapters, offer: Offer, opened: Offer) -> list[Change]:
    """The lift comes back at the times that its riders know; nothing where none waits for it."""
    lift = world.bookings.many([offer.left]).get(offer.left)
    if not isinstance(lift, Lift) or not _can_be(world, lift):
        return []
    riders = _riders(world.bookings.many(one.request_id for one in lift.places), lift, world.now())
    others = selves.others(world, [offer, *riders])
    riders = [one for one in riders if selves.is_free(others, one)]
    if not riders or not selves.is_free(others, offer):
        return []
    rest = lift_rules.revive(_with(lift, riders), withdrawn_at=offer.ended_at, at=world.now())
    return [
        Save(rest),
        Save(rules.take(opened, lift.id)),
        Take(lift.session_id, rest.people),
        OweLetter(LetterName.LIFT_ACCEPTED, lift.id, lift.version + 1),
        *holding.held(rest, [offer, *riders]),
        *selves.kept_so(others, [offer, *riders]),
        *(change for one in riders for change in _told(offer, lift, one, world.now())),
    ]


def _can_be(world: Adapters, lift: Lift) -> bool:
    """Whether its session is as the lift has it, and not over."""
    session = world.events.sessions([lift.session_id]).get(lift.session_id)
    same = session is not None and session.published and session.edition == lift.edition
    return same and lift.state is LiftState.CANCELLED and world.now() < lift.ends_at


def _riders(found: Mapping[str, Booking], lift: Lift, now: datetime) -> list[Request]:
    """Those who lost this lift and have none yet; once it was there, those to bring back."""
    state = RequestState.WAITING if now < lift.arrive_at else RequestState.COMPLETED
    riders = (found.get(place.request_id) for place in lift.places)
    return [
        one
        for one in riders
        if isinstance(one, Request) and one.lost == lift.id and one.state is state
    ]


def _with(lift: Lift, riders: Sequence[Request]) -> Lift:
    """The lift with no others in it; times stay as told."""
    back = {one.id for one in riders}
    for place in lift.places:
        if place.request_id not in back:
            lift = route.stop_left_out(lift, place.request_id)
    return lift


def _told(offer: Offer, lift: Lift, rider: Request, now: datetime) -> list[Change]:
    version = rider.version + 1
    if rider.state is RequestState.WAITING:
        confirmed = request_rules.accept(request_rules.offer(rider, lift.id))
        return [Save(confirmed), OweLetter(LetterName.LIFT_CONFIRMED, rider.id, version)]
    taken = request_rules.taken_back(rider, withdrawn_at=offer.ended_at, at=now)
    return [Save(taken), OweLetter(LetterName.CHANGED, rider.id, version, "way_back")]
