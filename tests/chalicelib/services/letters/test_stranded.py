"""What is written when a driver does not come: to riders, and to the organiser."""

from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain.states import LiftState
from chalicelib.domain.wall_time import written
from chalicelib.mime import Letter
from chalicelib.services import offers, requests, runs
from chalicelib.services.undoing.offers import restore
from tests.builders import STRETFORD, Clock, a_lift_day
from tests.chalicelib.services.letters.post import deliver_all
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked
from tests.chalicelib.services.undoing.days import a_car


def to(letters: list[Letter], name: str) -> Letter:
    [letter] = [one for one in letters if one.to == f"{name}@example.org"]
    return letter


def flat(letter: Letter) -> str:
    return " ".join(letter.text.split())


def test_an_organiser_reads_how_many_whence_by_when_and_what_would_help(
    world: Adapters,
) -> None:
    ria, bo = a_car(world).places
    offers.withdraw(world, DAN)
    runs.run(world, DAY, solve=checked)

    letter = to(deliver_all(world), "olu")

    assert letter.subject == (
        "No lift any more for 3 people: Saturday 28 November, 10am, Altrincham"
    )
    told = flat(letter)
    assert "3 people have lost their lift to “Autumn canvass”" in told
    first, second = (written(one.pickup_at, world.campaign.zone) for one in (ria, bo))
    assert f"- near Stretford (M32): 1 person, to be collected by {first}" in told
    assert f"- near Sale (M33): 2 people, to be collected by {second}" in told
    assert f"a driver from near Stretford (M32) with 3 places, leaving by {first}" in told
    assert "https://lifts.example/events/event-autumncanvas" in told
    assert "we go on looking" in told


def test_who_needs_it_no_more_is_not_counted(world: Adapters) -> None:
    a_lift_day(world)
    offers.withdraw(world, DAN)
    runs.run(world, DAY, solve=checked)
    requests.cancel(world, RIA)

    letter = to(deliver_all(world), "olu")

    assert "2 people have lost" in flat(letter)
    assert STRETFORD.area not in letter.text


def test_when_nobody_needs_it_any_more_the_organiser_hears_nothing(world: Adapters) -> None:
    a_lift_day(world)
    offers.withdraw(world, DAN)
    runs.run(world, DAY, solve=checked)
    restore(world, DAN)

    assert "olu@example.org" not in {letter.to for letter in deliver_all(world)}


def test_a_rider_who_loses_a_lift_late_reads_what_to_do_now(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.LOCKED)
    clock.at = lift.leave_at - timedelta(hours=2)
    offers.withdraw(world, DAN)

    letters = deliver_all(world)

    told = flat(to(letters, "ria"))
    assert "too late for us to plan another car" in told
    assert "Ask for a place in another car" in told
    assert "too late for us to plan another car" in flat(to(letters, "olu"))


def test_5_2_whoever_was_promised_a_way_back_reads_that_the_organiser_knows(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world, state=LiftState.LOCKED)
    clock.at = lift.starts_at + timedelta(hours=1)
    offers.withdraw(world, DAN)

    letters = deliver_all(world)

    ria, olu = to(letters, "ria"), to(letters, "olu")
    assert ria.subject == (
        "Your lift home at 1pm on Saturday 28 November is off: Dan cannot take you, Altrincham"
    )
    assert "the organiser hears this at the same moment" in flat(ria)
    assert olu.subject == "No lift home for 3 people: Saturday 28 November, 1pm, Altrincham"
    assert "whose way home passes near Stretford (M32), leaving at 1pm" in flat(olu)


def test_a_way_back_that_stands_after_all_is_told_with_its_calendar(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world, state=LiftState.LOCKED)
    clock.at = lift.starts_at + timedelta(hours=1)
    offers.withdraw(world, DAN)
    deliver_all(world)
    clock.forward(minutes=3)
    restore(world, DAN)

    letters = deliver_all(world)

    bo = to(letters, "bo")
    assert bo.subject == ("Your lift home stands after all: Saturday 28 November, 1pm, Altrincham")
    assert bo.method == "REQUEST"
    assert BO in bo.calendar


def test_a_letter_that_comes_late_offers_no_undo(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    requests.cancel(world, RIA)
    clock.forward(minutes=11)

    ria = to(deliver_all(world), "ria")

    assert "undo" not in flat(ria)
    assert "/manage/" not in flat(ria)
    assert "write to us at once" in flat(ria)
