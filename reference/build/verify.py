"""Holding a pack against its manifest and its source, by way of the public lookups."""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from reference import areas, layout, postcodes
from reference.answers import Kind, Located
from reference.build import built_up, kingdom, manifest
from reference.build.source import Source
from reference.files import Pack, PackError
from reference.places import find

SHOWN = 20
"""Complaints listed; a broken pack has millions."""


def complaints(source: Source, pack: Path, *, sample: int | None, seed: int) -> list[str]:
    """Say where *pack* differs from its manifest or *source*; nothing when it is right.

    Looks up *sample* unit postcodes drawn with *seed* by `find`, or all of them where *sample*
    is None, and compares the digest of everything that the pack unpacks to.
    """
    broken = list(_files(pack))
    if broken:
        return broken
    reader = Pack(str(pack.resolve()))
    try:
        return list(islice(_differences(source, reader, sample, seed), SHOWN))
    except (PackError, OSError) as error:
        return [str(error)]


def unpacked(pack: Pack) -> Iterator[str]:
    """Give every unit postcode of *pack* in canonical text (see `manifest.line`)."""
    for outcode in areas.outcodes(pack):
        for unit in postcodes.postcodes_in(outcode.label, pack=pack):
            label = unit.label.replace(" ", "")
            yield manifest.line(label, unit.lat, unit.lon, unit.constituency)


def found_line(postcode: str, pack: Pack) -> str:
    """Give the canonical text of what `find` answers for *postcode*."""
    place = find(postcode, pack=pack)
    if not isinstance(place, Located) or place.kind is not Kind.POSTCODE:
        return f"{postcode}, not found"
    return manifest.line(place.label.replace(" ", ""), place.lat, place.lon, place.constituency)


def _files(pack: Path) -> Iterator[str]:
    try:
        kept = manifest.read(pack)["files"]
        for name in layout.FILES:
            if not manifest.described(pack / name).items() <= kept[name].items():
                yield f"{name}: not the file of the manifest"
    except (OSError, ValueError, KeyError) as error:
        yield f"{manifest.MANIFEST}: {error!r}"


def _differences(source: Source, pack: Pack, sample: int | None, seed: int) -> Iterator[str]:
    lines = manifest.source_lines(source)
    kept = manifest.read(Path(pack.folder))["source_rows_sha256"]
    if {manifest.digest(lines), manifest.digest(list(unpacked(pack)))} != {kept}:
        yield "the unpacked unit postcodes are not those of the source"
    folder = Path(pack.folder)
    yield from kingdom.complaints(source, kingdom.file_of(folder))
    yield from built_up.complaints(source, built_up.file_of(folder))
    count = len(lines) if sample is None else min(sample, len(lines))
    # Reproducible by its seed; nothing secret depends on it.
    chosen = lines if sample is None else random.Random(seed).sample(lines, count)  # noqa: S311
    for line in chosen:
        answer = found_line(line.partition(",")[0], pack)
        if answer != line:
            yield f"the source says {line}, the pack {answer}"
