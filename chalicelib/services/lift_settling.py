"""Lifts that hold people, held against their session and the time."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import lift as rules
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, Save, Take
from chalicelib.domain.event import Session
from chalicelib.domain.lift import EARLY, LOCKED_BEFORE, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.services import asks, holding, lifts, wishes


def changes(world: Adapters, lift: Lift, session: Session | None) -> list[Change]:
    """What becomes of a lift that holds people; nothing when all is as it was told."""
    now = world.now()
    if session is None or not session.published:
        return _dissolved(world, lift, session, "event")
    if any(ask.until <= now for ask in lift.asks):
        return asks.expired(world, lift)
    if session.ends_at <= now:
        return _completed(world, lift)
    if session.edition != lift.edition:
        return _moved(world, lift, session)
    return _timed(world, lift)


def _timed(world: Adapters, lift: Lift) -> list[Change]:
    """What the time asks for before the session."""
    now = world.now()
    if lift.state is LiftState.PROPOSED and lift.respond_by <= now:
        return lifts.expired(world, lift)
    if lift.state is LiftState.ACCEPTED and lift.leave_at - LOCKED_BEFORE <= now:
        return [Save(rules.lock(lift))]
    return []


def _moved(world: Adapters, lift: Lift, session: Session) -> list[Change]:
    """The session is not as it was told. Other words: tell. Another time: plan anew."""
    same_time = session.starts_at - EARLY == lift.arrive_at and session.ends_at == lift.ends_at
    if not same_time or session.venue != lift.venue:
        return _dissolved(world, lift, session, "session")
    event, _ = world.events.get(session.event_id)
    told = replace(
        lift,
        edition=session.edition,
        title=session.title,
        meeting_point=event.meeting_point,
    )
    if lift.state is LiftState.PROPOSED:
        return [Save(told), OweLetter(LetterName.LIFT_PROPOSED, lift.id, lift.version + 1)]
    found: list[Change] = [
        Save(told),
        OweLetter(LetterName.CHANGED, lift.id, lift.version + 1, "session"),
    ]
    for request in lifts.riders(world, lift):
        owed = OweLetter(LetterName.CHANGED, request.id, request.version + 1, "session")
        found += [Save(request), owed]
    return found


def _dissolved(world: Adapters, lift: Lift, session: Session | None, about: str) -> list[Change]:
    """The lift cannot be: everyone who was told of it hears, and is free for another.

    Those who named only this session and hear that it was cancelled end with it.
    """
    offer = world.bookings.get(Offer, lift.offer_id)
    found: list[Change] = [
        Save(rules.cancel(lift)),
        *_freed_offer(world, offer, session, lift, about),
    ]
    everyone = [*lifts.riders(world, lift), *lifts.askers(world, lift)]
    for request in everyone:
        found += _freed_request(world, request, session, lift, about)
    found += holding.let_go(lift, [offer, *everyone])
    if session is not None:
        found.append(Take(lift.session_id, -lift.people))
    return found


def _freed_offer(
    world: Adapters, offer: Offer, session: Session | None, lift: Lift, about: str
) -> list[Change]:
    freed = replace(offer_rules.release(offer), told=_told(offer, session))
    ends = about == "event" and offer.sessions == (lift.session_id,)
    let_go = wishes.released(world, offer) if ends else []
    freed = offer_rules.expire(freed) if ends else freed
    if about == "event":
        freed = offer_rules.call_off(freed, [lift.session_id])
    agreed = lift.state is not LiftState.PROPOSED
    return [Save(freed), *let_go, _owed(offer.id, offer.version + 1, about, agreed=agreed)]


def _freed_request(
    world: Adapters, request: Request, session: Session | None, lift: Lift, about: str
) -> list[Change]:
    freed = request_rules.release(request)
    ends = about == "event" and request.sessions == (lift.session_id,)
    agreed = request.state is RequestState.CONFIRMED
    if not ends and not agreed:
        return [Save(freed)]
    let_go = wishes.released(world, request) if ends else []
    freed = request_rules.give_up(freed) if ends else freed
    if about == "event":
        freed = request_rules.call_off(freed, [lift.session_id])
    told = replace(freed, told=_told(request, session))
    return [Save(told), *let_go, _owed(request.id, request.version + 1, about, agreed=agreed)]


def _told(wish: Offer | Request, session: Session | None) -> dict[str, int]:
    """What they have been told once this letter is out: the session as it is now."""
    if session is None or session.id not in wish.told:
        return dict(wish.told)
    return {**wish.told, session.id: session.edition}


def _owed(thing_id: str, version: int, about: str, *, agreed: bool) -> OweLetter:
    """The letter; where they had agreed to the lift, it takes it out of their calendar."""
    name = LetterName.CANCELLED if about == "event" else LetterName.CHANGED
    return OweLetter(name, thing_id, version, f"{about}_lift" if agreed else about)


def _completed(world: Adapters, lift: Lift) -> list[Change]:
    """The session is over: an agreed lift took place; one never agreed came to nothing.

    Its riders stay as they are until they have said whether they went, or will not.
    """
    offer = world.bookings.get(Offer, lift.offer_id)
    if lift.state is LiftState.PROPOSED:
        closed = offer_rules.close(offer_rules.release(offer))
        freed = [request_rules.release(one) for one in lifts.riders(world, lift)]
        return [Save(rules.cancel(lift)), Save(closed), *map(Save, freed)]
    locked = lift if lift.state is LiftState.LOCKED else rules.lock(lift)
    return [Save(rules.complete(locked)), Save(offer_rules.close(offer))]
