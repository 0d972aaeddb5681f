"""Each road service is asked as its documents say, and nothing it does wrong gets further."""

import json
import logging
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.config import Config
from urllib3 import PoolManager

from chalicelib import wiring
from chalicelib.config import Roads
from chalicelib.roads.amazon import AmazonRoutes
from chalicelib.roads.osrm import Osrm
from chalicelib.roads.server import Server
from chalicelib.roads.table import Table
from chalicelib.roads.valhalla import Valhalla
from tests.chalicelib.roads import standin
from tests.chalicelib.roads.faults import FAULTS
from tests.chalicelib.roads.standin import RoadServer, truth_s

HERE, THERE, BEYOND = (53.4426, -2.2786), (53.4243, -2.3196), (53.3873, -2.3495)
PATIENCE_S = 0.3


def an_osrm(roads: RoadServer) -> Table:
    return Osrm(Server("osrm", roads.url, PoolManager(), wiring.now, PATIENCE_S), 50)


def a_valhalla(roads: RoadServer) -> Table:
    return Valhalla(Server("valhalla", roads.url, PoolManager(), wiring.now, PATIENCE_S), 50)


def an_old_valhalla(roads: RoadServer) -> Table:
    roads.old = True
    return a_valhalla(roads)


def an_amazon(roads: RoadServer) -> Table:
    once = Config(read_timeout=PATIENCE_S, retries={"total_max_attempts": 1})
    client: Any = boto3.client("geo-routes", endpoint_url=roads.url, config=once)
    return AmazonRoutes(client, 100)


Maker = Callable[[RoadServer], Table]
OVER_HTTP = (an_osrm, a_valhalla)
EVERY = (*OVER_HTTP, an_old_valhalla, an_amazon)
NOT_OF_AMAZON = {"drips", "a text", "a truth"}
"""botocore waits as long as AWS sends, and makes whole numbers of the other two."""

WRONG = [
    (make, fault)
    for make in EVERY
    for fault in FAULTS
    if fault != "without end" and not (make is an_amazon and fault in NOT_OF_AMAZON)
]


@pytest.mark.parametrize("make", EVERY)
def test_seconds_go_from_the_row_to_the_column(roads: RoadServer, make: Maker) -> None:
    answer = make(roads).ask([HERE, BEYOND], [THERE, HERE, BEYOND])

    assert answer == [
        [truth_s(start, end) for end in (THERE, HERE, BEYOND)] for start in (HERE, BEYOND)
    ]
    assert answer[0][2] != answer[1][1], "there and back differ on these roads"
    assert roads.questions == [([HERE, BEYOND], [THERE, HERE, BEYOND])]


@pytest.mark.parametrize("make", EVERY)
def test_no_way_is_none(roads: RoadServer, make: Maker) -> None:
    roads.no_way = {(HERE, BEYOND)}

    assert make(roads).ask([HERE], [THERE, BEYOND]) == [[truth_s(HERE, THERE), None]]


@pytest.mark.parametrize(("make", "fault"), WRONG)
def test_whatever_goes_wrong_is_no_answer(
    roads: RoadServer, make: Maker, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And no log of it holds a place: not ours, nor that of a library beneath."""
    caplog.set_level(logging.INFO)
    roads.fault = fault

    assert make(roads).ask([HERE], [THERE, BEYOND]) is None

    assert len(roads.requests) <= 2
    assert not [one for one in ("53.4", "-2.2", "2.31") if one in caplog.text]


def test_an_answer_without_end_is_left(roads: RoadServer) -> None:
    roads.fault = "without end"
    patient = Server("osrm", roads.url, PoolManager(), wiring.now, patience_s=20)

    assert Osrm(patient, 50).ask([HERE], [THERE]) is None


@pytest.mark.parametrize(
    ("fault", "attempts"), [("status 500", 2), ("status 429", 1), ("a page", 1)]
)
@pytest.mark.parametrize("make", OVER_HTTP)
def test_only_what_may_pass_is_tried_again(
    roads: RoadServer, make: Maker, fault: str, attempts: int
) -> None:
    roads.fault = fault

    make(roads).ask([HERE], [THERE])

    assert len(roads.requests) == attempts


@pytest.mark.parametrize("make", EVERY)
def test_nobody_else_is_asked_when_told_to(roads: RoadServer, make: Maker) -> None:
    roads.fault = "redirect"

    make(roads).ask([HERE], [THERE])

    assert not [one for one in roads.requests if "elsewhere" in one]


@pytest.mark.parametrize("make", OVER_HTTP)
def test_a_server_that_is_not_there_is_no_answer(make: Maker) -> None:
    with standin.running() as gone:
        pass

    assert make(gone).ask([HERE], [THERE]) is None


def test_osrm_is_told_each_point_once_and_nothing_else(roads: RoadServer) -> None:
    an_osrm(roads).ask([HERE, THERE], [THERE, HERE])

    assert roads.requests == [
        "GET /table/v1/driving/-2.2786,53.4426;-2.3196,53.4243"
        "?annotations=duration&sources=0;1&destinations=1;0"
    ]
    assert set(roads.headers) == {"Host", "Accept", "Accept-Encoding", "User-Agent"}


def test_valhalla_is_told_points_and_nothing_else(roads: RoadServer) -> None:
    a_valhalla(roads).ask([HERE], [THERE])

    asked = json.loads(roads.requests[0].removeprefix("POST /sources_to_targets "))
    assert asked == {
        "sources": [{"lat": 53.4426, "lon": -2.2786}],
        "targets": [{"lat": 53.4243, "lon": -2.3196}],
        "costing": "auto",
        "verbose": False,
    }


def test_another_server_has_another_name() -> None:
    pool = PoolManager()
    names = {Server("osrm", f"https://{host}", pool, wiring.now).name for host in ("a", "b", "a")}

    assert len(names) == 2


@pytest.mark.parametrize("service", ["osrm", "valhalla", "amazon"])
def test_wiring_makes_the_service_that_is_configured(
    roads: RoadServer, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_GEO_ROUTES", roads.url)
    url = "" if service == "amazon" else roads.url

    table = wiring.road_table("eu-west-2", Roads(service, url, side=7, most_pairs=100))

    assert table.name.startswith(service)
    assert table.side == 7
    assert table.ask([HERE], [THERE]) == [[truth_s(HERE, THERE)]]
