"""Reading the published files; what they are is in the package's docstring."""

import csv
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from reference import layout

Row = dict[str, str]
Weights = dict[int, float]
"""How much of something lies in each seat."""


class SourceError(ValueError):
    """The published files contradict each other or what the pack can hold."""


class UnitRow(NamedTuple):
    """A unit postcode: "1AA", position units, seat."""

    inward: str
    lat: int
    lon: int
    seat: int


@dataclass(frozen=True)
class Source:
    """A folder of published files."""

    folder: Path

    def rows(self, name: str) -> Iterator[Row]:
        """Give the rows of the CSV file *name* by column."""
        path = self.folder / name
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def document(self, name: str) -> Any:
        """Give the JSON document *name*."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The GSS codes in order: a seat's number is its place here."""
        return tuple(sorted(row["code"] for row in self.rows("constituencies_2024.csv")))

    @cached_property
    def seat_of(self) -> dict[str, int]:
        """The seat's number by its three-letter short code."""
        number = {code: seat for seat, code in enumerate(self.codes)}
        rows = self.rows("constituencies_2024.csv")
        return {row["short_code"]: number[row["code"]] for row in rows}

    @cached_property
    def units(self) -> dict[str, list[UnitRow]]:
        """All unit postcodes by outcode, in order."""
        found: dict[str, list[UnitRow]] = {}
        for row in self.rows("postcodes_gb.csv.xz"):
            unit = UnitRow(row["postcode"][-3:], *point(row), self.seat_of[row["pcon"]])
            found.setdefault(row["postcode"][:-3], []).append(unit)
        for outcode, units in found.items():
            units.sort()
            if len({unit.inward for unit in units}) < len(units):
                raise SourceError(f"{outcode}: a postcode occurs twice")
        return found

    @cached_property
    def outcodes(self) -> tuple[Row, ...]:
        """The outcodes in order: an outcode's number is its place here."""
        return tuple(sorted(self.rows("outcodes_uk.csv"), key=lambda row: row["outcode"]))

    def zones(self) -> Iterator[Row]:
        """Give Northern Ireland's Super Data Zones."""
        rows = self.rows("small_areas_uk.csv.xz")
        return (row for row in rows if row["code"].startswith("N"))


def point(row: Row, lat: str = "lat", lon: str = "lon") -> tuple[int, int]:
    """Give a row's position in position units (see `layout`)."""
    return units_of(row[lat]), units_of(row[lon])


def units_of(degrees: str) -> int:
    """Give *degrees* as whole position units."""
    return round(float(degrees) * layout.DEGREE)


def whole(text: str) -> int:
    """Give a count; a blank is 0."""
    return int(text or 0)


def thousandths(weights: Weights) -> tuple[tuple[int, int], ...]:
    """Give each seat's share, commonest first; at least 1, for it may be that seat."""
    total = sum(weights.values())
    order = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((seat, max(1, round(1000 * weight / total))) for seat, weight in order)
