"""Who can join a car, held against every order tried by hand."""

import itertools
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain import joining, route
from chalicelib.domain.lift import DWELL, Lift, Place
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState
from matching.travel import drive_s
from tests.builders import ALTRINCHAM, SALE, TEN, a_lift, a_place, a_request, an_offer

MINUTE = timedelta(minutes=1)
NEW = "request-20261128-nnnnnnnnnnnn"


def a_car(**given: Any) -> Lift:
    """Dan's car with Ria in it, its times as the estimate has them."""
    lift = a_lift((a_place(),), **{"seats": Places(standard=3), **given})
    return route.timed(lift, drive_s)


def join(
    lift: Lift, new: Request, *, offer: Offer | None = None, ria: Request | None = None
) -> Lift | None:
    ria = ria or a_request()
    return joining.joined(lift, offer or an_offer(), {ria.id: ria}, new, drive_s)


def bo(**given: Any) -> Request:
    return a_request(**{"id": NEW, "start": SALE, **given})


def test_a_rider_on_the_way_joins_at_the_stop_that_costs_the_driver_least() -> None:
    lift = join(a_car(), bo())

    assert lift is not None
    assert [place.request_id for place in lift.places] == [a_request().id, NEW]
    assert lift.drops == (NEW, a_request().id)
    assert lift.people == a_car().people + 1


def test_a_full_car_takes_nobody() -> None:
    full = replace(a_car(), seats=Places(standard=1))

    assert join(full, bo()) is None


def test_types_of_places_do_not_stand_in_for_each_other() -> None:
    chair = bo(needs=Places(wheelchair=1))

    assert join(a_car(), chair) is None
    assert join(a_car(seats=Places(standard=1, wheelchair=1)), chair) is not None


def test_nobody_is_carried_out_without_the_way_back_that_they_need() -> None:
    one_way = replace(a_car(), back_at=None, home_at=None, drops=())

    assert join(one_way, bo()) is None
    there = join(one_way, bo(both_ways=False), ria=a_request(both_ways=False))
    assert there is not None
    place = there.place(NEW)
    assert place is not None
    assert place.drop_at is None


def test_a_driver_is_not_asked_twice_for_somebody_they_declined() -> None:
    assert join(a_car(), bo(), offer=an_offer(declined=(NEW,))) is None


def test_everybodys_limits_hold() -> None:
    in_a_hurry = an_offer(detour_limit_s=300)
    sleeper = an_offer(earliest_at=TEN - 25 * MINUTE)
    patient, impatient = bo(), bo(extra_limit_s=0, start=Start("", "", 53.5, -2.2, 0))

    assert join(a_car(), patient, offer=in_a_hurry) is None
    assert join(a_car(), patient, offer=sleeper) is None
    assert join(a_car(), impatient) is None


def test_in_a_locked_lift_nobody_elses_time_changes() -> None:
    lift = join(a_car(state=LiftState.LOCKED), bo(), offer=an_offer(detour_limit_s=7200))

    assert lift is None or lift.places[1] == a_car().places[0]
    near_dan = bo(start=Start("M21 9AN", "near Chorlton (M21)", 53.4426, -2.2786, 100))
    lift = join(a_car(state=LiftState.LOCKED), near_dan)
    assert lift is not None
    assert [place.request_id for place in lift.places] == [NEW, a_request().id]
    assert lift.places[1] == a_car().places[0]


def test_what_joins_is_within_all_limits_and_nobody_fits_who_is_refused() -> None:
    """Random cars: an answer keeps every limit; a refusal means that no stop would have."""
    seed = 20261122
    draw, answers = random.Random(seed), [0, 0]
    for case in range(300):
        lift, offer, riders, new = a_random_case(draw)
        found = joining.joined(lift, offer, riders, new, drive_s)
        possible = any(keeps(one, offer, {**riders, new.id: new}) for one in every_way(lift, new))
        assert (found is not None) == possible, (seed, case)
        assert found is None or keeps(found, offer, {**riders, new.id: new}), (seed, case)
        answers[possible] += 1
    assert min(answers) > 30, answers


def a_random_case(draw: random.Random) -> tuple[Lift, Offer, dict[str, Request], Request]:
    riders = {
        f"request-20261128-{name * 12}": a_request(
            id=f"request-20261128-{name * 12}",
            start=somewhere(draw),
            extra_limit_s=7200,
        )
        for name in "abc"[: draw.randint(0, 3)]
    }
    places = tuple(replace(a_place(one), drop_at=TEN) for one in riders.values())
    drops = list(riders)
    draw.shuffle(drops)
    lift = replace(a_lift(places or (a_place(),)), seats=Places(standard=4))
    lift = route.timed(replace(lift, places=places, drops=tuple(drops)), drive_s)
    new = a_request(id=NEW, start=somewhere(draw), extra_limit_s=draw.choice([300, 900, 2400]))
    offer = an_offer(
        detour_limit_s=draw.choice([900, 2400, 4800]), earliest_at=TEN - timedelta(hours=4)
    )
    riders = {key: replace(one, extra_limit_s=3600) for key, one in riders.items()}
    return lift, offer, riders, new


def somewhere(draw: random.Random) -> Start:
    lat = ALTRINCHAM.lat + draw.uniform(-0.08, 0.12)
    return Start("", "", lat, ALTRINCHAM.lon + draw.uniform(-0.12, 0.12), 100)


def every_way(lift: Lift, new: Request) -> list[Lift]:
    place = Place(new.id, "Bo", new.start, new.needs, lift.arrive_at, TEN)
    found = []
    for out, back in itertools.product(range(len(lift.places) + 1), range(len(lift.drops) + 1)):
        places = (*lift.places[:out], place, *lift.places[out:])
        drops = (*lift.drops[:back], new.id, *lift.drops[back:])
        found.append(route.timed(replace(lift, places=places, drops=drops), drive_s))
    return found


def keeps(lift: Lift, offer: Offer, riders: dict[str, Request]) -> bool:
    """The limits once more, from the statement: driver and riders, out and back."""
    home, venue = (lift.start.lat, lift.start.lon), (lift.venue.lat, lift.venue.lon)
    assert lift.home_at is not None
    out = (lift.arrive_at - lift.leave_at).total_seconds() - drive_s(home, venue)
    back = (lift.home_at - lift.ends_at).total_seconds() - drive_s(venue, home)
    if max(out, back) > offer.detour_limit_s or lift.leave_at < offer.earliest_at:
        return False
    for place in lift.places:
        rider, here = riders[place.request_id], (place.start.lat, place.start.lon)
        assert place.drop_at is not None
        there_s = (lift.arrive_at - place.pickup_at - DWELL).total_seconds() - drive_s(here, venue)
        back_s = (place.drop_at - lift.ends_at).total_seconds() - drive_s(venue, here)
        if max(there_s, back_s) > rider.extra_limit_s or place.pickup_at < rider.earliest_at:
            return False
    return True
