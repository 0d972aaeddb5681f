"""What riders do: ask for a lift, change what they asked, cancel."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as rules
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import IN_A_LIFT, Request
from chalicelib.domain.states import LiftState, OfferState, RequestState, ended
from chalicelib.errors import Busy, Conflict, Full, Outdated
from chalicelib.services import asks, days, lifts, wishes
from chalicelib.services.sending import once


@dataclass(frozen=True, slots=True)
class Answers:
    """What a rider may change while no place is held."""

    start: Start
    needs: Places
    earliest_at: datetime
    extra_limit_s: int
    both_ways: bool


def ask(
    world: Adapters,
    draft_id: str,
    *,
    person: Person,
    start: Start,
    needs: Places,
    day: date,
    earliest_at: datetime,
    extra_limit_s: int,
    sessions: tuple[str, ...] | None,
    both_ways: bool,
    car: str = "",
) -> Request:
    """Store a request that does not count yet, and ask for the address to be confirmed.

    *car* is the id of the offer or lift that the rider chose; "" where any car will do.

    Raises
    ------
    Invalid
        When an answer cannot be meant.
    Conflict
        When a session it names is not open.
    """
    told = wishes.check(world, day, earliest_at, sessions)
    request = Request(
        id=ids.derived("request", day, draft_id),
        person=person,
        start=start,
        needs=needs,
        earliest_at=earliest_at,
        extra_limit_s=extra_limit_s,
        sessions=sessions,
        both_ways=both_ways,
        state=RequestState.UNCONFIRMED,
        created_at=world.now(),
        told=told,
        car=car,
    )
    changes: list[Change] = [Save(request), OweLetter(LetterName.CONFIRM_ADDRESS, request.id, 1)]
    return once(world, request, changes, lambda: world.bookings.get(Request, request.id))


def ask_either(
    world: Adapters,
    draft_id: str,
    *,
    person: Person,
    start: Start,
    seats: Places,
    needs: Places,
    day: date,
    earliest_at: datetime,
    detour_limit_s: int,
    extra_limit_s: int,
    sessions: tuple[str, ...] | None,
    both_ways: bool,
    auto: bool = False,
) -> tuple[Offer, Request]:
    """Store an offer and a request of one person, of which at most one will be used.

    Raises
    ------
    Invalid, Conflict
        As `ask` and `offers.make`.
    """
    told = wishes.check(world, day, earliest_at, sessions)
    request_id, offer_id = (ids.derived(kind, day, draft_id) for kind in ("request", "offer"))
    request = Request(
        id=request_id,
        person=person,
        start=start,
        needs=needs,
        earliest_at=earliest_at,
        extra_limit_s=extra_limit_s,
        sessions=sessions,
        both_ways=both_ways,
        state=RequestState.UNCONFIRMED,
        created_at=world.now(),
        either_with=offer_id,
        told=told,
    )
    offer = Offer(
        id=offer_id,
        person=person,
        start=start,
        seats=seats,
        earliest_at=earliest_at,
        detour_limit_s=detour_limit_s,
        sessions=sessions,
        both_ways=both_ways,
        state=OfferState.UNCONFIRMED,
        created_at=world.now(),
        either_with=request_id,
        told=told,
        auto=auto,
    )
    owed = OweLetter(LetterName.CONFIRM_ADDRESS, request.id, 1)
    changes: list[Change] = [Save(offer), Save(request), owed]
    stored = once(world, request, changes, lambda: world.bookings.get(Request, request.id))
    return offer, stored


def confirm(world: Adapters, request_id: str) -> Request:
    """The rider's address is theirs: they ask for the car they chose, or wait for the next run.

    Returns
    -------
    Request
        As it is stored then: waiting (with the reason when the car could not take them),
        offered or confirmed.

    Raises
    ------
    Conflict
        When the same person has a lift on that day already.
    Busy
        When others kept changing the car.
    """
    chosen = True
    for _ in range(asks.ATTEMPTS):
        request = world.bookings.get(Request, request_id)
        if request.state is not RequestState.UNCONFIRMED:
            return request
        try:
            moved, changes = _confirmed(world, request, car=request.car if chosen else "")
            world.commit(changes)
        except Outdated:
            continue
        except Full:
            chosen = False
            continue
        return moved
    raise Busy(asks.BUSY)


def _confirmed(world: Adapters, request: Request, car: str) -> tuple[Request, list[Change]]:
    """The request once confirmed, and all that is stored with it."""
    moved = rules.confirm(request)
    changes: list[Change] = [wishes.claim(request)]
    if car:
        moved, seated = asks.seated(world, moved, car)
        changes = [*seated, *changes]
    else:
        full = asks.SESSION_FULL if request.car else ""
        moved = replace(moved, car="", reason=full)
        changes = [Save(moved), *changes]
    if moved.state is not RequestState.CONFIRMED:
        changes.append(OweLetter(LetterName.REQUEST_WAITING, request.id, request.version + 1))
    if moved.state is RequestState.WAITING:
        changes += days.joined(world, ids.day_of(request.id))
    if request.either_with:
        offer = world.bookings.get(Offer, request.either_with)
        changes.append(Save(offer_rules.confirm(offer)))
    return moved, changes


def change(world: Adapters, request: Request, answers: Answers) -> Request:
    """Put other answers into *request*, as its owner saw it, while no place is held.

    Raises
    ------
    Invalid
        When an answer cannot be meant.
    Conflict
        When a place is held, it has ended, or has been changed since.
    """
    if request.state in IN_A_LIFT:
        raise Conflict(
            "A place in a lift is held for you, so your request stays as it is. Cancel it and "
            "ask again if you must."
        )
    if request.state is not RequestState.WAITING:
        raise Conflict("This request is over, so it stays as it is.")
    wishes.check_again(world, request, answers.earliest_at)
    changed = replace(
        request,
        start=answers.start,
        needs=answers.needs,
        earliest_at=answers.earliest_at,
        extra_limit_s=answers.extra_limit_s,
        both_ways=answers.both_ways,
    )
    if changed == request:
        return request
    owed = OweLetter(LetterName.CHANGED, request.id, request.version + 1, "details")
    world.commit([Save(changed), owed, *days.joined(world, ids.day_of(request.id))])
    return changed


def cancel(world: Adapters, request_id: str) -> Request:
    """The rider does not need it; everyone whose lift changes by it is told, once.

    Raises
    ------
    Conflict
        When their lift is over.
    """
    request = world.bookings.get(Request, request_id)
    if ended(request.state):
        return request
    cancelled = rules.cancel(request, at=world.now())
    had_lift = request.state is RequestState.CONFIRMED
    about = "by_you_lift" if had_lift else "by_you"
    changes: list[Change] = [
        Save(cancelled),
        OweLetter(LetterName.CANCELLED, request.id, request.version + 1, about),
        *wishes.released(world, request),
    ]
    if request.lift_id:
        lift = world.bookings.get(Lift, request.lift_id)
        if lift.state is LiftState.COMPLETED:
            raise Conflict("This lift is over, so your request stays as it is.")
        changes += [*lifts.leave(world, lift, request), OweRun(ids.day_of(request.id))]
    world.commit(changes)
    return cancelled
