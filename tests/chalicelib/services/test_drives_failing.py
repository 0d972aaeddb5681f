"""A run goes on without the roads' service, or with half of what it should say."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.drives import Seconds, Sources
from chalicelib.errors import Busy
from chalicelib.services import drives, runs
from chalicelib.storage.drives import DriveStore
from matching.travel import drive_s
from tests.builders import Clock, a_request, a_session, an_event, an_offer, store
from tests.chalicelib.roads.faults import FAULTS
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
from tests.chalicelib.services.matched import DAY, checked, the_lift


@pytest.mark.parametrize("fault", [one for one in FAULTS if one != "without end"])
def test_a_run_goes_on_whatever_the_service_does(
    world: Adapters, roads: RoadServer, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    store(world, an_event(), a_session(), an_offer(), a_request())
    roads.fault = fault

    done = runs.run(asking(world, roads), DAY, solve=checked)

    assert done is not None
    assert (done.proposed, done.stranded) == (1, 0)
    assert replace(done.drives, service="") == Sources(missing=6, unusable=1)
    lift = the_lift(world)
    assert lift.places[0].pickup_at - lift.leave_at == timedelta(seconds=drive_s(DRIVER, RIDER))
    assert "missing=6" in caplog.text
    assert not [one for one in ("53.4", "-2.2", "-2.3") if one in caplog.text]


def test_what_is_missing_is_estimated_and_asked_next_time(
    world: Adapters, roads: RoadServer
) -> None:
    world, problem = asking(world, roads, side=5), a_problem(*street(10))
    roads.fault, roads.well = "status 400", 2

    filled, first = drives.fill(world, DAY, problem)
    roads.fault = ""
    again, second = drives.fill(world, DAY, problem)

    assert filled.drive_s is not None
    assert filled.drive_s[0] == truth(problem)[0]
    assert filled.drive_s[9] == tuple(drive_s(problem.places[9], end) for end in problem.places)
    assert (first.asked, first.missing, first.unusable) == (45, 45, 2)
    assert (second.kept, second.asked, second.missing) == (45, 45, 0)
    assert again.drive_s == truth(problem)


def test_a_service_that_is_down_is_not_asked_for_long(world: Adapters, roads: RoadServer) -> None:
    roads.fault = "status 400"

    _, sources = drives.fill(asking(world, roads, side=1), DAY, a_problem(*street(10)))

    assert len(roads.requests) == sources.unusable == drives.GIVE_UP_AFTER


def test_a_slow_service_is_not_asked_for_long(world: Adapters, roads: RoadServer) -> None:
    clock = Clock()

    def tick() -> datetime:
        clock.forward(seconds=25)
        return clock.at

    _, sources = drives.fill(
        replace(asking(world, roads, side=1), now=tick), DAY, a_problem(*street(10))
    )

    assert (sources.asked, sources.missing) == (2, 88)


def test_where_there_is_no_way_the_estimate_stands(world: Adapters, roads: RoadServer) -> None:
    world = asking(world, roads)
    roads.no_way = {(RIDER, VENUE)}

    filled, sources = drives.fill(world, DAY, a_problem())
    _, again = drives.fill(world, DAY, a_problem())

    assert filled.drive_s is not None
    assert filled.drive_s[2][0] == drive_s(RIDER, VENUE)
    assert filled.drive_s[0][2] == truth_s(VENUE, RIDER)
    assert (sources.asked, sources.no_way) == (6, 1)
    assert (again.kept, again.no_way) == (6, 1), "it need not be asked again"


class Broken(DriveStore):
    """Records that do not answer."""

    def between(self, *_: object, **__: object) -> Seconds:
        raise Busy("Not now.")

    def keep(self, *_: object, **__: object) -> None:
        raise Busy("Not now.")


def test_records_that_do_not_answer_cost_a_question(world: Adapters, roads: RoadServer) -> None:
    world = asking(world, roads)
    assert world.roads is not None
    world = replace(world, roads=replace(world.roads, kept=Broken(world.now)))

    filled, sources = drives.fill(world, DAY, a_problem())

    assert filled.drive_s == truth(filled)
    assert sources.asked == 6
