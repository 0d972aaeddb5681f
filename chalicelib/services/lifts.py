"""What becomes of a lift: the driver answers, a rider leaves it, the driver withdraws."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, quiet, reminders, route
from chalicelib.domain import lift as rules
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.lift import LAST_CALL, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.errors import Conflict, Expired, NotFound
from chalicelib.services import holding, stranding
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
    accepted = reminders.from_now_on(rules.accept(lift), world.campaign.zone, world.now())
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
    declined = rules.decline(lift, at=world.now())
    changes = _dissolved(world, lift, declined, _offer(world, lift))
    world.commit([*changes, OweRun(ids.day_of(lift.id))])
    return declined


def expired(world: Adapters, lift: Lift) -> list[Change]:
    """What changes when the driver did not answer in time: as if declined, and told so."""
    offer = _offer(world, lift)
    owed = OweLetter(LetterName.CANCELLED, offer.id, offer.version + 1, "expired")
    return [*_dissolved(world, lift, rules.cancel(lift), offer), owed]


def _dissolved(world: Adapters, lift: Lift, ended: Lift, offer: Offer) -> list[Change]:
    """A proposed lift's end: its riders are free again, and not proposed to this driver."""
    requests = riders(world, lift)
    refused = tuple(request.id for request in requests)
    freed = [change for request in requests for change in freed_quietly(lift, request)]
    return [
        Save(ended),
        Save(offer_rules.release(offer, declined=refused)),
        *freed,
        Take(lift.session_id, -lift.people),
        *holding.let_go(lift, [offer, *requests]),
    ]


def freed_quietly(lift: Lift, request: Request) -> list[Change]:
    """A rider whom the driver did not take. They hear of it only if they chose the car."""
    freed: list[Change] = [Save(request_rules.release(request))]
    if request.car and request.car == lift.offer_id:
        freed.append(_to_rider(LetterName.CHANGED, request, "refused"))
    return freed


def leave(world: Adapters, lift: Lift, request: Request) -> list[Change]:
    """What changes for the others when that rider is in the lift no longer.

    The car's times are worked out anew, and everyone whose times change is told, once, and of
    two such changes an hour at most (PROMISES R7). A lift that holds nobody else ends; its
    driver's offer is open again.
    """
    let_go = holding.let_go(lift, [request])
    if lift.ask(request.id):
        return [*asked_no_longer(world, lift, [request]), *let_go]
    offer, everyone = _company(world, lift)
    # Of a proposal nobody but its driver knows the times.
    agreed = lift.state is not LiftState.PROPOSED
    others = [one for one in everyone if agreed and one.id != request.id]
    rest = _without(lift, request.id, others, world.now())
    if not rest.held:
        # An agreed lift is in the driver's calendar, and this letter takes it out.
        about = "riders_lift" if agreed else "riders"
        return [*_emptied(world, lift, about), *let_go]
    told = (LetterName.CHANGED, "rider_left") if agreed else (LetterName.LIFT_PROPOSED, "")
    return [
        Save(rest),
        Take(lift.session_id, -request.needs.total),
        *let_go,
        *told_quietly(lift, offer, *told, now=world.now()),
        *_told_of_times(lift, rest, others, world.now()),
    ]


def _told_of_times(
    lift: Lift, rest: Lift, others: Sequence[Request], now: datetime
) -> Iterator[Change]:
    for other in others:
        if rest.place(other.id) != lift.place(other.id):
            yield Save(replace(other, moved_at=quiet.moved(other.moved_at, now)))
            yield _to_rider(LetterName.CHANGED, other, "pickup")


def _company(world: Adapters, lift: Lift) -> tuple[Offer, list[Request]]:
    """The driver's offer and the riders' requests, in one round trip."""
    found = world.bookings.many([lift.offer_id, *(one.request_id for one in lift.places)])
    offer, requests = found.get(lift.offer_id), found.values()
    if not isinstance(offer, Offer):
        raise NotFound("The driver's offer is there no longer.")
    return offer, [one for one in requests if isinstance(one, Request) and one.lift_id == lift.id]


