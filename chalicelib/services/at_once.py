"""A driver changes their mind on who may join the car without being asked.

At any time, unlike the other answers of an offer: it is about people who are not in the car yet.
"""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Change, LetterName, OweLetter, Save
from chalicelib.domain.lift import HOLDING, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.states import OfferState
from chalicelib.errors import Conflict


def allow(world: Adapters, offer: Offer, *, auto: bool) -> Offer:
    """Let whoever fits join the car of *offer*, as its owner saw it, at once; or ask each time.

    Raises
    ------
    Conflict
        When it has ended, or has been changed since.
    """
    if offer.state is not OfferState.OPEN:
        raise Conflict("This offer is over, so it stays as it is.")
    if auto == offer.auto:
        return offer
    changed = replace(offer, auto=auto)
    changes: list[Change] = [
        Save(changed),
        OweLetter(LetterName.CHANGED, offer.id, offer.version + 1, "details"),
    ]
    if offer.lift_id:
        lift = world.bookings.get(Lift, offer.lift_id)
        changes += [Save(replace(lift, auto=auto))] if lift.state in HOLDING else []
    world.commit(changes)
    return changed
