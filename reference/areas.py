"""Outcodes ("SW1A") and sectors ("SW1A 1"): where they are, and in which seats.

Both are tables of fixed records in the order of their labels, searched by halving, so
that one lookup reads a dozen records and loads nothing.
"""

import functools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from reference import layout
from reference.answers import Kind, Located
from reference.files import OURS, Pack
from reference.nearby import nearest_town

NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
"""Nation by the first letter of a GSS code (ONS coding and naming policy)."""

_SEATS, _SHARES, _OUTCODES, _SECTORS, _ = range(5)

Shares = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """An outcode or a sector as it is stored; people and households are estimates.

    *population* is 0 in Northern Ireland, where only households are known. *index* is the
    record's place in its table.
    """

    index: int
    label: str
    lat: float
    lon: float
    error_m: int
    unit_postcodes: int
    population: int
    households: int
    seats: Shares


@dataclass(frozen=True, slots=True)
class Sector:
    """A postcode sector of Great Britain, to draw plausible homes from.

    *lat* and *lon* are the median of its unit postcodes. *population* (2021) and
    *households* (2021, Scotland 2022) are small areas' census counts, shared out equally
    among their unit postcodes.
    """

    code: str
    lat: float
    lon: float
    population: int
    households: int
    unit_postcodes: int


def shares(first: int, count: int, pack: Pack = OURS) -> Shares:
    """Give *count* pairs of GSS code and share, from the *first* stored one on."""
    size = layout.SHARE.size
    stored = pack.sections(layout.AREAS)[_SHARES][first * size : (first + count) * size]
    codes = _codes(pack)
    return tuple((codes[seat], share / 1000) for seat, share in layout.SHARE.iter_unpack(stored))


def outcode(label: str, pack: Pack = OURS) -> Area | None:
    """Give the outcode *label* ("SW1A"), or None when there is none of that name."""
    return _area(label, _OUTCODES, pack)


def outcode_at(index: int, pack: Pack = OURS) -> Area:
    """Give the outcode at place *index* of their table."""
    return _read(index, _OUTCODES, pack)


def sector(label: str, pack: Pack = OURS) -> Area | None:
    """Give the sector *label* ("SW1A 1"), or None when there is none of that name."""
    return _area(label, _SECTORS, pack)


def sectors_of(outcode_label: str, pack: Pack = OURS) -> Iterator[Area]:
    """Give an outcode's sectors in order; none in Northern Ireland."""
    table = pack.sections(layout.AREAS)[_SECTORS]
    start = outcode_label.encode() + b" "
    index = _place(table, start)
    while index < len(table) // layout.AREA.size and _label(table, index).startswith(start):
        yield _read(index, _SECTORS, pack)
        index += 1


def block(area: Area, pack: Pack = OURS) -> tuple[int, int]:
    """Give where the unit postcodes of the outcode *area* begin, and their length in bytes."""
    stored = pack.sections(layout.AREAS)[-1]
    at, length = layout.BLOCK.unpack_from(stored, area.index * layout.BLOCK.size)
    return at, length


def outcodes(pack: Pack = OURS) -> Iterator[Area]:
    """Give every outcode, in the order of their labels."""
    yield from _all(_OUTCODES, pack)


def sectors(*, pack: Pack = OURS) -> tuple[Sector, ...]:
    """Give every sector of Great Britain, in the order of their codes."""
    return tuple(
        Sector(
            code=each.label,
            lat=each.lat,
            lon=each.lon,
            population=each.population,
            households=each.households,
            unit_postcodes=each.unit_postcodes,
        )
        for each in _all(_SECTORS, pack)
    )


def located(area: Area, note: str = "", pack: Pack = OURS) -> Located:
    """Give *area* as an answer, with *note* for its reader."""
    constituency = area.seats[0][0]
    return Located(
        label=area.label,
        kind=Kind.SECTOR if " " in area.label else Kind.OUTCODE,
        lat=area.lat,
        lon=area.lon,
        error_m=area.error_m,
        constituency=constituency,
        seats=area.seats,
        near=nearest_town(area.lat, area.lon, pack),
        nation=NATIONS[constituency[0]],
        note=note,
    )


@functools.cache
def _codes(pack: Pack) -> tuple[str, ...]:
    joined = str(pack.sections(layout.AREAS)[_SEATS], "ascii")
    starts = range(0, len(joined), layout.GSS_BYTES)
    return tuple(joined[at : at + layout.GSS_BYTES] for at in starts)


def _all(table: int, pack: Pack) -> Iterator[Area]:
    count = len(pack.sections(layout.AREAS)[table]) // layout.AREA.size
    return (_read(index, table, pack) for index in range(count))


def _area(label: str, table: int, pack: Pack) -> Area | None:
    stored = pack.sections(layout.AREAS)[table]
    sought = label.encode(errors="replace")  # half a surrogate is no label
    index = _place(stored, sought)
    if index * layout.AREA.size == len(stored) or _label(stored, index) != sought:
        return None
    return _read(index, table, pack)


def _place(table: memoryview, label: bytes) -> int:
    count = len(table) // layout.AREA.size
    return bisect_left(range(count), label, key=lambda index: _label(table, index))


def _label(table: memoryview, index: int) -> bytes:
    at = index * layout.AREA.size
    return bytes(table[at : at + layout.LABEL_BYTES]).rstrip(b"\0")


def _read(index: int, table: int, pack: Pack) -> Area:
    stored = pack.sections(layout.AREAS)[table]
    label, lat, lon, error_m, units, people, households, first, count = layout.AREA.unpack_from(
        stored, index * layout.AREA.size
    )
    return Area(
        index=index,
        label=label.rstrip(b"\0").decode(),
        lat=lat / layout.DEGREE,
        lon=lon / layout.DEGREE,
        error_m=error_m,
        unit_postcodes=units,
        population=people,
        households=households,
        seats=shares(first, count, pack),
    )
