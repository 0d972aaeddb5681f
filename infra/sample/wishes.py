"""The sample's offers and requests: who could drive, who needs a lift, who would do either."""

from dataclasses import replace
from random import Random

from chalicelib.domain import ids
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import OfferState, RequestState
from infra.sample.trips import Chances, Trip, trips

OFFERS, REQUESTS, EITHERS = 150, 350, 20
"""How many there are; those who would do either count in both."""

_SEATS = (
    *(Places(standard=count) for count in (2, 2, 3, 3, 3, 3, 4, 4, 4)),
    Places(standard=2, child=1),
    Places(standard=1, wheelchair=1),
)
_NEEDS = (
    *[Places(standard=1)] * 20,
    *[Places(standard=2)] * 6,
    Places(standard=3),
    Places(standard=1, child=1),
    Places(wheelchair=1),
)
_EXTRA_MINUTES = (10, 20, 20, 20, 30, 30, 45)

_AT_ONCE = 0.4
"""Share of drivers who let whoever fits join at once."""


def wishes(draw: Chances) -> tuple[tuple[Offer, ...], tuple[Request, ...]]:
    """All offers and all requests; those of one person who would do either name each other."""
    taken = list(trips(draw, OFFERS + REQUESTS - EITHERS))
    chance = draw.chance
    offers = [_offer(chance, trip) for trip in taken[:OFFERS]]
    requests = [_request(chance, trip) for trip in taken[OFFERS - EITHERS :]]
    for at in range(EITHERS):
        driving, riding = offers[at - EITHERS], requests[at]
        requests[at] = replace(riding, either_with=driving.id)
        # One form, one answer: who would do either says once whether they need the way back.
        offers[at - EITHERS] = replace(driving, either_with=riding.id, both_ways=riding.both_ways)
    return tuple(offers), tuple(requests)


def _offer(chance: Random, trip: Trip) -> Offer:
    return Offer(
        id=ids.derived("offer", trip.day, trip.secret),
        person=trip.person,
        start=trip.start,
        seats=chance.choice(_SEATS),
        earliest_at=trip.earliest_at,
        detour_limit_s=60 * chance.choice(_EXTRA_MINUTES),
        sessions=trip.sessions,
        both_ways=chance.random() < 0.9,
        state=OfferState.OPEN,
        created_at=trip.created_at,
        told=trip.told,
        auto=_at_once(trip),
    )


def _at_once(trip: Trip) -> bool:
    """By a chance of its own: everything else of the sample is as it was without."""
    return Random(trip.secret).random() < _AT_ONCE  # noqa: S311 - the same each time


def _request(chance: Random, trip: Trip) -> Request:
    return Request(
        id=ids.derived("request", trip.day, trip.secret),
        person=trip.person,
        start=trip.start,
        needs=chance.choice(_NEEDS),
        earliest_at=trip.earliest_at,
        extra_limit_s=60 * chance.choice(_EXTRA_MINUTES),
        sessions=trip.sessions,
        both_ways=chance.random() < 0.8,
        state=RequestState.WAITING,
        created_at=trip.created_at,
        told=trip.told,
    )
