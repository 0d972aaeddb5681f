"""What changes when somebody joins a car: placed at once, or asked of its driver.

Pure but for what it reads of the riders: whoever calls it commits. `seat` is for one rider who
chose the car or whom the matching would put there; in either case the driver's own wish decides
whether they are asked.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, joining, quiet, reminders, route
from chalicelib.domain import lift as lift_rules
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, Save, Take
from chalicelib.domain.lift import ANSWER_AT_LEAST, LAST_CALL, LOCKED_BEFORE, Ask, Lift
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState
from chalicelib.services import holding, lifts
from chalicelib.services.cars import Car
from matching.travel import drive_s

CAR_GONE, CAR_LEAVING, CAR_FULL = "car_gone", "car_leaving", "car_full"
CAR_TOO_FAR, CAR_DECLINED = "car_too_far", "car_declined"
"""Why a car cannot take somebody; `advice` has the words."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a car, as it will be stored.

    Attributes
    ----------
    request
        The rider's, confirmed or offered.
    changes
        What is stored with it, the request itself too.
    """

    request: Request
    changes: tuple[Change, ...]


def seat(world: Adapters, car: Car, request: Request) -> Seat | str:
    """Seat a waiting *request* in the car, or say why that cannot be."""
    now, lift = world.now(), car.lift
    refused = _refusal(car, request, now)
    if refused:
        return refused
    joined = _joined(car, request, now)
    if joined is None:
        return CAR_TOO_FAR
    if lift.version and lift.state is not LiftState.PROPOSED:
        return _into_agreed(world, car, request, joined)
    return _into_proposed(world, car, request, joined)


def _refusal(car: Car, request: Request, now: datetime) -> str:
    """Why the car takes nobody like that, wherever they start from; "" when it may."""
    lift = car.lift
    same_day = ids.day_of(lift.id) == ids.day_of(request.id)
    wanted = lift.session_id in request.sessions if request.sessions else same_day
    if not (car.open and wanted):
        return CAR_GONE
    if request.id in car.offer.declined:
        return CAR_DECLINED
    if lift.leave_at - now < LAST_CALL:
        return CAR_LEAVING
    return "" if lift.free.hold(request.needs) else CAR_FULL


def _joined(car: Car, request: Request, now: datetime) -> Lift | None:
    """The car with the rider in it. Who was told of two changes this hour is told of no third."""
    still = any(quiet.left_alone(one.moved_at, now) for one in car.riders.values())
    drive = route.as_planned(car.lift, drive_s)
    return joining.joined(car.lift, car.offer, car.riders, request, drive, still=still)


def _until(world: Adapters, leave_at: datetime) -> datetime | None:
    """Until when the driver may answer; None when there is no time left to ask."""
    now = world.now()
    wished = min(now + world.campaign.respond_within, leave_at - LOCKED_BEFORE)
    until = wished if wished >= now + ANSWER_AT_LEAST else leave_at - LAST_CALL
    return until if until >= now + ANSWER_AT_LEAST else None


def _into_proposed(world: Adapters, car: Car, request: Request, joined: Lift) -> Seat | str:
    """Nobody has been told of the lift yet, or it is made by this."""
    if car.offer.auto and not car.lift.version:
        agreed_now = reminders.from_now_on(joined, world.campaign.zone, world.now())
        return _agreed_at_once(car, request, agreed_now)
    until = _until(world, joined.leave_at)
    if until is None:
        return CAR_LEAVING
    asked = replace(joined, respond_by=until) if not car.lift.version else joined
    offered = request_rules.offer(request, asked.id)
    proposed = OweLetter(LetterName.LIFT_PROPOSED, asked.id, asked.version + 1)
    return Seat(offered, (*_stored(car, asked, offered), proposed))


def _agreed_at_once(car: Car, request: Request, joined: Lift) -> Seat:
    lift = lift_rules.accept(joined)
    placed = _confirmed(request, lift)
    owed = OweLetter(LetterName.LIFT_ACCEPTED, lift.id, lift.version + 1)
    return Seat(placed, (*_stored(car, lift, placed), owed, _to_rider(placed)))


def _into_agreed(world: Adapters, car: Car, request: Request, joined: Lift) -> Seat | str:
    if car.offer.auto:
        return _at_once(world, car, request, joined)
    until = _until(world, joined.leave_at)
    if until is None:
        return CAR_LEAVING
    offered = request_rules.offer(request, car.lift.id)
    ask = Ask(
        request.id,
        request.person.first_name,
        request.start,
        request.needs,
        request.both_ways,
        until,
    )
    lift = replace(car.lift, asks=(*car.lift.asks, ask))
    owed = OweLetter(LetterName.PLACE_ASKED, lift.id, lift.version + 1)
    return Seat(offered, (*_stored(car, lift, offered), owed))


def _at_once(world: Adapters, car: Car, request: Request, joined: Lift) -> Seat:
    confirmed = _confirmed(request, joined)
    driver = lifts.told_quietly(
        joined, car.offer, LetterName.CHANGED, "rider_joined", now=world.now()
    )
    told = riders_told(world, car, confirmed, joined)
    return Seat(confirmed, (*_stored(car, joined, confirmed), *driver, *told))


def agreed(world: Adapters, car: Car, request: Request, joined: Lift) -> list[Change]:
    """What changes when the driver has said yes to *request*, whose place is held."""
    confirmed = request_rules.accept(request)
    return [Save(confirmed), Save(joined), *letters(world, car, confirmed, joined)]


def letters(world: Adapters, car: Car, request: Request, joined: Lift) -> list[Change]:
    """The driver, who has just agreed to it, and the riders are told once."""
    driver = OweLetter(LetterName.CHANGED, joined.id, joined.version + 1, "rider_joined")
    return [driver, *riders_told(world, car, request, joined)]


def riders_told(world: Adapters, car: Car, request: Request, joined: Lift) -> list[Change]:
    """The rider, and everyone else whose time changes, is told once."""
    found: list[Change] = [_to_rider(request)]
    for other in car.riders.values():
        if other.id == request.id or joined.place(other.id) == car.lift.place(other.id):
            continue
        told = replace(other, moved_at=quiet.moved(other.moved_at, world.now()))
        owed = OweLetter(LetterName.CHANGED, other.id, other.version + 1, "pickup_joined")
        found += [Save(told), owed]
    return found


def _confirmed(request: Request, lift: Lift) -> Request:
    return request_rules.accept(request_rules.offer(request, lift.id))


def _stored(car: Car, lift: Lift, request: Request) -> list[Change]:
    """The rider, the lift, and the places that they take; the driver's too when it is new."""
    changes: list[Change] = [Save(request), Save(lift), *holding.held(lift, [request])]
    people = request.needs.total
    if not car.lift.version:
        changes += [Save(offer_rules.take(car.offer, lift.id)), *holding.held(lift, [car.offer])]
        people += 1
    return [*changes, Take(lift.session_id, people)]


def _to_rider(request: Request) -> OweLetter:
    return OweLetter(LetterName.LIFT_CONFIRMED, request.id, request.version + 1)
