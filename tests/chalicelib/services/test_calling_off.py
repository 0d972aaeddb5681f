"""What organisers take back or move reaches everyone it touches, once: those who wait too."""

from collections import Counter
from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain.event import Venue
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from chalicelib.services import event_changes, events, runs
from chalicelib.services.undoing.events import restore
from tests.builders import (
    SALE,
    a_lift_day,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked

CY = "request-20261128-cccccccccccc"
OTHER = an_event(id="event-otherplace1", title="Winter canvass")
BOTH = (a_session().id, a_session(OTHER).id)
TOLD = dict.fromkeys(BOTH, 1)


def about(world: Adapters, thing: str) -> list[str]:
    return [about for _, one, about in owed(world) if one == thing]


def test_nomad_105_waiting_riders_and_open_offers_hear_of_a_cancellation_too(
    world: Adapters,
) -> None:
    """They named another session as well, so they go on waiting, and know what is off."""
    store(world, an_event(), a_session(), OTHER, a_session(OTHER))
    store(world, a_request(sessions=BOTH, told=TOLD))
    store(world, an_offer(sessions=BOTH, told=TOLD, declined=(RIA,)))
    events.cancel(world, an_event().id)

    for _ in range(2):
        runs.run(world, DAY, solve=checked)

    assert (about(world, RIA), about(world, DAN)) == (["event"], ["event"])
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert world.bookings.get(Offer, DAN).state is OfferState.OPEN


def test_nomad_105_a_rider_whose_driver_had_not_answered_hears_too(world: Adapters) -> None:
    a_lift_day(world, state=LiftState.PROPOSED)
    store(world, OTHER, a_session(OTHER))
    ria = world.bookings.get(Request, RIA)
    store(world, replace(ria, sessions=BOTH, told=TOLD))
    events.cancel(world, an_event().id)

    for _ in range(2):
        runs.run(world, DAY, solve=checked)

    assert (about(world, RIA), about(world, BO)) == (["event"], ["event"])
    assert world.bookings.get(Request, BO).state is RequestState.NOT_PLACED


def test_the_second_of_two_sessions_to_be_cancelled_is_told_as_the_first_was(
    world: Adapters,
) -> None:
    store(world, an_event(), a_session(), OTHER, a_session(OTHER))
    store(world, a_request(sessions=BOTH, told=TOLD))
    events.cancel(world, an_event().id)
    runs.run(world, DAY, solve=checked)
    events.cancel(world, OTHER.id)

    runs.run(world, DAY, solve=checked)

    assert about(world, RIA) == ["event", "event"]
    assert world.bookings.get(Request, RIA).state is RequestState.NOT_PLACED


def test_one_of_two_that_is_on_again_is_told_and_the_other_is_not_told_twice(
    world: Adapters,
) -> None:
    store(world, an_event(), a_session(), OTHER, a_session(OTHER))
    store(world, a_request(sessions=BOTH, told=TOLD))
    events.cancel(world, an_event().id)
    events.cancel(world, OTHER.id)
    runs.run(world, DAY, solve=checked)
    restore(world, OTHER.id)

    for _ in range(2):
        runs.run(world, DAY, solve=checked)

    ria = world.bookings.get(Request, RIA)
    assert about(world, RIA) == ["event", "again"]
    assert (ria.state, ria.told_off) == (RequestState.WAITING, (a_session().id,))


def test_nomad_434_a_destination_that_moves_is_one_message_to_each(world: Adapters) -> None:
    """In a lift, in a proposal, waiting, by their own means: everyone hears where it is now."""
    a_lift_day(world)
    proposed = an_offer(id="offer-20261128-eeeeeeeeeeee", person=a_person("Eva Long"), start=SALE)
    waiting = a_request(id=CY, person=a_person("Cy Dunn"), extra_limit_s=0)
    store(world, a_signup(), waiting, proposed)
    event, _ = world.events.get(an_event().id)
    hall = Venue("The hall", "M33 2DH", "Sale", 53.4250, -2.3200, event.venue.constituency)
    event_changes.relocate(world, event.id, event.version, hall)

    for _ in range(2):
        runs.run(world, DAY, solve=checked)

    heard = Counter(thing for letter, thing, _ in owed(world) if letter == "changed")
    assert heard == dict.fromkeys([DAN, RIA, BO, CY, proposed.id, a_signup().id], 1)


def test_places_of_a_lift_that_its_event_ended_are_free_again(world: Adapters) -> None:
    """PROMISES R1: else they stay taken when the event is on after all."""
    lift = a_lift_day(world)
    events.cancel(world, an_event().id)

    runs.run(world, DAY, solve=checked)

    session = world.events.sessions([a_session().id])[a_session().id]
    assert (session.free, lift.people) == (30, 4)
