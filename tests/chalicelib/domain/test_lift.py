"""A lift's times, and who may see what of it."""

import random
from dataclasses import replace
from datetime import timedelta

from chalicelib.domain import route
from chalicelib.domain.lift import Lift, Place
from chalicelib.domain.people import Start
from chalicelib.domain.states import LiftState
from matching.travel import drive_s
from tests.builders import ALTRINCHAM, SALE, STRETFORD, TEN, a_lift, a_place, a_request

MINUTE = timedelta(minutes=1)


def by_crow(here: tuple[float, float], there: tuple[float, float]) -> int:
    """Ten minutes between any two places that differ, so that sums can be done by hand."""
    return 0 if here == there else 600


def a_full_lift() -> Lift:
    ria = a_place(a_request())
    bo = a_place(a_request(id="request-20261128-bbbbbbbbbbbb", start=SALE))
    return replace(a_lift((ria, bo)), drops=(bo.request_id, ria.request_id))


def test_times_are_worked_out_from_the_arrival_backwards() -> None:
    lift = route.without(a_full_lift(), "nobody", by_crow)

    # Arrives 9:55; ten minutes of driving and one of stopping before that, twice.
    assert lift.arrive_at == TEN - 5 * MINUTE
    assert [place.pickup_at for place in lift.places] == [TEN - 27 * MINUTE, TEN - 16 * MINUTE]
    assert lift.leave_at == TEN - 37 * MINUTE
    end = lift.ends_at
    bo, ria = lift.place(lift.drops[0]), lift.place(lift.drops[1])
    assert bo is not None
    assert ria is not None
    assert (bo.drop_at, ria.drop_at) == (end + 10 * MINUTE, end + 21 * MINUTE)
    assert lift.home_at == end + 32 * MINUTE


def test_without_the_last_stop_the_first_is_picked_up_later() -> None:
    lift = a_full_lift()

    rest = route.without(lift, lift.places[1].request_id, by_crow)

    assert [place.request_id for place in rest.places] == [lift.places[0].request_id]
    assert rest.places[0].pickup_at == TEN - 16 * MINUTE
    assert rest.drops == (lift.places[0].request_id,)
    assert rest.home_at == lift.ends_at + 21 * MINUTE


def test_one_way_lifts_have_no_way_back() -> None:
    lift = replace(a_full_lift(), back_at=None, drops=(), home_at=None)

    rest = route.without(lift, lift.places[0].request_id, by_crow)

    assert (rest.back_at, rest.home_at, rest.drops) == (None, None, ())


def test_leaving_a_lift_makes_nobody_else_earlier_or_longer() -> None:
    """Over random cars: those who stay are collected no earlier and back no later."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(200):
        places = [_a_random_place(chance, number) for number in range(chance.randint(2, 6))]
        drops = tuple(chance.sample([place.request_id for place in places], len(places)))
        lift = route.without(replace(a_lift(places), drops=drops), "nobody", drive_s)
        gone = chance.choice(places).request_id

        rest = route.without(lift, gone, drive_s)

        _is_no_worse(rest, lift)


def test_times_of_other_roads_are_kept_when_somebody_leaves() -> None:
    """Planned by a table of drives, not even a metric one; the plan is all that is left of it."""
    chance = random.Random(20)
    for _ in range(200):
        places = [_a_random_place(chance, number) for number in range(chance.randint(2, 6))]
        drops = tuple(chance.sample([place.request_id for place in places], len(places)))
        table: dict[object, int] = {}

        def roads(*pair: object, table: dict[object, int] = table) -> int:
            return table.setdefault(pair, chance.randint(60, 3_600))

        lift = route.without(replace(a_lift(places), drops=drops), "nobody", roads)
        gone = chance.choice(places).request_id

        rest = route.without(lift, gone, route.as_planned(lift, drive_s))

        _is_no_worse(rest, lift)


def test_nobody_leaving_changes_no_time_of_other_roads() -> None:
    lift = route.without(a_full_lift(), "nobody", by_crow)

    assert route.without(lift, "nobody", route.as_planned(lift, drive_s)) == lift


def _is_no_worse(rest: Lift, lift: Lift) -> None:
    assert rest.leave_at >= lift.leave_at
    for place in rest.places:
        before = lift.place(place.request_id)
        assert before is not None
        assert place.pickup_at >= before.pickup_at
        assert place.drop_at is not None
        assert before.drop_at is not None
        assert place.drop_at <= before.drop_at


def _a_random_place(chance: random.Random, number: int) -> Place:
    lat = ALTRINCHAM.lat + chance.uniform(-0.2, 0.2)
    lon = ALTRINCHAM.lon + chance.uniform(-0.3, 0.3)
    request = a_request(
        id=f"request-20261128-{number:012}", start=Start("X", "near X", lat, lon, 100)
    )
    return a_place(request)


def test_pickups_show_only_once_agreed_and_near() -> None:
    lift = a_lift(state=LiftState.ACCEPTED)
    two_days = timedelta(hours=48)

    assert lift.shows_pickups(lift.leave_at - two_days)
    assert not lift.shows_pickups(lift.leave_at - two_days - MINUTE)
    assert lift.shows_pickups(lift.ends_at + timedelta(hours=6))
    assert not lift.shows_pickups(lift.ends_at + timedelta(hours=6) + MINUTE)
    assert not a_lift(state=LiftState.PROPOSED).shows_pickups(lift.leave_at)
    assert not a_lift(state=LiftState.CANCELLED).shows_pickups(lift.leave_at)


def test_everyone_in_the_car_counts() -> None:
    assert a_full_lift().people == 3
    assert a_lift().place("nobody") is None
    assert STRETFORD.label not in STRETFORD.area
