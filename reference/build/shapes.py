"""Packing the simplified borders: arcs in steps, and each seat's chains of arcs."""

import struct
from collections.abc import Iterator
from typing import Any

from reference.build.container import numbers
from reference.build.source import Source, SourceError


def sections(source: Source) -> list[bytes]:
    """Give the sections of the shapes' file."""
    topology = source.document("constituencies_2024.topojson")
    drawn = topology["objects"]["constituencies"]["geometries"]
    by_code = {each["properties"]["code"]: each for each in drawn}
    if by_code.keys() != set(source.codes):
        raise SourceError("the shapes are not those of the constituencies")
    arcs = topology["arcs"]
    steps = [point[axis] for axis in (0, 1) for arc in arcs for point in arc]
    chains = [number for code in source.codes for number in _chains(by_code[code])]
    scale = (*topology["transform"]["scale"], *topology["transform"]["translate"])
    return [struct.pack("<4d", *scale), numbers(map(len, arcs)), numbers(steps), numbers(chains)]


def _chains(geometry: dict[str, Any]) -> Iterator[int]:
    """Give polygons, rings and arcs as one row of numbers, each list after its length."""
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["arcs"] if several else [geometry["arcs"]]
    yield len(polygons)
    for rings in polygons:
        yield len(rings)
        for ring in rings:
            yield len(ring)
            yield from ring
