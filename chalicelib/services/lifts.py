"""What becomes of a lift: the driver answers, a rider leaves it, the driver withdraws."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, route
from chalicelib.domain import lift as rules
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.errors import Conflict, Expired
from matching.travel import drive_s

LATE = (
    "The time to answer has passed, so these riders are being offered other lifts. Your offer "
    "stays open: we write to you when we have another plan."
)


def accept(world: Adapters, lift_id: str) -> Lift:
    """The driver says yes: every rider in it is told.

    Raises
    ------
    Conflict
        When the lift has changed or gone meanwhile.
    Expired
        When the time to answer has passed.
    """
    lift = world.bookings.get(Lift, lift_id)
    if lift.state in {LiftState.ACCEPTED, LiftState.LOCKED}:
        return lift
    if lift.state is LiftState.PROPOSED and world.now() > lift.respond_by:
        raise Expired(LATE)
    accepted = rules.accept(lift)
    changes: list[Change] = [Save(accepted), _to_driver(LetterName.LIFT_ACCEPTED, lift)]
    for request in riders(world, lift):
        confirmed = request_rules.accept(request)
        changes += [Save(confirmed), _to_rider(LetterName.LIFT_CONFIRMED, request)]
    world.commit(changes)
    return replace(accepted, version=lift.version + 1)


def decline(world: Adapters, lift_id: str) -> Lift:
    """The driver says no: the riders, who never heard of it, are offered elsewhere."""
    lift = world.bookings.get(Lift, lift_id)
    if lift.state is LiftState.CANCELLED:
        return lift
    if lift.state is not LiftState.PROPOSED:
        raise Conflict("You have accepted this lift. To call it off, withdraw your offer.")
    changes = _dissolved(world, lift, _offer(world, lift))
    world.commit([*changes, OweRun(ids.day_of(lift.id))])
    return rules.cancel(lift)


def expired(world: Adapters, lift: Lift) -> list[Change]:
    """What changes when the driver did not answer in time: as if declined, and told so."""
    offer = _offer(world, lift)
    owed = OweLetter(LetterName.CANCELLED, offer.id, offer.version + 1, "expired")
    return [*_dissolved(world, lift, offer), owed]


def _dissolved(world: Adapters, lift: Lift, offer: Offer) -> list[Change]:
    """A proposed lift's end: its riders are free again, and not proposed to this driver."""
    requests = riders(world, lift)
    refused = tuple(request.id for request in requests)
    return [
        Save(rules.cancel(lift)),
        Save(offer_rules.release(offer, declined=refused)),
        *(Save(request_rules.release(request)) for request in requests),
        Take(lift.session_id, -lift.people),
    ]


def leave(world: Adapters, lift: Lift, request: Request) -> list[Change]:
    """What changes for the others when that rider is in the lift no longer.

    The car's times are worked out anew, and everyone whose times change is told, once. A
    lift without riders ends; its driver's offer is open again.
    """
    rest = route.without(lift, request.id, route.as_planned(lift, drive_s))
    if not rest.places:
        offer = _offer(world, lift)
        # An agreed lift is in the driver's calendar, and this letter takes it out.
        about = "riders" if lift.state is LiftState.PROPOSED else "riders_lift"
        return [
            Save(rules.cancel(lift)),
            Save(offer_rules.release(offer)),
            Take(lift.session_id, -lift.people),
            OweLetter(LetterName.CANCELLED, offer.id, offer.version + 1, about),
        ]
    changes: list[Change] = [Save(rest), Take(lift.session_id, -request.needs.total)]
    if lift.state is LiftState.PROPOSED:
        return [*changes, _to_driver(LetterName.LIFT_PROPOSED, lift)]
    changes.append(_to_driver(LetterName.CHANGED, lift, "rider_left"))
    for other in riders(world, rest):
        if rest.place(other.id) != lift.place(other.id):
            changes += [Save(other), _to_rider(LetterName.CHANGED, other, "pickup")]
    return changes


def fall(world: Adapters, lift: Lift) -> list[Change]:
    """What changes for the riders, and in the session, when the driver does not come."""
    changes: list[Change] = [Save(rules.cancel(lift)), Take(lift.session_id, -lift.people)]
    for request in riders(world, lift):
        changes.append(Save(request_rules.release(request)))
        if request.state is RequestState.CONFIRMED:
            changes.append(_to_rider(LetterName.CANCELLED, request, "driver"))
    return changes


def riders(world: Adapters, lift: Lift) -> list[Request]:
    """The requests in the lift, in pickup order, as they are stored now."""
    found = world.bookings.many(place.request_id for place in lift.places)
    requests = [found.get(place.request_id) for place in lift.places]
    return [one for one in requests if isinstance(one, Request) and one.lift_id == lift.id]


def _offer(world: Adapters, lift: Lift) -> Offer:
    return world.bookings.get(Offer, lift.offer_id)


def _to_driver(name: LetterName, lift: Lift, about: str = "") -> OweLetter:
    return OweLetter(name, lift.id, lift.version + 1, about)


def _to_rider(name: LetterName, request: Request, about: str = "") -> OweLetter:
    return OweLetter(name, request.id, request.version + 1, about)
