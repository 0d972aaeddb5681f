"""Packing unit postcodes: one block an outcode, as `reference.postcodes` describes it."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from reference import layout
from reference.build.container import deflated
from reference.build.source import SourceError, UnitRow

Point = tuple[int, int]

_MOST = 0xFFFF
"""The largest folded step that two bytes hold: 3.3 degrees."""


def by_sector(units: list[UnitRow]) -> Iterator[tuple[str, list[UnitRow]]]:
    """Give an outcode's *units*, which are in order, by their sector's digit."""
    for digit, group in groupby(units, key=lambda unit: unit.inward[0]):
        yield digit, list(group)


def seats_in_order(units: list[UnitRow]) -> list[int]:
    """Give the seats of *units*, commonest first: the order in which a block counts them."""
    counts = Counter(unit.seat for unit in units)
    return sorted(counts, key=lambda seat: (-counts[seat], seat))


def block(units: list[UnitRow], points: dict[str, Point]) -> bytes:
    """Pack an outcode's *units*; *points* are the stored points of its sectors, by digit."""
    maps, rows = b"", [bytearray() for _ in range(5)]
    for digit, members in by_sector(units):
        maps += _letters_map(members)
        order = {seat: place for place, seat in enumerate(seats_in_order(members))}
        lat, lon = points[digit]
        for unit in members:
            north, east = _folded(unit.lat - lat), _folded(unit.lon - lon)
            packed = (north & 255, north >> 8, east & 255, east >> 8, order[unit.seat])
            for row, value in zip(rows, packed, strict=True):
                row.append(value)
            lat, lon = unit.lat, unit.lon
    return deflated(maps + b"".join(rows))


def _letters_map(units: list[UnitRow]) -> bytes:
    used = 0
    for unit in units:
        first, second = (layout.UNIT_LETTERS.find(letter) for letter in unit.inward[1:])
        if min(first, second) < 0:
            raise SourceError(f"no postcode ends in {unit.inward}")
        used |= 1 << (first * len(layout.UNIT_LETTERS) + second)
    return used.to_bytes(layout.UNIT_MAP_BYTES, "little")


def _folded(step: int) -> int:
    """Fold a step to 0, -1, 1, -2, ... as 0, 1, 2, 3, ..."""
    folded = 2 * step if step >= 0 else -2 * step - 1
    if folded > _MOST:
        raise SourceError(f"a step of {step / layout.DEGREE} degrees within a sector")
    return folded
