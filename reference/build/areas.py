"""Packing outcodes and sectors, the seat codes and every place's seat shares."""

from collections import Counter
from dataclasses import dataclass

from reference import layout
from reference.build import postcodes
from reference.build.shares import Pool, Shares
from reference.build.source import Row, Source, SourceError, UnitRow, point, thousandths, whole

LEAST_ERROR_M = 100
"""No area is stated to be more exact than a unit postcode."""

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The packed unit postcodes: all blocks, and where each outcode's is."""

    joined: bytes
    table: bytes


def sections(source: Source, pool: Pool, blocks: Blocks) -> list[bytes]:
    """Give the sections of the areas' file; *pool* already holds the towns' shares."""
    outcodes = b"".join(_outcode(row, source, pool) for row in source.outcodes)
    sectors = b"".join(
        _record(row["sector"], row, len(units), thousandths(_counts(units)), pool)
        for row, units in _sectors(source)
    )
    codes = "".join(source.codes).encode("ascii")
    if len(codes) != layout.GSS_BYTES * len(source.codes):
        raise SourceError("a GSS code has nine characters")
    return [codes, pool.stored(), outcodes, sectors, blocks.table]


def blocks(source: Source) -> Blocks:
    """Pack all unit postcodes, outcode by outcode."""
    points = {row["sector"]: point(row) for row, _ in _sectors(source)}
    joined, table = bytearray(), bytearray()
    for row in source.outcodes:
        outcode = row["outcode"]
        units = source.units.get(outcode, [])
        digits = {unit.inward[0] for unit in units}
        own = {digit: points[f"{outcode} {digit}"] for digit in digits}
        packed = postcodes.block(units, own) if units else b""
        table += layout.BLOCK.pack(len(joined), len(packed))
        joined += packed
    return Blocks(bytes(joined), bytes(table))


def _sectors(source: Source) -> list[tuple[Row, list[UnitRow]]]:
    """Give the sectors in order with their units, which must be the same in both files."""
    members = {
        f"{outcode} {digit}": units
        for outcode, all_units in source.units.items()
        for digit, units in postcodes.by_sector(all_units)
    }
    rows = sorted(source.rows("postcode_sectors_gb.csv"), key=lambda row: row["sector"])
    known = {row["outcode"] for row in source.outcodes}
    if {row["sector"] for row in rows} != members.keys() or not source.units.keys() <= known:
        raise SourceError("the unit postcodes' sectors or outcodes are not those of the lists")
    return [(row, members[row["sector"]]) for row in rows]


def _outcode(row: Row, source: Source, pool: Pool) -> bytes:
    units = source.units.get(row["outcode"], [])
    count = len(units) or whole(row["unit_postcodes"])
    weights = _counts(units) if units else _listed(row["pcons"], source)
    return _record(row["outcode"], row, count, thousandths(weights), pool)


def _record(label: str, row: Row, count: int, shares: Shares, pool: Pool) -> bytes:
    error_m = max(LEAST_ERROR_M, whole(row["r90_m"]))
    people = whole(row["pop_est"]), whole(row["hh_est"])
    place = pool.place(shares)
    return layout.AREA.pack(label.encode(), *point(row), error_m, count, *people, *place)


def _counts(units: list[UnitRow]) -> dict[int, float]:
    return dict(Counter(unit.seat for unit in units))


def _listed(pcons: str, source: Source) -> dict[int, float]:
    """Read "BTS:0.67 BTN:0.33"."""
    pairs = (pair.split(":") for pair in pcons.split())
    return {source.seat_of[short]: float(share) for short, share in pairs}
