"""A rider needs the lift after all."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, joining, quiet, route
from chalicelib.domain import request as rules
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.lift import LAST_CALL, Lift
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.errors import Busy, Full, NotFound, Outdated
from chalicelib.services import cars, holding, seating, wishes
from chalicelib.services.asks import ATTEMPTS, BUSY
from chalicelib.services.cars import Car
from matching.travel import drive_s

AGREED = frozenset({LiftState.ACCEPTED, LiftState.LOCKED})


def restore(world: Adapters, request_id: str) -> Request:
    """Take the rider back into the car they left, where that still can be; else they wait.

    Raises
    ------
    Conflict
        When it was cancelled too long ago, or they have another lift that day by now.
    Busy
        When others kept changing the car.
    """
    same_car = True
    for _ in range(ATTEMPTS):
        request = world.bookings.get(Request, request_id)
        if request.state is not RequestState.CANCELLED:
            return request
        waiting = rules.restore(request, at=world.now())
        found = _back_in(world, request.left, waiting) if same_car else None
        restored, changes = found or (waiting, _waiting(waiting, left=request.left))
        try:
            world.commit([*changes, wishes.claim(request)])
        except Outdated:
            continue
        except Full:
            same_car = False
            continue
        return replace(restored, version=request.version + 1)
    raise Busy(BUSY)


def _waiting(request: Request, *, left: str) -> list[Change]:
    """They wait. The letter that took the lift out of their calendar may be moot by this."""
    about = "left_lift" if left else ""
    owed = OweLetter(LetterName.REQUEST_WAITING, request.id, request.version + 1, about)
    return [Save(request), owed, OweRun(ids.day_of(request.id))]


def _back_in(
    world: Adapters, lift_id: str, request: Request
) -> tuple[Request, list[Change]] | None:
    """Straight back into that lift, and what changes by it; None where that cannot be.

    Who would drive or ride waits for the run: it alone sees what becomes of both.
    """
    if not lift_id or request.either_with:
        return None
    try:
        car = cars.read(world, lift_id)
    except NotFound:
        return None
    lift = _joined(world, car, request)
    if lift is None:
        return None
    confirmed = rules.accept(rules.offer(request, lift.id))
    changes: list[Change] = [
        Save(confirmed),
        Save(lift),
        Take(lift.session_id, request.needs.total),
        *holding.held(lift, [confirmed]),
        *seating.letters(world, car, confirmed, lift),
    ]
    return confirmed, changes


def _joined(world: Adapters, car: Car, request: Request) -> Lift | None:
    """The car with them in it, where it is agreed and its driver still reads letters."""
    now, lift = world.now(), car.lift
    if not car.open or lift.state not in AGREED:
        return None
    still = any(quiet.left_alone(one.moved_at, now) for one in car.riders.values())
    drive = route.as_planned(lift, drive_s)
    joined = joining.joined(lift, car.offer, car.riders, request, drive, still=still)
    return joined if joined and joined.leave_at - now >= LAST_CALL else None
