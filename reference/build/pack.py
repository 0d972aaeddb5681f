"""Making the whole pack, file by file."""

from pathlib import Path

from reference import layout
from reference.build import (
    areas,
    built_up,
    cells,
    constituencies,
    container,
    kingdom,
    manifest,
    shapes,
    towns,
)
from reference.build.ground import ground
from reference.build.shares import Pool
from reference.build.source import Source


def write_pack(source: Source, pack: Path) -> None:
    """Write every pack file and the manifest into the folder *pack*, which is made.

    The files for `matching` go where `kingdom.file_of` says. Takes half a minute and 1 GB of
    memory for the whole kingdom.

    Raises
    ------
    SourceError
        When the files contradict each other; *pack* is untouched then.
    OSError
        When a file is missing or cannot be written.
    """
    squares, pool, blocks = ground(source), Pool(), areas.blocks(source)
    files: dict[str, list[bytes]] = {
        layout.POSTCODES: [blocks.joined],
        layout.TOWNS: towns.sections(source, squares, pool),
        layout.CELLS: cells.sections(squares),
        layout.AREAS: areas.sections(source, pool, blocks),
        layout.CONSTITUENCIES: constituencies.sections(source),
        layout.SHAPES: shapes.sections(source),
    }
    lands, density = kingdom.sections(source), built_up.sections(source)
    pack.mkdir(parents=True, exist_ok=True)
    for name, sections in files.items():
        container.write(pack / name, sections)
    container.write(kingdom.file_of(pack), lands)
    container.write(built_up.file_of(pack), density)
    manifest.write(pack, source, _rows(source, files))


def _rows(source: Source, files: dict[str, list[bytes]]) -> dict[str, int]:
    """Count what each file has of the things it is about."""
    seats = len(source.codes)
    return {
        layout.POSTCODES: sum(map(len, source.units.values())),
        layout.TOWNS: len(files[layout.TOWNS][0]) // layout.TOWN.size,
        layout.CELLS: len(files[layout.CELLS][1]) // layout.CELL.size,
        layout.AREAS: sum(map(len, files[layout.AREAS][2:4])) // layout.AREA.size,
        layout.CONSTITUENCIES: seats,
        layout.SHAPES: seats,
    }
