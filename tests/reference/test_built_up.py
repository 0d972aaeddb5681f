"""The grid for drive times: built, read back by `matching`, and the one that is shipped."""

import zlib
from pathlib import Path

import pytest

from matching.built_up import FILE
from matching.built_up import nodes as read
from matching.kingdom import kingdom
from reference.build import complaints, container
from reference.build.built_up import ELSEWHERE, NAME, Home, file_of, nodes, sections
from reference.build.source import Source, SourceError
from reference.files import OURS, Pack


def test_matching_reads_what_is_built(pack: Path) -> None:
    grid = read(pack / NAME)

    assert len(grid.values) == grid.rows * grid.columns
    assert (grid.south, grid.west, grid.step_lat, grid.step_lon) == (49.5, -8.9, 0.02, 0.035)
    assert grid.elsewhere == ELSEWHERE / 255


def test_residents_count_less_the_further_away_they_live() -> None:
    """Ten thousand people at a node: 0.0265 of what the inner city has, spread over 37.7 km2."""
    home = Home(520_000, -89_000 + 250 * 350, 10_000)
    row, column = 125, 250

    values = nodes([home])

    at = row * 323 + column
    assert values[at] == round(255 * 10_000 / (10_000 * 37.699))
    assert values[at] > values[at + 1] > values[at + 3] == 0
    assert values[at + 15] == ELSEWHERE


def test_nobody_may_live_at_the_border() -> None:
    with pytest.raises(SourceError, match="border"):
        nodes([Home(496_000, 0, 1)])


@pytest.mark.parametrize("broken", [b"", b"MLP1", b"MLP1\2\0\0\0\1\0\0\0\1\0\0\0xx"])
def test_a_broken_file_is_noticed(source: Path, pack: Path, broken: bytes) -> None:
    (pack / NAME).write_bytes(broken)

    [complaint] = complaints(Source(source), pack, sample=10, seed=1)

    assert complaint.startswith(NAME)


def test_a_changed_node_is_noticed(source: Path, pack: Path) -> None:
    head, packed = sections(Source(source))
    more = container.deflated(b"\1" + zlib.decompress(packed)[1:])
    container.write(pack / NAME, [head, more])

    assert complaints(Source(source), pack, sample=10, seed=1) == [
        f"{NAME}: not what the source gives"
    ]


def test_the_shipped_file_is_what_the_kingdoms_residents_give() -> None:
    """Those of the other file, whose positions are kept to 111 m only."""
    shipped = kingdom()
    homes = [
        Home(round(10_000 * lat), round(10_000 * lon), residents)
        for (lat, lon), residents in zip(shipped.areas.points, shipped.residents, strict=True)
    ]

    built = nodes(homes)

    kept = zlib.decompress(Pack(str(FILE.parent)).sections(FILE.name)[1])
    differing = [abs(one - other) for one, other in zip(built, kept, strict=True) if one != other]
    assert file_of(Path(OURS.folder)) == FILE
    assert sum(each == ELSEWHERE for each in differing) < 200  # the last ring, seen or not
    assert max(each for each in differing if each != ELSEWHERE) <= 2
