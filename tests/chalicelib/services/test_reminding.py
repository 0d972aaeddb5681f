"""Everyone is reminded in their time, once, whoever is slow, twice there, or dies (R8, R14)."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.states import LiftState, SignUpState
from chalicelib.services import deadlines, lifts, offers, requests, signups
from tests.builders import (
    TEN,
    Clock,
    a_lift,
    a_lift_day,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    owed,
    store,
)
from tests.chalicelib.services.letters.post import Died, Mortal
from tests.chalicelib.services.matched import BO, DAN, RIA

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
END = TEN + 3 * HOUR


def stored(world: Adapters) -> Lift:
    return world.bookings.get(Lift, a_lift().id)


def reminded(world: Adapters, name: str) -> list[str]:
    """Whom a letter is owed to about that, by the kind of what they have."""
    found = [thing for _, thing, about in owed(world) if about == name]
    return sorted(thing.partition("-")[0] for thing in found)


def test_each_reminder_goes_to_everyone_in_its_time(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    store(world, a_signup())
    seen = []

    while clock.at < END + 25 * HOUR:
        clock.forward(minutes=10)
        before = owed(world)
        deadlines.pass_time(world)
        seen += [(clock.at, *one) for one in owed(world) if one not in before]

    car, alone = {"lift": DAN, "request": RIA}, "signup"
    by_kind: dict[str, list[tuple[datetime, str]]] = {}
    for at, letter, thing, about in seen:
        by_kind.setdefault(thing.partition("-")[0], []).append((at, about or letter))
    leave = a_lift().leave_at
    eleven = TEN - timedelta(hours=23)
    assert by_kind[alone] == [
        (TEN - 48 * HOUR, "two_days"),
        (eleven, "day_before"),
        (TEN - 2 * HOUR, "morning"),
        (END + HOUR, "afterwards"),
    ]
    of_car = [(leave - 48 * HOUR, "two_days"), (eleven, "day_before"),
              (leave - 2 * HOUR, "morning"), (END + HOUR, "afterwards")]  # fmt: skip
    assert by_kind["lift"] == of_car
    assert by_kind["request"] == [one for one in of_car for _ in range(2)]
    assert set(by_kind) == {*car, alone}


def test_after_a_long_sleep_only_what_is_still_of_use_is_sent(
    world: Adapters, clock: Clock
) -> None:
    """Two days' sleep: one letter each, and everything else is done in one go."""
    a_lift_day(world)
    store(world, a_signup())
    clock.at = END + 2 * HOUR

    deadlines.pass_time(world)

    assert {letter for letter, _, _ in owed(world)} == {"afterwards"}
    assert len(owed(world)) == 4
    assert stored(world).state is LiftState.COMPLETED
    assert world.bookings.due(most=9) == []


def test_who_joins_twenty_hours_before_is_reminded_once(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    store(world, replace(stored(world), respond_by=lift.leave_at - 4 * HOUR))
    signup = a_signup(state=SignUpState.UNCONFIRMED, session_starts_at=None, session_ends_at=None)
    clock.at = lift.leave_at - 20 * HOUR
    store(world, signup)
    lifts.accept(world, lift.id)
    signups.confirm(world, signup.id)

    while clock.at < lift.leave_at:
        deadlines.pass_time(world)
        clock.forward(minutes=30)

    assert {about for letter, _, about in owed(world) if letter == "reminder"} == {"morning"}
    assert reminded(world, "morning") == ["lift", "request", "request", "signup"]


def test_two_sweeps_at_once_remind_once(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    store(world, a_signup())
    clock.at = a_lift().leave_at - 48 * HOUR
    ready = threading.Barrier(4)
    versions = []

    def sweep() -> None:
        ready.wait()
        deadlines.pass_time(world)
        versions.append(stored(world).version)

    threads = [threading.Thread(target=sweep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert reminded(world, "two_days") == ["lift", "request", "request"]
    assert stored(world).version == 2
    assert stored(world).reminded == ("two_days",)


def test_r14_whoever_dies_at_any_call_reminds_once(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    clock.at = a_lift().leave_at - 48 * HOUR
    deaths = 0

    for fatal in range(1, 20):
        for after in (False, True):
            mortal = Mortal(fatal, after=after)
            dying = replace(
                world,
                bookings=mortal.guard(world.bookings),
                events=mortal.guard(world.events),
                commit=mortal.call(world.commit),
            )
            try:
                deadlines.pass_time(dying)
            except Died:
                deaths += 1
            assert stored(world).version <= 2
            assert len(reminded(world, "two_days")) in {0, 3}, "whole, or nothing"
    deadlines.pass_time(world)

    assert deaths > 2
    assert reminded(world, "two_days") == ["lift", "request", "request"]


def test_who_cancels_is_not_reminded(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    store(world, a_signup())
    requests.cancel(world, BO)
    signups.cancel(world, a_signup().id)
    clock.at = stored(world).leave_at - 48 * HOUR

    deadlines.pass_time(world)
    assert reminded(world, "two_days") == ["lift", "request"]
    offers.withdraw(world, DAN)
    clock.at = TEN - 2 * HOUR
    deadlines.pass_time(world)

    assert reminded(world, "morning") == []


def test_many_are_brought_up_in_one_sweep(world: Adapters, clock: Clock) -> None:
    people = [
        a_signup(id=f"signup-20261128-{number:012}", person=a_person(f"P{number} Q"))
        for number in range(40)
    ]
    store(world, an_event(), a_session(), a_request(), *people)
    clock.at = TEN - 48 * HOUR

    deadlines.pass_time(world)

    assert reminded(world, "two_days") == ["signup"] * 40
