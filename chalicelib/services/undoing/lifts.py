"""A driver who declined a lift thinks again."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import lift as rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, Save, Take
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from chalicelib.errors import Conflict, Expired
from chalicelib.services import holding
from chalicelib.services.lifts import LATE
from chalicelib.services.undoing import selves

GONE = (
    "Your riders are being offered another lift already, or you have another plan yourself, so "
    "this one cannot come back. We write to you when there are others on your way."
)


def restore(world: Adapters, lift_id: str) -> Lift:
    """Propose it to its driver once more, with all its riders; accepting is a step of its own.

    Raises
    ------
    Conflict
        When they declined too long ago, or somebody in it is elsewhere by now.
    Expired
        When the time to answer has passed.
    """
    lift = world.bookings.get(Lift, lift_id)
    if lift.state is not LiftState.CANCELLED:
        return lift
    proposed = rules.restore(lift, at=world.now())
    if world.now() > lift.respond_by:
        raise Expired(LATE)
    offer = world.bookings.get(Offer, lift.offer_id)
    found = world.bookings.many(one.request_id for one in lift.places)
    riders = [one for one in found.values() if isinstance(one, Request)]
    everyone: list[Offer | Request] = [offer, *riders]
    others = selves.others(world, everyone)
    if not all(_is_free(others, one) for one in everyone) or len(riders) < len(lift.places):
        raise Conflict(GONE)
    declined = tuple(one for one in offer.declined if one not in found)
    changes: list[Change] = [
        Save(proposed),
        Save(replace(offer, lift_id=lift.id, declined=declined)),
        *(Save(request_rules.offer(one, lift.id)) for one in riders),
        Take(lift.session_id, lift.people),
        *holding.held(lift, everyone),
        *selves.kept_so(others, everyone),
    ]
    world.commit(changes)
    return replace(proposed, version=lift.version + 1)


def _is_free(others: selves.Others, wish: Offer | Request) -> bool:
    waits = wish.state in {OfferState.OPEN, RequestState.WAITING} and not wish.lift_id
    return waits and selves.is_free(others, wish)
