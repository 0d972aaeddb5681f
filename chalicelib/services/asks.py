"""A rider chooses a car: placed at once where its driver wishes that, else the driver is asked.

The car is read, worked out anew with the rider in it, and stored on the condition that nobody
else changed it meanwhile; whoever was slower looks at it again. So no place is given twice, and
nobody is told that a car is full while it has room for them (PROMISES R1, R3).
"""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, joining, route
from chalicelib.domain import lift as rules
from chalicelib.domain.change import Change, OweRun, Save
from chalicelib.domain.lift import Ask, Lift
from chalicelib.domain.request import Request
from chalicelib.domain.states import RequestState
from chalicelib.errors import Busy, Expired, Full, NotFound, Outdated
from chalicelib.services import cars, holding, lifts, seating
from chalicelib.services.seating import Seat
from matching.travel import drive_s

ATTEMPTS = 3
"""How often a car is looked at again because others changed it meanwhile (PROMISES R12)."""

SESSION_FULL = "session_full"

BUSY = "Many people are asking for this car just now. Nothing was stored; try again."

LATE = (
    "The time to answer has passed, so this rider is being offered another lift. Nothing about "
    "your own lift has changed."
)


def choose(world: Adapters, request_id: str, car_id: str) -> Request:
    """Ask for a place in that car, for a request that waits.

    Returns
    -------
    Request
        As it is stored then: confirmed, offered, or waiting with the reason why the car cannot
        take it. One that does not wait is returned as it is.

    Raises
    ------
    Conflict
        When the rider is on that session's list already.
    Busy
        When others kept changing the car.
    """
    for _ in range(ATTEMPTS):
        request = world.bookings.get(Request, request_id)
        if request.state is not RequestState.WAITING:
            return request
        try:
            moved, changes = seated(world, request, car_id)
            world.commit(changes)
        except Outdated:
            continue
        except Full:
            return _refused(world, request, SESSION_FULL)
        return moved
    raise Busy(BUSY)


def _refused(world: Adapters, request: Request, reason: str) -> Request:
    refused = replace(request, reason=reason, help="")
    if refused != request:
        world.commit([Save(refused)])
    return refused


def seated(world: Adapters, request: Request, car_id: str) -> tuple[Request, Sequence[Change]]:
    """A waiting *request* as it is once it has asked for that car, and all that changes."""
    try:
        car = cars.read(world, car_id)
        found: Seat | str = seating.seat(world, car, replace(request, car=car.offer.id))
    except NotFound:
        found = seating.CAR_GONE
    if isinstance(found, Seat):
        return found.request, found.changes
    refused = replace(request, reason=found, help="", car="")
    return refused, [Save(refused)]


def answer(world: Adapters, lift_id: str, request_id: str, *, yes: bool) -> Lift:
    """The driver of an agreed lift answers a rider who asks to join it.

    An answer to what is asked no longer changes nothing.

    Raises
    ------
    Expired
        When the time to answer has passed.
    Busy
        When others kept changing the lift.
    """
    for _ in range(ATTEMPTS):
        lift = world.bookings.get(Lift, lift_id)
        ask = lift.ask(request_id)
        if ask is None:
            return lift
        if world.now() > ask.until:
            raise Expired(LATE)
        changes = _accepted(world, lift, ask) if yes else _declined(world, lift, [ask])
        try:
            world.commit(changes)
        except Outdated:
            continue
        return world.bookings.get(Lift, lift_id)
    raise Busy(BUSY)


def expired(world: Adapters, lift: Lift) -> list[Change]:
    """What changes when the driver did not answer in time: as if declined."""
    return _declined(world, lift, [ask for ask in lift.asks if ask.until <= world.now()])


def _accepted(world: Adapters, lift: Lift, ask: Ask) -> list[Change]:
    """The rider is in; where others joined meanwhile and it fits no more, it is a no."""
    car = cars.read(world, lift.id)
    request, without = car.riders.get(ask.request_id), rules.without_ask(lift, ask.request_id)
    drive = route.as_planned(lift, drive_s)
    joined = request and joining.joined(without, car.offer, car.riders, request, drive)
    if not request or not joined:
        return _declined(world, lift, [ask])
    return seating.agreed(world, car, request, joined)


def _declined(world: Adapters, lift: Lift, asks: Sequence[Ask]) -> list[Change]:
    """Those riders are free again, and not brought to this driver any more."""
    ids_gone = tuple(ask.request_id for ask in asks)
    gone = [one for one in lifts.askers(world, lift) if one.id in ids_gone]
    changes = lifts.asked_no_longer(world, lift, gone, ids_gone)
    freed = [change for one in gone for change in lifts.freed_quietly(lift, one)]
    return [*changes, *freed, *holding.let_go(lift, gone), OweRun(ids.day_of(lift.id))]
