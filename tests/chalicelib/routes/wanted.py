"""Two cars and who wants a place in one: what the tests of choosing a car share."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from tests.builders import (
    SALE,
    a_lift,
    a_link,
    a_person,
    a_place,
    a_request,
    a_session,
    an_event,
    an_offer,
    owed,
    store,
)

DAN, EVA = an_offer().id, "offer-20261128-eeeeeeeeeeee"
RIA = a_request().id


def dan(**given: Any) -> Offer:
    home = Start("M21 CANARY", "near Chorlton (M21)", 53.44261, -2.27861, 100)
    person = Person("Dan Canarysurname", "dan-canary@example.org")
    return an_offer(**({"person": person, "start": home} | given))


def eva(**given: Any) -> Offer:
    return an_offer(**({"id": EVA, "person": a_person("Eva Long"), "start": SALE} | given))


def ria(world: Adapters, *others: Any, **given: Any) -> str:
    """Ria has asked for Dan's car and not confirmed yet; the path of the link in her letter."""
    asked = a_request(**({"state": RequestState.UNCONFIRMED, "car": DAN} | given))
    store(world, an_event(), a_session(), asked, *others)
    return a_link(world, asked.id, Purpose.CONFIRM)


def full() -> Sequence[Any]:
    """Dan's car, with Bo in its only place."""
    lift = a_lift(state=LiftState.ACCEPTED, seats=Places(standard=1))
    bo = a_request(id="request-20261128-bbbbbbbbbbbb", person=a_person("Bo Hall"), lift_id=lift.id)
    lift = replace(lift, places=(a_place(bo),), drops=(bo.id,))
    seats = Places(standard=1)
    return lift, replace(bo, state=RequestState.CONFIRMED), dan(lift_id=lift.id, seats=seats)


def stored(world: Adapters) -> Request:
    return world.bookings.get(Request, RIA)


def everything(world: Adapters) -> Any:
    return owed(world), world.bookings.day("2026-11-28"), world.events.get(an_event().id)
