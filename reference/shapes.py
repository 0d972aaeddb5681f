"""Simplified shapes of the constituencies, for drawing only: look seats up by postcode.

Borders are stored once, as arcs that the seats on both sides refer to (TopoJSON's idea;
M. Bostock, C. Metcalf, "The TopoJSON Format Specification", 2013). An arc begins at a grid
point and goes on in steps; a seat's ring is a chain of arcs, ~n meaning arc n backwards.
"""

import functools
import struct
import zlib
from dataclasses import dataclass
from itertools import accumulate

from reference import layout
from reference.constituencies import constituencies
from reference.files import OURS, Pack

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]

_SCALE, _LENGTHS, _STEPS, _CHAINS = range(4)


@dataclass(frozen=True, slots=True)
class _Arcs:
    """All arcs, unpacked: where each begins and ends, steps east, steps north, the grid."""

    ends: tuple[int, ...]
    easts: tuple[int, ...]
    norths: tuple[int, ...]
    scale: tuple[float, float, float, float]

    def points(self, arc: int) -> Ring:
        """Give the points of *arc*; those of ~*arc* are the same, backwards."""
        forwards = arc if arc >= 0 else ~arc
        part = slice(self.ends[forwards], self.ends[forwards + 1])
        wide, high, west, south = self.scale
        easts, norths = accumulate(self.easts[part]), accumulate(self.norths[part])
        points = tuple(
            (round(south + high * north, 4), round(west + wide * east, 4))
            for east, north in zip(easts, norths, strict=True)
        )
        return points if arc >= 0 else points[::-1]


def shape(code: str, *, pack: Pack = OURS) -> tuple[Polygon, ...]:
    """Give the polygons of the constituency with this GSS code.

    A polygon is its outer ring and then its holes; a ring is points (lat, lon), WGS 84
    degrees, 4 decimals, the last the same as the first.

    Raises
    ------
    KeyError
        When there is no constituency of that GSS code.
    """
    arcs = _arcs(pack)
    chains = _chains(pack)[code]
    return tuple(tuple(_ring(chain, arcs) for chain in polygon) for polygon in chains)


def _ring(chain: tuple[int, ...], arcs: _Arcs) -> Ring:
    points: list[Point] = []
    for arc in chain:
        points += arcs.points(arc)[1 if points else 0 :]  # its first is the last one's last
    return tuple(points)


@functools.cache
def _arcs(pack: Pack) -> _Arcs:
    sections = pack.sections(layout.SHAPES)
    lengths = _numbers(sections[_LENGTHS])
    steps = _numbers(sections[_STEPS])
    half = len(steps) // 2
    wide, high, west, south = struct.unpack("<4d", sections[_SCALE])
    return _Arcs(
        ends=tuple(accumulate(lengths, initial=0)),
        easts=steps[:half],
        norths=steps[half:],
        scale=(wide, high, west, south),
    )


@functools.cache
def _chains(pack: Pack) -> dict[str, tuple[tuple[tuple[int, ...], ...], ...]]:
    """Give, by GSS code, the polygons as rings of arcs, in the order of the codes."""
    numbers = iter(_numbers(pack.sections(layout.SHAPES)[_CHAINS]))
    return {
        seat.code: tuple(
            tuple(tuple(next(numbers) for _ in range(next(numbers))) for _ in range(next(numbers)))
            for _ in range(next(numbers))
        )
        for seat in constituencies(pack=pack)
    }


def _numbers(section: memoryview) -> tuple[int, ...]:
    """Inflate whole numbers of 4 bytes, which lie with their first bytes together, and so on."""
    rows = zlib.decompress(section)
    count = len(rows) // 4
    plain = bytearray(len(rows))
    for row in range(4):
        plain[row::4] = rows[row * count : (row + 1) * count]
    return struct.unpack(f"<{count}i", plain)
