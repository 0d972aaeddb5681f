"""A world with a road server in it, and days to ask it about."""

from dataclasses import replace

from urllib3 import PoolManager

from chalicelib import wiring
from chalicelib.adapters import Adapters, Roads
from chalicelib.domain.drives import Point
from chalicelib.roads.osrm import Osrm
from chalicelib.roads.server import Server
from chalicelib.storage.drives import DriveStore
from matching.problem import Driver, Problem, Rider, Session
from tests.chalicelib.roads.standin import RoadServer, truth_s

VENUE, DRIVER, RIDER = (53.3873, -2.3495), (53.4426, -2.2786), (53.4466, -2.3086)


def asking(
    world: Adapters, roads: RoadServer, side: int = 50, most_pairs: int = 10_000
) -> Adapters:
    """The world with that server of OSRM in it."""
    server = Server("osrm", roads.url, PoolManager(), wiring.now, patience_s=0.2)
    table = Osrm(server, side)
    return replace(world, roads=Roads(table, DriveStore(world.now), most_pairs))


def a_problem(*places: Point) -> Problem:
    """A driver at the second place and a rider at the third, to a session at the first."""
    return Problem(
        places=places or (VENUE, DRIVER, RIDER),
        sessions=(Session("s", 0, 36_000, 46_800, minimum=1, target=5, maximum=9),),
        drivers=(Driver("d", 1, {"standard": 3}, 0, 1800),),
        riders=(Rider("r", 2, {"standard": 1}, 0, 1800),),
    )


def truth(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """What that server knows of its drives."""
    return tuple(tuple(truth_s(a, b) for b in problem.places) for a in problem.places)


def street(count: int) -> list[Point]:
    """So many places a kilometre apart."""
    return [(round(53.3 + at / 100, 4), -2.3) for at in range(count)]
