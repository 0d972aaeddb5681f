"""The file for made-up days: built, read back by `matching`, and the one that is shipped."""

import zlib
from pathlib import Path

import pytest

from matching.kingdom import FILE, Kingdom, kingdom
from reference import constituencies
from reference.build import complaints, container
from reference.build.kingdom import NAME, Area, columns, file_of, sections
from reference.build.source import Source
from reference.files import OURS, Pack


@pytest.fixture
def built(pack: Path) -> Kingdom:
    return kingdom(pack / NAME)


def test_matching_reads_what_is_built(built: Kingdom) -> None:
    english, northern, welsh = built.seats

    assert english.anchor == (52.0123, -0.0057)
    assert (english.margin_points, english.cars, english.areas) == (10, 0.8, range(2))
    assert (northern.cars, northern.areas) == (0.85, range(2, 3))  # the median of the others
    assert (welsh.cars, welsh.areas) == (0.9, range(3, 4))
    assert built.areas.points == [(52.013, -0.005), (52.022, -0.005), (54.61, -5.91), (52.1, 0.0)]
    assert built.residents == (1500, 1500, 2480, 2000)


def test_people_count_for_each_other_within_two_kilometres(built: Kingdom) -> None:
    circle_km2 = 12.566

    assert built.per_km2[0] == built.per_km2[1] == pytest.approx(3000 / circle_km2, rel=0.1)
    assert built.per_km2[3] == pytest.approx(2000 / circle_km2, rel=0.1)


@pytest.mark.parametrize("broken", [b"", b"MLP1", b"MLP1\1\0\0\0\4\0\0\0xxxx"])
def test_a_broken_file_is_noticed(source: Path, pack: Path, broken: bytes) -> None:
    (pack / NAME).write_bytes(broken)

    [complaint] = complaints(Source(source), pack, sample=10, seed=1)

    assert complaint.startswith(NAME)


def test_a_changed_count_is_noticed(source: Path, pack: Path) -> None:
    *others, density = sections(Source(source))
    less = container.deflated(b"\1" + zlib.decompress(density)[1:])
    container.write(pack / NAME, [*others, less])

    assert complaints(Source(source), pack, sample=10, seed=1) == [
        f"{NAME}: not what the source gives"
    ]


def test_the_shipped_file_is_what_its_own_rows_give() -> None:
    """Everything but the seats' table is built again from what it unpacks to."""
    shipped = kingdom()
    points = zip(shipped.seat_of, shipped.areas.points, shipped.residents, strict=True)
    areas = [
        Area(seat, round(1000 * lat), round(1000 * lon), residents // 10)
        for seat, (lat, lon), residents in points
    ]

    built = columns(areas)

    kept = Pack(str(FILE.parent)).sections(FILE.name)[1:]
    assert file_of(Path(OURS.folder)) == FILE
    assert [zlib.decompress(each) for each in built] == [zlib.decompress(each) for each in kept]


def test_the_shipped_seats_are_those_of_the_reference_data() -> None:
    for one, other in zip(kingdom().seats, constituencies(), strict=True):
        points = 100 * other.majority / other.valid_votes

        assert one.anchor == (other.lat, other.lon)
        assert one.margin_points == pytest.approx(points, abs=0.0051)


def test_nobody_is_lost() -> None:
    """67.0 million: Great Britain's 65.1 of the sectors, and Northern Ireland's 1.9."""
    shipped = kingdom()

    assert len(shipped.residents) == 43_495
    assert 66_900_000 < sum(shipped.residents) < 67_100_000
    assert min(len(seat.areas) for seat in shipped.seats) > 20
    assert 0.33 <= min(seat.cars for seat in shipped.seats) < 0.35
    assert FILE.stat().st_size < 200_000
