"""A day with one car, in which there is room for whoever comes back."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import route
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState
from chalicelib.services import wishes
from matching.travel import drive_s
from tests.builders import a_lift_day, a_session, store
from tests.chalicelib.services.matched import BO, DAN, RIA


def a_car(world: Adapters, *, state: LiftState = LiftState.ACCEPTED) -> Lift:
    """Dan drives Ria and Bo, at times as the estimate has them; each has their claim."""
    lift = replace(a_lift_day(world, state=state), seats=Places(standard=3), version=1)
    lift = route.timed(lift, drive_s)
    store(world, lift)
    claims = [wishes.claim(world.bookings.get(Request, one)) for one in (RIA, BO)]
    world.commit([*claims, wishes.claim(world.bookings.get(Offer, DAN))])
    return world.bookings.get(Lift, lift.id)


def free(world: Adapters) -> int:
    """Places of the session that nobody has."""
    return world.events.sessions([a_session().id])[a_session().id].free
