"""A campaign day as it is read for a run: what is open, who is free, which cars can be joined."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import quiet
from chalicelib.domain.event import Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.lift import ANSWER_AT_LEAST, LOCKED_BEFORE, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, OfferState, RequestState, SignUpState
from chalicelib.services import cars
from chalicelib.services.cars import Car
from chalicelib.storage.bookings import Booking


@dataclass(frozen=True, slots=True)
class Day:
    """One campaign day as it is stored, read at one moment.

    Attributes
    ----------
    day
        "2026-11-28".
    sessions
        Id -> session, for every session of that day that anybody may be matched to.
    offers, requests
        Those that are free to be matched now.
    kept
        Cars with an agreed lift that others may still join.
    coming
        (person's key, session's id) of everyone who comes there by their own means.
    """

    day: str
    sessions: Mapping[str, Session]
    offers: tuple[Offer, ...]
    requests: tuple[Request, ...]
    kept: tuple[Car, ...] = ()
    coming: frozenset[tuple[str, str]] = frozenset()


def midnight(world: Adapters, day: str) -> datetime:
    """When that day begins in the campaign's zone, as UTC: second 0 of the matching."""
    return datetime.fromisoformat(day).replace(tzinfo=world.campaign.zone).astimezone(UTC)


def soonest(world: Adapters) -> datetime:
    """No car planned now leaves before: its driver has time to answer before it is locked."""
    return world.now() + LOCKED_BEFORE + ANSWER_AT_LEAST


def is_open(world: Adapters, session: Session | None) -> bool:
    """Whether somebody can still be brought to that session; nobody drives to an online one."""
    if session is None or not session.published or session.kind in ONLINE:
        return False
    return session.starts_at > soonest(world)


def free_offers(offers: Iterable[Offer], requests: Iterable[Request]) -> tuple[Offer, ...]:
    """Open offers in no lift, whose owner is not riding either."""
    riding = {one.either_with for one in requests if one.lift_id}
    return tuple(
        one
        for one in offers
        if one.state is OfferState.OPEN and not one.lift_id and one.id not in riding
    )


def free_requests(offers: Iterable[Offer], requests: Iterable[Request]) -> tuple[Request, ...]:
    """Waiting requests whose owner is not driving."""
    driving = {one.either_with for one in offers if one.lift_id}
    return tuple(
        one for one in requests if one.state is RequestState.WAITING and one.id not in driving
    )


def joinable(world: Adapters, things: Iterable[Booking]) -> tuple[Car, ...]:
    """Cars with an agreed lift and places free, that a run may still bring people to.

    Not those that leave soon, nor those in which somebody has had their changes of this hour.
    """
    found = {thing.id: thing for thing in things}
    cars_ = (cars.of(found, one) for one in found.values() if isinstance(one, Lift))
    return tuple(car for car in cars_ if car and _may_change(world, car))


def _may_change(world: Adapters, car: Car) -> bool:
    lift, now = car.lift, world.now()
    early = lift.state is LiftState.ACCEPTED and lift.leave_at >= soonest(world)
    calm = not any(quiet.left_alone(one.moved_at, now) for one in car.riders.values())
    return early and calm and car.open and car.whole and lift.free.total > 0


def coming(things: Iterable[Booking]) -> frozenset[tuple[str, str]]:
    """(person's key, session's id) of everyone who comes there by their own means."""
    return frozenset(
        (one.person.key, one.session_id)
        for one in things
        if isinstance(one, SignUp) and one.state is SignUpState.COMING
    )
