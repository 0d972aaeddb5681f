"""Road services on this computer: they answer as OSRM, Valhalla and Amazon Location do.

Formats are those of their documents. What they know of the roads is `truth_s`; what goes
wrong with them is one of `faults.FAULTS`.
"""

import json
import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.chalicelib.roads.faults import BODIES, MANNERS, MATRICES, STATUSES, Matrix

Point = tuple[float, float]


def truth_s(start: Point, end: Point) -> int:
    """The drive on these roads: 12 m/s as the crow flies, with a hill to the north."""
    north, east = (end[0] - start[0]) * 111_195, (end[1] - start[1]) * 66_000
    return 0 if start == end else 60 + round(math.hypot(north, east) / 12) + 25 * (north > 0)


@dataclass(slots=True)
class RoadServer:
    """One that runs, what it was asked, and what is wrong with it.

    Attributes
    ----------
    fault
        One of `faults.FAULTS`; "" for none.
    well
        How many questions it answers well before the fault.
    no_way
        Pairs between which it knows no way.
    old
        Valhalla as before 3.5: without the short form.
    """

    url: str = ""
    fault: str = ""
    well: int = 0
    no_way: set[tuple[Point, Point]] = field(default_factory=set)
    old: bool = False
    questions: list[tuple[list[Point], list[Point]]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)

    def times(self, origins: Sequence[Point], destinations: Sequence[Point]) -> Matrix:
        """What it knows, or what is wrong with that; the question is remembered."""
        self.questions.append((list(origins), list(destinations)))
        rows = [
            [None if (start, end) in self.no_way else truth_s(start, end) for end in destinations]
            for start in origins
        ]
        return MATRICES[self.fault](rows) if self.wrong and self.fault in MATRICES else rows

    @property
    def wrong(self) -> bool:
        """Whether the fault has begun."""
        return bool(self.fault) and len(self.requests) > self.well

    @property
    def pairs(self) -> list[tuple[Point, Point]]:
        """Every drive that it was asked for, in order."""
        return [(start, end) for rows, to in self.questions for start in rows for end in to]


@contextmanager
def running() -> Iterator[RoadServer]:
    """Run one until the end of the block."""
    roads = RoadServer()
    handler = type("Handler", (_Handler,), {"roads": roads})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    roads.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield roads
    finally:
        roads.stopping.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body go in two writes
    roads: RoadServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_: object) -> None:
        """Keep the tests' output to what the tests say."""

    def _answer(self, body: bytes) -> None:
        roads = self.roads
        roads.requests.append(f"{self.command} {self.path} {body.decode()}".strip())
        roads.headers = dict(self.headers)
        said = json.dumps(self._said(body)).encode()
        fault = roads.fault if roads.wrong else ""
        if fault in MANNERS:
            self._misbehave(fault, said)
        else:
            self._send(STATUSES.get(fault, 200), BODIES.get(fault, said))

    def _said(self, body: bytes) -> Any:
        url = urlsplit(self.path)
        if url.path.startswith("/table/v1/driving/"):
            return _as_osrm(self.roads, url.path, parse_qs(url.query))
        if url.path == "/sources_to_targets":
            return _as_valhalla(self.roads, json.loads(body))
        if url.path == "/v2/route-matrix":
            return _as_amazon(self.roads, json.loads(body))
        return {"elsewhere": True}

    def _send(self, status: int, said: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said) if length is None else length))
        self.end_headers()
        self.wfile.write(said)

    def _misbehave(self, fault: str, said: bytes) -> None:
        self.close_connection = True
        match fault:
            case "redirect":
                self.send_response(302)
                self.send_header("Location", f"{self.roads.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "cut short":
                self._send(200, said[:9], length=len(said))
            case "hangs":
                self.roads.stopping.wait(5)
            case "bad header":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length 12\r\n: \r\n\r\n[]")
            case "drips" | "without end":
                self._send_slowly(b" " * (1 if fault == "drips" else 65_536))

    def _send_slowly(self, piece: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "99999999999")
        self.end_headers()
        while not self.roads.stopping.is_set():
            try:
                self.wfile.write(piece)
            except OSError:
                return
            if len(piece) == 1:
                time.sleep(0.02)


def _as_osrm(roads: RoadServer, path: str, options: dict[str, list[str]]) -> Any:
    """https://project-osrm.org/docs/v5.24.0/api/#table-service."""
    at = [tuple(map(float, each.split(","))) for each in path.rpartition("/")[2].split(";")]
    points = [(lat, lon) for lon, lat in at]
    [sources], [destinations] = options["sources"], options["destinations"]
    origins = [points[int(index)] for index in sources.split(";")]
    ends = [points[int(index)] for index in destinations.split(";")]
    assert options["annotations"] == ["duration"]
    rows = [
        [value - 0.4 if type(value) is int and value > 0 else value for value in row]
        if isinstance(row, list)
        else row
        for row in roads.times(origins, ends)
    ]  # durations are decimals there
    return {"code": "Ok", "durations": rows, "sources": [], "destinations": []}


def _as_valhalla(roads: RoadServer, asked: Any) -> Any:
    """https://valhalla.github.io/valhalla/api/matrix/api-reference/."""
    origins = [(each["lat"], each["lon"]) for each in asked["sources"]]
    ends = [(each["lat"], each["lon"]) for each in asked["targets"]]
    assert asked["costing"] == "auto"
    rows = roads.times(origins, ends)
    if not roads.old:
        return {"sources_to_targets": {"durations": rows, "distances": []}, "units": "kilometers"}
    long = [
        [
            {"distance": None if time is None else 1.5, "time": time, "from_index": at}
            for time in row
        ]
        if isinstance(row, list)
        else row
        for at, row in enumerate(rows)
    ]
    return {"sources_to_targets": long, "units": "kilometers"}


def _as_amazon(roads: RoadServer, asked: Any) -> Any:
    """The service model of geo-routes, 2020-11-19: an entry with an error has a duration."""
    origins = [tuple(reversed(each["Position"])) for each in asked["Origins"]]
    ends = [tuple(reversed(each["Position"])) for each in asked["Destinations"]]
    circle = asked["RoutingBoundary"]["Geometry"]["AutoCircle"]
    assert circle["MaxRadius"] + circle["Margin"] <= 200_000
    rows = [
        [
            {"Distance": 0, "Duration": 0, "Error": "NoRoute"}
            if time is None
            else {"Distance": 1500, "Duration": time}
            for time in row
        ]
        if isinstance(row, list)
        else row
        for row in roads.times(origins, ends)
    ]
    return {"ErrorCount": 0, "RouteMatrix": rows, "RoutingBoundary": asked["RoutingBoundary"]}
