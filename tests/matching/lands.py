"""Where the places of made-up days lie."""

from matching.grid import nearest
from matching.kingdom import Seat, kingdom
from matching.problem import Problem
from matching.values import Place

LAND = kingdom()


def area_at(place: Place) -> tuple[float, int]:
    """The small place nearest to *place*, and how many km away it is, which come first."""
    [found] = nearest(LAND.areas, place, 1)
    return found


def seat_at(place: Place) -> Seat:
    """The seat of the small place nearest to *place*."""
    _, area = area_at(place)
    return LAND.seats[LAND.seat_of[area]]


def venues(problem: Problem) -> tuple[Place, ...]:
    """The places of the sessions."""
    return problem.places[: len(problem.sessions)]


def homes(problem: Problem) -> tuple[Place, ...]:
    """The places of the people, in the order of their numbers."""
    return problem.places[len(problem.sessions) :]
