"""The records inside the pack files: the one thing that readers and `build` share.

Positions are whole ten-thousandths of a degree (11 m of latitude), as the source gives
unit postcodes. A seat is its place in the list of GSS codes, in order. Change a record
here and the pack must be built again; a test holds the shipped pack against its manifest.
"""

import struct

DEGREE = 10_000
"""Position units in a degree."""

AREAS, POSTCODES, TOWNS = "areas.bin", "postcodes.bin", "towns.bin"
CELLS, CONSTITUENCIES, SHAPES = "cells.bin", "constituencies.bin", "shapes.bin"
FILES = (AREAS, POSTCODES, TOWNS, CELLS, CONSTITUENCIES, SHAPES)

GSS_BYTES = 9
"""Bytes of a GSS code, such as E14001063."""

LABEL_BYTES = 6
"""Bytes of the longest label of an area, such as SW1A 1."""

AREA = struct.Struct(f"<{LABEL_BYTES}siiIHIIIH")
"""An outcode or sector: label (NUL-padded), lat, lon, error_m, unit postcodes, people,
households, first share, shares."""

BLOCK = struct.Struct("<II")
"""An outcode's unit postcodes: where its block begins and its length in bytes."""

SHARE = struct.Struct("<HH")
"""A seat, and its share in thousandths."""

TOWN = struct.Struct("<iiIIHIHIB")
"""lat, lon, people, error_m, outcode (its place in their list), first share, shares, where
the name begins, its length in bytes. Towns lie in the order of their grid squares."""

SQUARE = struct.Struct("<IH")
"""A grid square that has towns (row * SQUARE_ROW + column), and the first of them."""

SQUARE_ROW = 65_536
SQUARE_LAT, SQUARE_LON = 1_000, 1_600
"""Size of a town grid square: 11.1 km by 8.7 km (Shetland) to 11.4 km (Scilly)."""

NODE = struct.Struct("<HI")
"""A fork in the tree of cells: the first grid line of its upper half, and where the node
of that half is (the lower half's comes next). `ACROSS` in the line means a column, else a
row. `LEAF` as the line: the second number is the cell."""

ACROSS = 0x8000
LEAF = 0xFFFF

CELL = struct.Struct("<iiHHH")
"""lat, lon, outcode, unit postcodes at different positions (65,535 at most), radius_m."""

CELL_LAT, CELL_LON = 90, 160
"""Size of the smallest cell: 1.00 km by 0.87 km (Shetland) to 1.15 km (Scilly)."""

SOUTH, WEST = 490_000, -90_000
"""The corner from which grid rows and columns are counted: south-west of the kingdom."""

UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters that may end a postcode: never C, I, K, M, O, V (Royal Mail's rule)."""

UNIT_MAP_BYTES = len(UNIT_LETTERS) ** 2 // 8
"""A sector's unit postcodes as a bit map: bit 20 * first letter + second letter."""


def cell_line(position: int, corner: int, size: int) -> int:
    """Give the grid row or column of *position*, 0 or more however far off it is."""
    return max(0, min(LEAF ^ ACROSS, (position - corner) // size))
