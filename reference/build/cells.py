"""Cutting the kingdom into cells of enough postcodes, by halving again and again.

A part is cut along a grid line across its longer side, where the halves are most equal; a
half with too few postcodes is not cut off. So thin squares stay with their neighbours, and
the cut depends on nothing but the postcodes.
"""

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from reference import layout
from reference.build.ground import Ground, Spot, Square, metres
from reference.cells import CELL_POSTCODES

ROUNDING = 10
"""Cells' points are kept to so many position units: a hundred metres, nobody's door."""

_UINT16 = 0xFFFF


class Weighed(NamedTuple):
    """A grid square with how many postcodes it has."""

    square: Square
    postcodes: int


class Tree(NamedTuple):
    """The growing tree's nodes and cells."""

    nodes: list[tuple[int, int]]
    cells: list[bytes]


def sections(squares: Ground) -> list[bytes]:
    """Give the sections of the cells' file."""
    tree = Tree([], [])
    weighed = [
        Weighed(at, sum(spot.postcodes for spot in land.spots))
        for at, land in sorted(squares.items())
    ]
    _grow(tree, weighed, squares)
    nodes = b"".join(layout.NODE.pack(*node) for node in tree.nodes)
    return [nodes, b"".join(tree.cells)]


def _grow(tree: Tree, part: list[Weighed], squares: Ground) -> None:
    """Add the node of *part*, and all below it."""
    cut = _cut(part)
    here = len(tree.nodes)
    if cut is None:
        tree.nodes.append((layout.LEAF, len(tree.cells)))
        tree.cells.append(_cell([spot for each in part for spot in squares[each.square].spots]))
        return
    axis, line = cut
    tree.nodes.append((0, 0))
    _grow(tree, [each for each in part if each.square[axis] < line], squares)
    tree.nodes[here] = (line | (layout.ACROSS if axis else 0), len(tree.nodes))
    _grow(tree, [each for each in part if each.square[axis] >= line], squares)


def _cut(part: list[Weighed]) -> tuple[int, int] | None:
    """Give the axis (0 rows, 1 columns) and the first line of the upper half, if it can be."""
    spans = [
        max(each.square[axis] for each in part) - min(each.square[axis] for each in part)
        for axis in (0, 1)
    ]
    for axis in (0, 1) if spans[0] >= spans[1] else (1, 0):
        line = _middle(part, axis)
        if line is not None:
            return axis, line
    return None


def _middle(part: list[Weighed], axis: int) -> int | None:
    """Give the line that halves the postcodes best, if both halves have enough."""
    by_line: Counter[int] = Counter()
    for each in part:
        by_line[each.square[axis]] += each.postcodes
    lines = sorted(by_line)
    below = list(accumulate(by_line[line] for line in lines))
    half = bisect_left(below, below[-1] / 2)
    sides = (
        (min(below[at - 1], below[-1] - below[at - 1]), -at)
        for at in (half, half + 1)
        if 0 < at < len(lines)
    )
    fewest, at = max(sides, default=(0, 0))
    return lines[-at] if fewest >= CELL_POSTCODES else None


def _cell(spots: list[Spot]) -> bytes:
    lat = _median([(spot.lat, spot.postcodes) for spot in spots])
    lon = _median([(spot.lon, spot.postcodes) for spot in spots])
    # Downwards: grid lines are whole tens, so that the point stays inside its square.
    lat, lon = lat - lat % ROUNDING, lon - lon % ROUNDING
    away = [(metres(lat, lon, spot.lat, spot.lon), spot.postcodes) for spot in spots]
    outcodes: Counter[int] = Counter()
    for spot in spots:
        outcodes[spot.outcode] += spot.postcodes
    commonest = min(outcodes, key=lambda outcode: (-outcodes[outcode], outcode))
    count = min(_UINT16, sum(spot.postcodes for spot in spots))
    radius_m = min(_UINT16, round(_quantile(away, 0.9)))
    return layout.CELL.pack(lat, lon, commonest, count, radius_m)


def _median(weighed: list[tuple[int, int]]) -> int:
    return round(_quantile([(float(value), weight) for value, weight in weighed], 0.5))


def _quantile(weighed: list[tuple[float, int]], share: float) -> float:
    """Give the least value that, with those below it, has *share* of the weight."""
    ordered = sorted(weighed)
    reached = list(accumulate(weight for _, weight in ordered))
    return ordered[bisect_left(reached, share * reached[-1])][0]
