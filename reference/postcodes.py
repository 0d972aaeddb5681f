"""The unit postcodes of Great Britain, in one small compressed block an outcode.

A block holds, for its sectors in order: a bit map of the letter pairs in use; then, for
all units in order, the step from the unit before (from the sector's point for its first)
in latitude and in longitude, and which of the sector's seats the unit is in. Steps are
folded to 0, -1, 1, -2, ... as 0, 1, 2, 3, ...; their low bytes lie together and then their
high bytes, which are nearly all zero: what is alike lies side by side, so deflate does well.
A lookup inflates one block, some 600 units.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reference import areas, layout
from reference.answers import Kind, Located
from reference.areas import NATIONS, Area
from reference.files import OURS, Pack
from reference.nearby import nearest_town

UNIT_ERROR_M = 100
"""What we state for a unit postcode: some fifteen addresses, a street's length."""

_LETTERS = len(layout.UNIT_LETTERS)
_ROWS = 5
_PAIRS = tuple(one + two for one in layout.UNIT_LETTERS for two in layout.UNIT_LETTERS)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit postcode, lightly: "SW1A 1AA", WGS 84 degrees, and its seat's GSS code."""

    label: str
    lat: float
    lon: float
    constituency: str


def unit(outcode: Area, inward: str, pack: Pack = OURS) -> Unit | None:
    """Give the unit postcode of *outcode* that ends in *inward* ("1AA"), or None."""
    for units in _sectors(outcode, pack):
        if units.sector.label[-1] == inward[0]:
            return units.ending(inward[1:])
    return None


def postcodes_in(area: str, *, pack: Pack = OURS) -> tuple[Unit, ...]:
    """Give the unit postcodes of an outcode ("HX7") or sector ("HX7 8") in order.

    *area* is written as in a `Located.label`. Empty when we know no such area, and in
    Northern Ireland, whose unit postcodes are not open data.
    """
    outcode = areas.outcode(area.partition(" ")[0], pack)
    if outcode is None:
        return ()
    return tuple(
        found
        for units in _sectors(outcode, pack)
        if area in (outcode.label, units.sector.label)
        for found in units.each()
    )


def located(found: Unit, note: str = "", pack: Pack = OURS) -> Located:
    """Give *found* as an answer, with *note* for its reader."""
    return Located(
        label=found.label,
        kind=Kind.POSTCODE,
        lat=found.lat,
        lon=found.lon,
        error_m=UNIT_ERROR_M,
        constituency=found.constituency,
        seats=((found.constituency, 1.0),),
        near=nearest_town(found.lat, found.lon, pack),
        nation=NATIONS[found.constituency[0]],
        note=note,
    )


@dataclass(frozen=True, slots=True)
class _Units:
    """A sector's units, inflated: the map of letter pairs in use, and five rows of bytes."""

    sector: Area
    used: int
    lats: bytes
    lat_highs: bytes
    lons: bytes
    lon_highs: bytes
    seats: bytes

    def ending(self, letters: str) -> Unit | None:
        """Give the unit that ends in *letters*: the steps up to it, summed."""
        first, second = (layout.UNIT_LETTERS.find(letter) for letter in letters)
        bit = first * _LETTERS + second
        if min(first, second) < 0 or not self.used >> bit & 1:
            return None
        index = (self.used & ((1 << bit) - 1)).bit_count()
        upto = slice(index + 1)
        lat_step = sum(_steps(self.lats[upto], self.lat_highs[upto]))
        lon_step = sum(_steps(self.lons[upto], self.lon_highs[upto]))
        return self._unit(letters, lat_step, lon_step, self.seats[index])

    def each(self) -> Iterator[Unit]:
        """Give every unit in order, and step along."""
        pairs = (pair for bit, pair in enumerate(_PAIRS) if self.used >> bit & 1)
        lat_steps = accumulate(_steps(self.lats, self.lat_highs))
        lon_steps = accumulate(_steps(self.lons, self.lon_highs))
        return map(self._unit, pairs, lat_steps, lon_steps, self.seats)

    def _unit(self, letters: str, lat_step: int, lon_step: int, seat: int) -> Unit:
        """Make the unit that lies so many position units from the sector's point."""
        sector = self.sector
        return Unit(
            label=sector.label + letters,
            lat=(round(sector.lat * layout.DEGREE) + lat_step) / layout.DEGREE,
            lon=(round(sector.lon * layout.DEGREE) + lon_step) / layout.DEGREE,
            constituency=sector.seats[seat][0],
        )


def _sectors(outcode: Area, pack: Pack) -> Iterator[_Units]:
    at, length = areas.block(outcode, pack)
    if not length:
        return
    [blocks] = pack.sections(layout.POSTCODES)
    block = zlib.decompress(blocks[at : at + length])
    sectors = tuple(areas.sectors_of(outcode.label, pack))
    maps, size = layout.UNIT_MAP_BYTES, outcode.unit_postcodes
    first = maps * len(sectors)
    for place, sector in enumerate(sectors):
        used = int.from_bytes(block[maps * place : maps * (place + 1)], "little")
        last = first + sector.unit_postcodes
        rows = [block[first + size * row : last + size * row] for row in range(_ROWS)]
        yield _Units(sector, used, *rows)
        first = last


def _steps(lows: bytes, highs: bytes) -> Iterator[int]:
    """Unfold the steps whose two bytes are in *lows* and *highs*."""
    for low, high in zip(lows, highs, strict=True):
        folded = low | high << 8
        yield -(folded + 1 >> 1) if folded & 1 else folded >> 1
