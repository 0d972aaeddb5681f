"""How built-up the country is around a place: 0 open country, 1 the inner city of London.

Residents per km2 within 6 km, the nearer ones counting more, 10,000 of them being 1; off the
United Kingdom, where nothing is known, what its median resident has. Between the nodes of the
grid the value changes evenly and slowly, which `travel` relies on. Standard library only.

`data/built_up.bin`, made by `python -m reference build FOLDER` (data/ATTRIBUTION.md says whose
data these are): "MLP1", then three whole numbers of 4 bytes, namely 2 and the lengths of two
sections; numbers are little-endian. First a `HEAD`: the south-west corner, the steps of latitude
and longitude (all ten-thousandths of a degree), rows, columns, and the byte that holds off the
grid. Then, compressed with zlib, a byte a node, eastwards and row by row northwards: 255 is 1.
"""

import functools
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from matching.values import Place

FILE = Path(__file__).parent / "data" / "built_up.bin"
PREFIX = struct.Struct("<4s3I")
HEAD = struct.Struct("<iiHHHHB")
DEGREE = 10_000


class Nodes(NamedTuple):
    """The grid: degrees of its corner and steps; `values` holds a byte a node."""

    south: float
    west: float
    step_lat: float
    step_lon: float
    rows: int
    columns: int
    elsewhere: float
    values: bytes


def built_up(place: Place) -> float:
    """How built-up it is around *place*, from 0 to 1.

    Raises
    ------
    ValueError
        When the packed file is none of ours.
    """
    grid = nodes()
    north = (place[0] - grid.south) / grid.step_lat
    east = (place[1] - grid.west) / grid.step_lon
    if not (0 <= north < grid.rows - 1 and 0 <= east < grid.columns - 1):
        return grid.elsewhere
    row, column = int(north), int(east)
    north, east = north - row, east - column
    below = row * grid.columns + column
    above, values = below + grid.columns, grid.values
    south_side = values[below] * (1 - east) + values[below + 1] * east
    north_side = values[above] * (1 - east) + values[above + 1] * east
    return (south_side * (1 - north) + north_side * north) / 255


@functools.cache
def nodes(file: Path = FILE) -> Nodes:
    """Read *file*, once: some 190,000 nodes in a few milliseconds."""
    whole = file.read_bytes()
    magic, sections, length, _ = PREFIX.unpack_from(whole)
    if (magic, sections, length) != (b"MLP1", 2, HEAD.size):
        raise ValueError(f"{file.name}: not a grid of built-up nodes")
    *degrees, rows, columns, elsewhere = HEAD.unpack_from(whole, PREFIX.size)
    south, west, step_lat, step_lon = (each / DEGREE for each in degrees)
    values = zlib.decompress(whole[PREFIX.size + HEAD.size :])
    return Nodes(south, west, step_lat, step_lon, rows, columns, elsewhere / 255, values)
