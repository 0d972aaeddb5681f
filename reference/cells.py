"""The coarse cells that stand for a home wherever somebody else could see where it is.

The kingdom is cut into grid squares of about 1 km, and those with few postcodes are kept
together with their neighbours, so that every cell has at least `CELL_POSTCODES` unit
postcodes at as many different positions. (PO boxes and large users pile up at one position,
so they do not count; other businesses do, for Code-Point Open does not mark them. Northern
Ireland's postcodes are counted at the centres of its Super Data Zones.) The cells are stored:
a home always gets the same one, so asking again tells nothing more.
"""

from dataclasses import dataclass

from reference import areas, layout
from reference.files import OURS, Pack
from reference.nearby import check, nearest_town

CELL_POSTCODES = 50
"""What "at least 50 residential postcodes" of the promises comes to."""

_NODES, _CELLS = range(2)


@dataclass(frozen=True, slots=True)
class Cell:
    """A stored cell.

    Attributes
    ----------
    number
        Its place in the pack: the same for every home in it, until the pack is rebuilt.
    lat, lon
        The median of its postcodes, WGS 84 degrees, 3 decimals: where people live in it.
    label
        The nearest town and the commonest outcode: "Hebden Bridge (HX7)".
    postcodes
        Unit postcodes in it at different positions, `CELL_POSTCODES` or more.
    radius_m
        90 % of them lie within this many metres of (lat, lon).
    """

    number: int
    lat: float
    lon: float
    label: str
    postcodes: int
    radius_m: int


def cell(lat: float, lon: float, *, pack: Pack = OURS) -> Cell:
    """Give the cell that a point lies in; off the kingdom, one at its edge.

    Raises
    ------
    ValueError
        When a coordinate is not a finite number of degrees on the globe.
    """
    check(lat, lon)
    row = layout.cell_line(round(lat * layout.DEGREE), layout.SOUTH, layout.CELL_LAT)
    column = layout.cell_line(round(lon * layout.DEGREE), layout.WEST, layout.CELL_LON)
    return _cell(_number(row, column, pack), pack)


def cells(pack: Pack = OURS) -> tuple[Cell, ...]:
    """Give every cell, in the order of their numbers."""
    count = len(pack.sections(layout.CELLS)[_CELLS]) // layout.CELL.size
    return tuple(_cell(number, pack) for number in range(count))


def _number(row: int, column: int, pack: Pack) -> int:
    """Walk from the root of the tree to the cell of a grid square: some 17 forks."""
    nodes = pack.sections(layout.CELLS)[_NODES]
    node = 0
    while True:
        line, other = layout.NODE.unpack_from(nodes, node * layout.NODE.size)
        if line == layout.LEAF:
            return int(other)
        across = line & layout.ACROSS
        position = column if across else row
        node = other if position >= line ^ across else node + 1


def _cell(number: int, pack: Pack) -> Cell:
    stored = pack.sections(layout.CELLS)[_CELLS]
    lat, lon, outcode, postcodes, radius_m = layout.CELL.unpack_from(
        stored, number * layout.CELL.size
    )
    near = nearest_town(lat / layout.DEGREE, lon / layout.DEGREE, pack)
    return Cell(
        number=number,
        lat=lat / layout.DEGREE,
        lon=lon / layout.DEGREE,
        label=f"{near} ({areas.outcode_at(outcode, pack).label})",
        postcodes=postcodes,
        radius_m=radius_m,
    )
