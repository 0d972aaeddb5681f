"""What is known of the drives between places, and what is still to be asked; pure.

Known drives are a square of whole seconds, row i to column j, with `UNKNOWN` and `NO_WAY`
in it. Places are points: rounded, so that nobody asked learns more than a street.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
"""(lat, lon) in WGS 84 degrees, rounded to `DECIMALS`."""

Seconds = list[list[int]]

Rows = list[list[int | None]]
"""An answer: whole seconds, rounded up; None where no way is known."""

UNKNOWN = -1
"""Nobody has told us yet."""

NO_WAY = -2
"""Somebody was asked and knows no way, or none that can be believed."""

DECIMALS = 4
"""About 10 metres: enough to find the right street, and the same home for its neighbours."""

_CELL = (0.25, 0.4)
"""Degrees of latitude and longitude, both about 27 km in Great Britain."""

_NEAR = 4
"""Places so many cells apart are asked about: 110 km at least. No question then spans more
than 9 cells, 360 km across, and services refuse whole questions beyond 400."""

_M_PER_DEGREE = 111_195

_FASTEST_M_PER_S = 40.0
_SLACK_M = 1_000.0
"""No car is faster by the crow than 144 km/h, but for the way to the nearest road. A server
without roads for a region takes all of it to the last road it has, and says "0 seconds"."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the drives of a run came from, as counts of pairs of different places.

    Attributes
    ----------
    service
        Who was asked; "" when every drive was estimated.
    asked, kept
        Answered now, and known from an earlier run.
    no_way
        How many of these two know no way that can be believed: estimated.
    far
        Too far apart to be asked about: estimated.
    missing
        Without a usable answer, or beyond what may be asked in one run: estimated.
    unusable
        Questions, of many pairs each, that got no usable answer.
    """

    service: str = ""
    asked: int = 0
    kept: int = 0
    no_way: int = 0
    far: int = 0
    missing: int = 0
    unusable: int = 0


ESTIMATED = Sources()
"""Nobody was asked."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One question: the drives from the places of *rows* to those of *columns*, by index."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def pairs(self) -> int:
        """Drives that it asks for."""
        return len(self.rows) * len(self.columns)


def rounded(lat: float, lon: float) -> Point:
    """That place as others may see it; + 0.0 makes one zero of two."""
    return round(lat, DECIMALS) + 0.0, round(lon, DECIMALS) + 0.0


def nothing(size: int) -> Seconds:
    """A square of which nothing is known."""
    return [[UNKNOWN] * size for _ in range(size)]


def tiles(points: Sequence[Point], known: Seconds, side: int) -> Iterator[Tile]:
    """The unknown drives between near places, as few rectangles of *side* at most.

    Rows that lack the same columns share a rectangle: of a day that is known but for a few
    new people, only what concerns these is asked.
    """
    cells = [_cell(point) for point in points]
    lacking: dict[tuple[int, ...], list[int]] = {}
    for row, seconds in enumerate(known):
        columns = tuple(
            column
            for column, value in enumerate(seconds)
            if value == UNKNOWN and _near(cells[row], cells[column])
        )
        if any(column != row for column in columns):
            lacking.setdefault(columns, []).append(row)
    for columns, rows in lacking.items():
        for some in _parts(rows, side):
            for to in _parts(columns, side):
                if some != to or len(to) > 1:  # nobody need be asked the way from here to here
                    yield Tile(some, to)


def believable(start: Point, end: Point, seconds: int) -> bool:
    """Whether a car can be so fast, as far as the distance can tell.

    The earth is taken as flat between the two: right within 1 % over 200 km.
    """
    north = (end[0] - start[0]) * _M_PER_DEGREE
    shrunk = math.cos(math.radians((start[0] + end[0]) / 2))
    east = (end[1] - start[1]) * _M_PER_DEGREE * shrunk
    return math.hypot(north, east) <= _SLACK_M + _FASTEST_M_PER_S * seconds


def unknown(points: Sequence[Point], known: Seconds) -> tuple[int, int]:
    """How many drives are unknown, of near places and of far ones."""
    cells = [_cell(point) for point in points]
    near = far = 0
    for row, column in _pairs(len(points)):
        if known[row][column] == UNKNOWN:
            if _near(cells[row], cells[column]):
                near += 1
            else:
                far += 1
    return near, far


def count(known: Seconds, value: int) -> int:
    """How often *value* stands for the drive between two different places."""
    return sum(known[row][column] == value for row, column in _pairs(len(known)))


def _pairs(size: int) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(size) for column in range(size) if row != column)


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / _CELL[0]), math.floor(point[1] / _CELL[1])


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] - other[0]) <= _NEAR and abs(one[1] - other[1]) <= _NEAR


def _parts(indexes: Iterable[int], side: int) -> Iterator[tuple[int, ...]]:
    held = tuple(indexes)
    return (held[at : at + side] for at in range(0, len(held), side))
