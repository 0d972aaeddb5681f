"""A campaign day as the matching sees it: numbers, without names or addresses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import need
from chalicelib.domain.event import Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.lift import DWELL, EARLY, LOCKED_BEFORE
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import OfferState, RequestState
from matching import problem as asked
from reference import constituency

ANSWER_AT_LEAST = timedelta(minutes=30)
"""The least time that a driver has to accept, whatever the campaign allows."""

DEADLINE_S = 240
"""Seconds a run may search; well under the 15 minutes that a function may last."""


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
    """

    day: str
    sessions: Mapping[str, Session]
    offers: tuple[Offer, ...]
    requests: tuple[Request, ...]


def midnight(world: Adapters, day: str) -> datetime:
    """When that day begins in the campaign's zone, as UTC: second 0 of the matching."""
    return datetime.fromisoformat(day).replace(tzinfo=world.campaign.zone).astimezone(UTC)


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


def build(world: Adapters, day: Day) -> asked.Problem:
    """State the day as a problem.

    Lifts that are proposed, accepted or locked are not in it: their people count as
    coming, and nothing about them can change. Second 0 is midnight in the campaign's zone,
    and seconds are real ones, so days with a change of clock need no special case.
    """
    begins_at = midnight(world, day.day)
    places = _Places()
    sessions = [_session(world, one, begins_at, places) for one in _open(world, day)]
    known = {one.id for one in sessions}
    drivers = [_driver(world, one, begins_at, places, known) for one in day.offers]
    riders = [_rider(world, one, begins_at, places, known) for one in day.requests]
    return asked.Problem(
        places=tuple(places.at),
        sessions=tuple(sessions),
        drivers=tuple(drivers),
        riders=tuple(riders),
        either=_either(day),
        forbidden=_forbidden(day),
        dwell_s=int(DWELL.total_seconds()),
        early_s=int(EARLY.total_seconds()),
        deadline_s=DEADLINE_S,
    )


class _Places:
    """Places in the order in which they were first named, each once."""

    def __init__(self) -> None:
        self.at: list[tuple[float, float]] = []
        self._index: dict[tuple[float, float], int] = {}

    def index(self, lat: float, lon: float) -> int:
        if (lat, lon) not in self._index:
            self._index[lat, lon] = len(self.at)
            self.at.append((lat, lon))
        return self._index[lat, lon]


def soonest(world: Adapters) -> datetime:
    """No car planned now leaves before: its driver has time to answer before it is locked."""
    return world.now() + LOCKED_BEFORE + ANSWER_AT_LEAST


def is_open(world: Adapters, session: Session | None) -> bool:
    """Whether somebody can still be brought to that session; nobody drives to an online one."""
    if session is None or not session.published or session.kind in ONLINE:
        return False
    return session.starts_at > soonest(world)


def _open(world: Adapters, day: Day) -> list[Session]:
    return [one for _, one in sorted(day.sessions.items()) if is_open(world, one)]


def _session(
    world: Adapters, session: Session, begins_at: datetime, places: _Places
) -> asked.Session:
    seat = constituency(session.venue.constituency)
    closeness = need.closeness(world.campaign, seat) if seat else 0.0
    return asked.Session(
        id=session.id,
        place=places.index(session.venue.lat, session.venue.lon),
        start_s=_seconds(session.starts_at, begins_at),
        end_s=_seconds(session.ends_at, begins_at),
        minimum=session.minimum,
        target=session.target,
        maximum=session.maximum,
        coming=session.coming,
        need=need.session_need(world.campaign.weights, closeness, session),
    )


def _driver(
    world: Adapters, offer: Offer, begins_at: datetime, places: _Places, known: set[str]
) -> asked.Driver:
    return asked.Driver(
        id=offer.id,
        home=places.index(offer.start.lat, offer.start.lon),
        seats=offer.seats.by_type(),
        earliest_s=_seconds(max(begins_at, offer.earliest_at, soonest(world)), begins_at),
        detour_limit_s=offer.detour_limit_s,
        sessions=_acceptable(offer.sessions, known),
        max_direct_s=world.campaign.max_direct_s if offer.sessions is None else None,
        both_ways=offer.both_ways,
    )


def _rider(
    world: Adapters, request: Request, begins_at: datetime, places: _Places, known: set[str]
) -> asked.Rider:
    return asked.Rider(
        id=request.id,
        start=places.index(request.start.lat, request.start.lon),
        needs=request.needs.by_type(),
        earliest_s=_seconds(max(begins_at, request.earliest_at), begins_at),
        extra_limit_s=request.extra_limit_s,
        sessions=_acceptable(request.sessions, known),
        max_direct_s=world.campaign.max_direct_s if request.sessions is None else None,
        both_ways=request.both_ways,
    )


def _acceptable(sessions: Sequence[str] | None, known: set[str]) -> tuple[str, ...] | None:
    """Of the sessions named, those that are still open."""
    return None if sessions is None else tuple(one for one in sessions if one in known)


def _either(day: Day) -> tuple[tuple[str, str], ...]:
    riders = {request.id for request in day.requests}
    return tuple(
        (offer.id, offer.either_with) for offer in day.offers if offer.either_with in riders
    )


def _forbidden(day: Day) -> tuple[tuple[str, str], ...]:
    """Riders whom a driver has declined are never proposed to that driver again."""
    waiting = {request.id for request in day.requests}
    pairs = {
        (offer.id, request_id)
        for offer in day.offers
        for request_id in offer.declined
        if request_id in waiting
    }
    return tuple(sorted(pairs))


def _seconds(at: datetime, begins_at: datetime) -> int:
    return int((at - begins_at).total_seconds())
