"""Packing how built-up the country is, for the drive times of `matching`.

A grid of nodes some 2 km apart. A node's residents per km2 are those within `REACH_M`, who
count less the further away they live (by `(1 - (x / REACH_M)**2)**2`, so that nothing jumps),
and `DENSE_PER_KM2` or more of them are inner city: 255. Nodes far from everybody are sea or
another country, of which nothing is known here: they have `ELSEWHERE`.

Its file stands on its own, like `kingdom`'s. The form is described in matching/built_up.py,
which reads it; a test holds the two together.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from math import ceil, cos, floor, pi, radians
from pathlib import Path
from typing import NamedTuple

from reference import layout
from reference.build import container, kingdom
from reference.build.ground import metres
from reference.build.source import Source, SourceError, point, whole
from reference.files import Pack, PackError
from reference.nearby import METRES_A_UNIT

NAME = "built_up.bin"

GRID = struct.Struct("<iiHHHHB")
"""South-west corner and steps of latitude and longitude in position units, rows, columns, and
the byte that holds off the grid."""

SOUTH, WEST = 495_000, -89_000
STEP_LAT, STEP_LON = 200, 350
"""2.2 km by 1.9 km (Shetland) to 2.5 km (Scilly)."""

ROWS, COLUMNS = 587, 323

REACH_M = 6_000
DENSE_PER_KM2 = 10_000

RINGS = 12
"""Nodes around somebody's (some 25 km) that are still the kingdom's, though nobody be near."""

ELSEWHERE = 38
"""0.15: what the median resident of the kingdom has."""


class Home(NamedTuple):
    """A position in position units, and how many live there."""

    lat: int
    lon: int
    residents: float


def file_of(pack: Path) -> Path:
    """Give the file's path: where `kingdom`'s is."""
    return kingdom.file_of(pack).with_name(NAME)


def complaints(source: Source, path: Path) -> list[str]:
    """Say whether the file *path* differs from *source*."""
    try:
        head, packed = Pack(str(path.parent)).sections(path.name)
        kept = bytes(head), zlib.decompress(packed)
    except (zlib.error, PackError, ValueError, OSError) as error:
        return [f"{path.name}: {error}"]
    same = kept == (_head(), nodes(_homes(source)))
    return [] if same else [f"{path.name}: not what the source gives"]


def sections(source: Source) -> list[bytes]:
    """Give the sections of the file.

    Raises
    ------
    SourceError
        When somebody lives too near the grid's border.
    """
    return [_head(), container.deflated(nodes(_homes(source)))]


def nodes(homes: Iterable[Home]) -> bytes:
    """Give one byte a node, from the south-west corner eastwards, then row by row northwards."""
    around = _around(homes)
    ours = _spread(around)
    if any(row in (0, ROWS - 1) or column in (0, COLUMNS - 1) for row, column in ours):
        raise SourceError("somebody lives too near the border of the grid")
    grid = bytearray([ELSEWHERE]) * (ROWS * COLUMNS)
    full = DENSE_PER_KM2 * pi * (REACH_M / 1_000) ** 2 / 3  # the weights' sum where all live so
    for row, column in ours:
        share = around.get((row, column), 0) / full
        grid[row * COLUMNS + column] = min(255, round(255 * share))
    return bytes(grid)


def _head() -> bytes:
    return GRID.pack(SOUTH, WEST, STEP_LAT, STEP_LON, ROWS, COLUMNS, ELSEWHERE)


def _homes(source: Source) -> Iterator[Home]:
    for row in source.rows("small_areas_uk.csv.xz"):
        residents = whole(row["pop"]) or kingdom.A_HOUSEHOLD * whole(row["households"])
        yield Home(*point(row), residents)


def _around(homes: Iterable[Home]) -> dict[tuple[int, int], float]:
    """Give the residents, weighted, around each node that has any."""
    found: dict[tuple[int, int], float] = {}
    rows = REACH_M / METRES_A_UNIT / STEP_LAT
    for home in homes:
        row, column = (home.lat - SOUTH) / STEP_LAT, (home.lon - WEST) / STEP_LON
        columns = rows * STEP_LAT / STEP_LON / cos(radians(home.lat / layout.DEGREE))
        for up in range(ceil(row - rows), floor(row + rows) + 1):
            for along in range(ceil(column - columns), floor(column + columns) + 1):
                node = SOUTH + up * STEP_LAT, WEST + along * STEP_LON
                weight = 1 - (metres(home.lat, home.lon, *node) / REACH_M) ** 2
                if weight > 0:
                    found[up, along] = found.get((up, along), 0) + home.residents * weight**2
    return found


def _spread(around: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Give the nodes *around* and those in `RINGS` rings about them."""
    ours = set(around)
    border = ours
    for _ in range(RINGS):
        border = {
            (row + up, column + along)
            for row, column in border
            for up in (-1, 0, 1)
            for along in (-1, 0, 1)
        } - ours
        ours |= border
    return ours