def _without(lift: Lift, request_id: str, others: Sequence[Request], now: datetime) -> Lift:
    """The lift without that rider: at the times as they were where somebody would hear a third."""
    rest = route.without(lift, request_id, route.as_planned(lift, drive_s))
    moved = [one for one in others if rest.place(one.id) != lift.place(one.id)]
    if any(quiet.left_alone(one.moved_at, now) for one in moved):
        return route.stop_left_out(lift, request_id)
    return rest


def told_quietly(
    lift: Lift, offer: Offer, name: LetterName, about: str, *, now: datetime
) -> list[Change]:
    """The driver hears of a change: a third one within the hour waits until that is over.

    Not where they would be about to leave by then: nobody drives to who does not come.
    """
    after, moved_at = quiet.told(offer.moved_at, now)
    if after and after > lift.leave_at - LAST_CALL:
        after, moved_at = None, quiet.moved(offer.moved_at, now)
    owed = OweLetter(name, lift.id, lift.version + 1, about, after)
    return [Save(replace(offer, moved_at=moved_at)), owed]


def asked_no_longer(
    world: Adapters, lift: Lift, gone: Sequence[Request], declined: tuple[str, ...] = ()
) -> list[Change]:
    """What changes for the lift when those requests ask for a place in it no longer.

    Parameters
    ----------
    declined
        Ids of those whom the driver would not take.
    """
    rest = lift
    for request in gone:
        rest = rules.without_ask(rest, request.id)
    if not rest.held:
        return _emptied(world, lift, "riders_lift", declined)
    changes: list[Change] = [Save(rest)]
    if declined:
        changes.append(Save(offer_rules.decline(_offer(world, lift), declined)))
    return [*changes, Take(lift.session_id, -sum(request.needs.total for request in gone))]


def _emptied(
    world: Adapters, lift: Lift, about: str, declined: tuple[str, ...] = ()
) -> list[Change]:
    offer = _offer(world, lift)
    return [
        Save(rules.cancel(lift)),
        Save(offer_rules.release(offer, declined=declined)),
        Take(lift.session_id, -lift.people),
        OweLetter(LetterName.CANCELLED, offer.id, offer.version + 1, about),
        *holding.let_go(lift, [offer]),
    ]


def fall(world: Adapters, lift: Lift, offer: Offer) -> list[Change]:
    """What changes for the riders, and in the session, when the driver does not come."""
    everyone = [*riders(world, lift), *askers(world, lift)]
    changes: list[Change] = [
        *stranding.at_once(world, lift, rules.cancel(lift), everyone),
        Take(lift.session_id, -lift.people),
        *holding.let_go(lift, [offer, *everyone]),
    ]
    for request in everyone:
        if request.state is RequestState.CONFIRMED:
            changes += stranding.told(lift, request, world.now())
        else:
            changes += freed_quietly(lift, request)
    return changes


def riders(world: Adapters, lift: Lift) -> list[Request]:
    """The requests in the lift, in pickup order, as they are stored now."""
    return _requests(world, lift, [place.request_id for place in lift.places])


def askers(world: Adapters, lift: Lift) -> list[Request]:
    """The requests that ask for a place in the lift, as they are stored now."""
    return _requests(world, lift, [ask.request_id for ask in lift.asks])


def _requests(world: Adapters, lift: Lift, request_ids: Sequence[str]) -> list[Request]:
    found = world.bookings.many(request_ids)
    requests = [found.get(request_id) for request_id in request_ids]
    return [one for one in requests if isinstance(one, Request) and one.lift_id == lift.id]


def _offer(world: Adapters, lift: Lift) -> Offer:
    return world.bookings.get(Offer, lift.offer_id)


def _to_driver(name: LetterName, lift: Lift, about: str = "") -> OweLetter:
    return OweLetter(name, lift.id, lift.version + 1, about)


def _to_rider(name: LetterName, request: Request, about: str = "") -> OweLetter:
    return OweLetter(name, request.id, request.version + 1, about)
