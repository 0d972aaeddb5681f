"""Nobody is stranded unheard: riders and the organiser hear when a driver does not come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.services import event_changes, events, lifts, offers, runs
from chalicelib.services.undoing.offers import restore
from tests.builders import (
    SALE,
    TEN,
    Clock,
    a_lift_day,
    a_person,
    a_session,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked, the_lift


def stranded(world: Adapters) -> list[str]:
    """The fallen lifts about which an organiser has been written to."""
    return [thing for letter, thing, _ in owed(world) if letter == "riders_stranded"]


def test_carpool_vote_381_the_organiser_hears_of_whom_the_run_could_not_place(
    world: Adapters,
) -> None:
    lift = a_lift_day(world)
    offers.withdraw(world, DAN)
    assert stranded(world) == [], "first the run looks for another car"

    runs.run(world, DAY, solve=checked)

    assert stranded(world) == [lift.id]
    assert {world.bookings.get(Request, one).lost for one in (RIA, BO)} == {lift.id}


def test_the_organiser_hears_once_a_lift(world: Adapters) -> None:
    a_lift_day(world)
    offers.withdraw(world, DAN)
    for _ in range(3):
        runs.run(world, DAY, solve=checked)

    assert len(stranded(world)) == 1
    rows = world.outbox.owed("mail", older_than=timedelta(seconds=-1))
    assert len([row for row in rows if row["letter"] == "riders_stranded"]) == 1


def test_who_has_another_car_alarms_nobody(world: Adapters) -> None:
    a_lift_day(world)
    eva = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE)
    store(world, eva)
    offers.withdraw(world, DAN)

    runs.run(world, DAY, solve=checked)

    assert len(the_lift(world).places) == 2
    assert stranded(world) == []


def test_a_second_fall_is_told_as_well(world: Adapters) -> None:
    """Their next driver leaves too: another lift, another letter."""
    a_lift_day(world)
    eva = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE)
    store(world, eva)
    offers.withdraw(world, DAN)
    runs.run(world, DAY, solve=checked)
    second = the_lift(world)
    lifts.accept(world, second.id)
    offers.withdraw(world, eva.id)

    runs.run(world, DAY, solve=checked)

    assert stranded(world) == [second.id]


def test_a_lift_that_comes_back_and_falls_again_is_told_again(world: Adapters) -> None:
    lift = a_lift_day(world)
    offers.withdraw(world, DAN)
    runs.run(world, DAY, solve=checked)
    restore(world, DAN)
    offers.withdraw(world, DAN)

    runs.run(world, DAY, solve=checked)

    rows = world.outbox.owed("mail", older_than=timedelta(seconds=-1))
    told = [row["thing"] for row in rows if row["letter"] == "riders_stranded"]
    assert told == [lift.id, lift.id]


@pytest.mark.parametrize("by", ["cancelling", "moving"])
def test_organisers_are_not_told_of_what_they_did(world: Adapters, by: str) -> None:
    a_lift_day(world)
    event, _ = world.events.get(an_event().id)
    if by == "cancelling":
        events.cancel(world, event.id)
    else:
        later = TEN + timedelta(hours=6)
        event_changes.move(world, a_session().id, event.version, later, later + timedelta(hours=1))
        offers.withdraw(world, DAN)
        runs.run(world, DAY, solve=checked)

    runs.run(world, DAY, solve=checked)

    assert stranded(world) == []


def test_drive_the_vote_925_too_late_for_any_run_everyone_is_told_at_once(
    world: Adapters, clock: Clock
) -> None:
    """A driver cancels two hours before: in one commit, before any run."""
    lift = a_lift_day(world, state=LiftState.LOCKED)
    clock.at = lift.leave_at - timedelta(hours=2)

    offers.withdraw(world, DAN)

    assert owed(world) == [
        ("cancelled", DAN, "by_you_lift"),
        ("cancelled", RIA, "driver"),
        ("cancelled", BO, "driver"),
        ("riders_stranded", lift.id, ""),
    ]
    runs.run(world, DAY, solve=checked)
    assert stranded(world) == [lift.id], "and not again by the run"


def test_who_lost_a_lift_late_stays_open_for_another_car_until_it_begins(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world, state=LiftState.LOCKED)
    clock.at = lift.leave_at - timedelta(hours=2)
    offers.withdraw(world, DAN)

    runs.run(world, DAY, solve=checked)
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert ("not_placed", RIA, "") not in owed(world)

    clock.at = lift.starts_at
    runs.run(world, DAY, solve=checked)
    assert world.bookings.get(Request, RIA).state is RequestState.NOT_PLACED
    assert ("not_placed", RIA, "") in owed(world)


def test_wherever_needed_most_stays_open_as_long(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.LOCKED)
    ria = world.bookings.get(Request, RIA)
    store(world, replace(ria, sessions=None, told={}))
    clock.at = lift.leave_at - timedelta(hours=2)
    offers.withdraw(world, DAN)

    runs.run(world, DAY, solve=checked)

    assert world.bookings.get(Request, RIA).state is RequestState.WAITING


def test_5_2_a_promised_way_back_that_falls_is_told_at_once(world: Adapters, clock: Clock) -> None:
    """People were brought out already: riders and the organiser hear in the same commit."""
    lift = a_lift_day(world, state=LiftState.LOCKED)
    clock.at = lift.starts_at + timedelta(hours=1)

    offers.withdraw(world, DAN)

    assert owed(world) == [
        ("cancelled", DAN, "by_you_lift"),
        ("cancelled", RIA, "way_back"),
        ("cancelled", BO, "way_back"),
        ("riders_stranded", lift.id, ""),
    ]
    riders = [world.bookings.get(Request, one) for one in (RIA, BO)]
    assert {(one.state, one.lost) for one in riders} == {("completed", lift.id)}


def test_who_needed_no_way_back_has_lost_nothing(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.LOCKED)
    one_way = tuple(replace(place, drop_at=None) for place in lift.places)
    store(world, replace(lift, places=one_way, drops=(), version=1))
    clock.at = lift.starts_at + timedelta(hours=1)

    offers.withdraw(world, DAN)

    assert owed(world) == [("cancelled", DAN, "by_you_lift")]
    assert world.bookings.get(Request, RIA).state is RequestState.COMPLETED


def test_a_withdrawn_proposal_strands_nobody(world: Adapters, clock: Clock) -> None:
    a_lift_day(world, state=LiftState.PROPOSED)
    offers.withdraw(world, DAN)

    runs.run(world, DAY, solve=checked)

    assert stranded(world) == []
    assert world.bookings.get(Request, RIA).lost == ""
