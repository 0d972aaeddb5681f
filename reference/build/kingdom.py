"""Packing where people live and how close seats were, for the made-up days of `matching`.

Its file stands on its own, outside the pack: `matching` knows nothing of this package. The
form is described in matching/kingdom.py, which reads it; a test holds the two together.

Positions are kept to a thousandth of a degree (111 m), residents to tens. Who has a car is
Census 2011's households by seat, the one count that covers Great Britain; Northern Ireland's
seats have the median of the others. Its zones have no count of residents: 2.48 a household
(Census 2021: 1,903,175 in 768,810).
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2, pi
from pathlib import Path
from statistics import median

from reference import layout
from reference.build import container
from reference.build.ground import Square, metres, square
from reference.build.source import Row, Source, SourceError, point, whole
from reference.files import OURS, Pack, PackError

NAME = "kingdom.bin"
A_HOUSEHOLD = 2.48
AROUND_KM = 2.0
"""How far the people reach that make a place built up: a walk of half an hour."""

ROWS, COLUMNS = 2, 3
"""Grid squares to each side that hold everything within `AROUND_KM`."""

POSITION = layout.DEGREE // 1_000
"""Position units in one of the file's."""

SEAT = struct.Struct("<iiHBH")


@dataclass(frozen=True, slots=True)
class Area:
    """A small place: its seat's number, thousandths of a degree, residents in tens."""

    seat: int
    lat: int
    lon: int
    tens: int


def file_of(pack: Path) -> Path:
    """Give the file's path: in `matching` for our pack, beside the others for any other."""
    ours = Path(OURS.folder).resolve()
    return (ours.parents[1] / "matching" / "data" if pack.resolve() == ours else pack) / NAME


def complaints(source: Source, path: Path) -> list[str]:
    """Say whether the file *path* differs from *source*."""
    try:
        kept = [zlib.decompress(each) for each in Pack(str(path.parent)).sections(path.name)]
    except (zlib.error, PackError, OSError) as error:
        return [f"{path.name}: {error}"]
    same = kept == [zlib.decompress(each) for each in sections(source)]
    return [] if same else [f"{path.name}: not what the source gives"]


def sections(source: Source) -> list[bytes]:
    """Give the sections of the file.

    Raises
    ------
    SourceError
        When the files contradict each other.
    """
    areas = sorted(_areas(source), key=lambda each: (each.seat, each.lat, each.lon))
    return [container.deflated(_seats(source, areas)), *columns(areas)]


def columns(areas: Sequence[Area]) -> list[bytes]:
    """Give the columns of *areas*, in their order."""
    lats, lons = ([0, *(getattr(each, axis) for each in areas)] for axis in ("lat", "lon"))
    return [
        container.numbers(after - before for before, after in pairwise(lats)),
        container.numbers(after - before for before, after in pairwise(lons)),
        container.numbers(each.tens for each in areas),
        container.deflated(bytes(_density(areas))),
    ]


def _areas(source: Source) -> list[Area]:
    """Give the small places where anybody lives."""
    found = []
    for row in source.rows("small_areas_uk.csv.xz"):
        residents = whole(row["pop"]) or A_HOUSEHOLD * whole(row["households"])
        if tens := round(residents / 10):
            lat, lon = (round(units / POSITION) for units in point(row))
            found.append(Area(source.seat_of[row["pcon"]], lat, lon, tens))
    return found


def _seats(source: Source, areas: Sequence[Area]) -> bytes:
    """Pack the seats in the order of their codes, each with its number of *areas*."""
    rows = {row["code"]: row for row in source.rows("constituencies_2024.csv")}
    results = {row["code"]: row for row in source.rows("results_ge2024.csv")}
    if rows.keys() != results.keys():
        raise SourceError("the two lists of constituencies differ")
    usual = median(_with_cars(row) for row in rows.values() if row["hh_no_car_2011_pct"])
    counts = [0] * len(rows)
    for each in areas:
        counts[each.seat] += 1
    packed = b""
    for code, count in zip(source.codes, counts, strict=True):
        cars = _with_cars(rows[code]) if rows[code]["hh_no_car_2011_pct"] else usual
        anchor = point(rows[code], "anchor_lat", "anchor_lon")
        packed += SEAT.pack(*anchor, _margin(results[code]), round(cars), count)
    return packed


def _with_cars(seat: Row) -> float:
    """Give the per cent of households that have a car."""
    return 100 - float(seat["hh_no_car_2011_pct"])


def _margin(result: Row) -> int:
    """Give the majority in hundredths of a point of the valid votes."""
    return round(10_000 * whole(result["majority"]) / whole(result["valid_votes"]))


def _density(areas: Sequence[Area]) -> list[int]:
    """Give people per km2 within `AROUND_KM` of each, in quarters of a doubling."""
    squares: dict[Square, list[Area]] = {}
    for each in areas:
        squares.setdefault(_square(each), []).append(each)
    circle_km2 = pi * AROUND_KM**2
    return [round(4 * log2(max(1, 10 * _around(each, squares) / circle_km2))) for each in areas]


def _around(middle: Area, squares: dict[Square, list[Area]]) -> int:
    row, column = _square(middle)
    candidates = (
        each
        for down in range(row - ROWS, row + ROWS + 1)
        for across in range(column - COLUMNS, column + COLUMNS + 1)
        for each in squares.get((down, across), ())
    )
    return sum(each.tens for each in candidates if _apart_km(middle, each) <= AROUND_KM)


def _square(area: Area) -> Square:
    return square(area.lat * POSITION, area.lon * POSITION)


def _apart_km(one: Area, other: Area) -> float:
    units = (POSITION * degrees for degrees in (one.lat, one.lon, other.lat, other.lon))
    return metres(*units) / 1_000
