"""A run asks the roads' service what it must, once, and plans by what it says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.drives import ESTIMATED, Sources
from chalicelib.domain.places import Places
from chalicelib.services import drives, lifts, runs
from chalicelib.services.letters import drivers
from matching.travel import drive_s
from tests.builders import (
    ALTRINCHAM,
    CHORLTON,
    SALE,
    STRETFORD,
    a_person,
    a_request,
    a_session,
    an_event,
    an_offer,
    store,
)
from tests.chalicelib.roads.standin import RoadServer, truth_s
from tests.chalicelib.services.asking import (
    DRIVER,
    RIDER,
    VENUE,
    a_problem,
    asking,
    street,
    truth,
)
from tests.chalicelib.services.matched import BO, DAY, checked, the_lift


def test_a_run_uses_the_seconds_of_the_roads(world: Adapters, roads: RoadServer) -> None:
    world = asking(world, roads)
    store(world, an_event(), a_session(), an_offer(), a_request())

    done = runs.run(world, DAY, solve=checked)

    lift = the_lift(world)
    pickup = lift.places[0].pickup_at
    assert pickup - lift.leave_at == timedelta(seconds=truth_s(DRIVER, RIDER))
    assert lift.arrive_at - pickup == timedelta(seconds=60 + truth_s(RIDER, VENUE))
    assert lift.alone_s == truth_s(DRIVER, VENUE) + truth_s(VENUE, DRIVER)
    assert done is not None
    assert replace(done.drives, service="") == Sources(asked=6)
    assert world.bookings.runs(DAY) == (done,)


def test_a_driver_is_told_how_much_longer_it_is_on_the_same_roads(
    world: Adapters, roads: RoadServer
) -> None:
    world = asking(world, roads)
    store(world, an_event(), a_session(), an_offer(), a_request())
    runs.run(world, DAY, solve=checked)
    lift = the_lift(world)

    letter = drivers.of_lift(world, OweLetter(LetterName.LIFT_PROPOSED, lift.id, 1), lift)

    out_s = truth_s(DRIVER, RIDER) + 60 + truth_s(RIDER, VENUE) - truth_s(DRIVER, VENUE)
    back_s = truth_s(VENUE, RIDER) + 60 + truth_s(RIDER, DRIVER) - truth_s(VENUE, DRIVER)
    assert letter.facts["extra"] == timedelta(seconds=out_s + back_s)


def test_a_second_run_asks_nothing(world: Adapters, roads: RoadServer) -> None:
    world = asking(world, roads)
    store(world, an_event(), a_session(), an_offer(), a_request(needs=Places(wheelchair=1)))
    runs.run(world, DAY, solve=checked)
    before = len(roads.questions)

    done = runs.run(world, DAY, solve=checked)

    assert (before, len(roads.questions)) == (1, 1)
    assert done is not None
    assert replace(done.drives, service="") == Sources(kept=6)


def test_by_default_nobody_is_asked(world: Adapters) -> None:
    problem = a_problem()

    assert drives.fill(world, DAY, problem) == (problem, ESTIMATED)


@pytest.mark.parametrize("without", ["sessions", "drivers", "riders"])
def test_no_home_is_told_for_a_day_that_can_have_no_lift(
    world: Adapters, roads: RoadServer, without: str
) -> None:
    nobody: dict[str, Any] = {without: ()}
    problem = replace(a_problem(), **nobody)

    assert drives.fill(asking(world, roads), DAY, problem) == (problem, ESTIMATED)
    assert roads.requests == []


@pytest.mark.parametrize("side", [1, 2, 3, 7, 50])
def test_any_number_of_questions_makes_the_same_table(
    world: Adapters, roads: RoadServer, side: int
) -> None:
    problem = a_problem(*street(13))

    filled, sources = drives.fill(asking(world, roads, side), DAY, problem)

    assert filled.drive_s == truth(problem)
    assert replace(sources, service="") == Sources(asked=13 * 12)
    assert len(roads.questions) == {1: 156, 2: 48, 3: 24, 7: 4, 50: 1}[side]


def test_only_new_people_are_asked_about(world: Adapters, roads: RoadServer) -> None:
    world = asking(world, roads)
    drives.fill(world, DAY, a_problem(*street(10)))
    roads.questions.clear()

    filled, sources = drives.fill(world, DAY, a_problem(*street(11)))

    assert filled.drive_s == truth(filled)
    assert replace(sources, service="") == Sources(asked=20, kept=90)
    new = street(11)[-1]
    assert all(new in pair for pair in roads.pairs)


def test_one_place_is_asked_about_once(world: Adapters, roads: RoadServer) -> None:
    """Neighbours of less than 10 m are one place to others, and no drive apart."""
    neighbour = (RIDER[0] + 0.00003, RIDER[1] - 0.00002)
    problem = a_problem(VENUE, DRIVER, RIDER, neighbour)

    filled, _ = drives.fill(asking(world, roads), DAY, problem)

    assert filled.drive_s is not None
    assert filled.drive_s[2] == filled.drive_s[3]
    assert filled.drive_s[2][3] == 0
    assert len(roads.pairs) == len(set(roads.pairs)) == 9


def test_no_more_is_asked_than_may_be(world: Adapters, roads: RoadServer) -> None:
    world = asking(world, roads, side=3, most_pairs=25)

    _, sources = drives.fill(world, DAY, a_problem(*street(10)))

    assert 15 < len(roads.pairs) <= 25
    assert sources.asked + sources.missing == 90


def test_too_many_places_are_not_asked_about(world: Adapters, roads: RoadServer) -> None:
    problem = a_problem(
        *(place for at in range(drives.MOST_PLACES + 1) for place in [(50 + at / 1000, 0.0)])
    )

    same, sources = drives.fill(asking(world, roads), DAY, problem)

    assert same == problem
    assert sources.missing == 1501 * 1500
    assert roads.requests == []


def test_far_places_are_not_asked_about(world: Adapters, roads: RoadServer) -> None:
    problem = a_problem(VENUE, DRIVER, RIDER, (50.37, -4.14))

    filled, sources = drives.fill(asking(world, roads), DAY, problem)

    assert (sources.asked, sources.far, sources.missing) == (6, 6, 0)
    assert filled.drive_s is not None
    assert filled.drive_s[0][3] == drive_s(VENUE, (50.37, -4.14))
    assert all((50.37, -4.14) not in pair for pair in roads.pairs)


def test_who_stays_when_a_rider_leaves_keeps_to_the_roads(
    world: Adapters, roads: RoadServer
) -> None:
    """Times are worked out anew without the service, but not against what it said."""
    world = asking(world, roads)
    bo = a_request(id=BO, person=a_person("Bo Hall"), start=SALE)
    store(world, an_event(), a_session(), an_offer(), a_request(), bo)
    runs.run(world, DAY, solve=checked)
    before = the_lift(world)
    last = before.places[-1].request_id

    world.commit(lifts.leave(world, before, world.bookings.get(type(bo), last)))

    after = the_lift(world)
    assert [place.request_id for place in after.places] == [before.places[0].request_id]
    assert after.places[0].pickup_at >= before.places[0].pickup_at
    first = before.places[0].start
    assert after.places[0].pickup_at - after.leave_at == timedelta(
        seconds=truth_s((CHORLTON.lat, CHORLTON.lon), (first.lat, first.lon))
    )
    assert (ALTRINCHAM.lat, ALTRINCHAM.lon) == VENUE
    assert (STRETFORD.lat, STRETFORD.lon) == RIDER


def test_nobody_can_tell_who_drives_from_the_order(world: Adapters, roads: RoadServer) -> None:
    drives.fill(asking(world, roads), DAY, a_problem(*reversed(street(9))))

    [(origins, destinations)] = roads.questions
    assert origins == destinations == sorted(origins)
