"""A rider's choice of a car, as they are shown it: placed, asked, or the next best."""

from dataclasses import dataclass

from chalicelib.adapters import Adapters
from chalicelib.domain.cars import Listed, WaitingFor, waiting_for
from chalicelib.domain.lift import Lift, Place
from chalicelib.domain.request import IN_A_LIFT, Request
from chalicelib.domain.states import RequestState
from chalicelib.services import asks, lifts_offered
from chalicelib.services.advice import WHY_NOT_THERE, why

REFUSED = frozenset({*WHY_NOT_THERE, asks.SESSION_FULL})
"""The reasons for which a car that somebody chose has no place for them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where a request stands once its rider has chosen, or not.

    Attributes
    ----------
    lift, place
        Once they have a place: the car and what is theirs in it.
    waiting_for
        Once they have asked: for whose answer.
    why
        Why the car that they chose has no place for them, in words; "" when none was refused.
    others
        Cars that would have a place for them now, best first.
    """

    request: Request
    lift: Lift | None = None
    place: Place | None = None
    waiting_for: WaitingFor | None = None
    why: str = ""
    others: tuple[Listed, ...] = ()


def look(world: Adapters, request_id: str) -> Chosen:
    """A request with the cars that its rider could choose."""
    request = world.bookings.get(Request, request_id)
    return Chosen(request, others=lifts_offered.fitting(world, request))


def choose(world: Adapters, request_id: str, car_id: str) -> Chosen:
    """Ask for a place in that car. Once they have one, or have asked, it changes nothing.

    Raises
    ------
    Conflict, Busy
        As `asks.choose`.
    """
    request = world.bookings.get(Request, request_id)
    if request.sessions:  # else the matching chooses where they go, and by whom
        request = asks.choose(world, request_id, car_id)
    return came_of(world, request)


def came_of(world: Adapters, request: Request) -> Chosen:
    """What came of the choice of a car, if one was made; where it failed, the next best."""
    if request.state in IN_A_LIFT:
        lift = world.bookings.get(Lift, request.lift_id)
        if request.state is RequestState.CONFIRMED:
            return Chosen(request, lift, lift.place(request.id))
        return Chosen(request, waiting_for=waiting_for(request, lift))
    if request.state is RequestState.WAITING and request.reason in REFUSED:
        others = lifts_offered.fitting(world, request)
        return Chosen(request, why=why(request.reason), others=others)
    return Chosen(request)
