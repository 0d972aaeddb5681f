"""The shipped pack: whole, and equal to the published data, which are not needed here."""

import random
from pathlib import Path

import pytest

from reference import Kind, Located, find, postcodes_in, sectors
from reference.areas import outcodes
from reference.build import manifest
from reference.build.verify import found_line
from reference.files import OURS
from reference.layout import FILES

SEED = 2026

PUBLISHED_SHA256 = "6ac91fe58d25f524e960472feb2a18430885644041323a2ff13703c50aef03b7"
"""Of the 1,733,408 published rows as "SW1A1AA,51.5010,-0.1416,E14001172", sorted, a newline
after each; computed with xz, awk, sort and sha256sum, without our code."""


@pytest.mark.parametrize("name", FILES)
def test_files_are_those_of_the_manifest(name: str) -> None:
    kept = manifest.read(Path(OURS.folder))["files"][name]

    assert manifest.described(Path(OURS.folder, name)).items() <= kept.items()


def test_all_unit_postcodes_equal_the_published_ones(all_lines: list[str]) -> None:
    kept = manifest.read(Path(OURS.folder))

    assert len(all_lines) == kept["source_rows"] == 1_733_408
    assert manifest.digest(all_lines) == kept["source_rows_sha256"] == PUBLISHED_SHA256


def test_find_gives_what_unpacking_gives(all_lines: list[str]) -> None:
    print(f"seed {SEED}")
    chosen = random.Random(SEED).sample(all_lines, 100_000)

    wrong = [line for line in chosen if found_line(line.partition(",")[0], OURS) != line]

    assert wrong == []


def test_every_outcode_is_found() -> None:
    areas = list(outcodes())

    for area in areas:
        place = find(area.label)
        assert isinstance(place, Located)
        assert (place.label, place.kind, place.note) == (area.label, Kind.OUTCODE, "")
        assert place.error_m >= 100

    assert len(areas) == 2_946


def test_every_sector_is_found() -> None:
    for sector in sectors():
        place = find(sector.code)
        assert isinstance(place, Located)
        assert (place.label, place.kind, place.note) == (sector.code, Kind.SECTOR, "")
        assert (place.lat, place.lon) == (sector.lat, sector.lon)
        assert abs(sum(share for _, share in place.seats) - 1) < 0.01

    assert len(sectors()) == 10_849


def test_sectors_hold_great_britains_people() -> None:
    """65.0 million (Census 2021; Scotland mid-2021): the estimates lose nobody."""
    assert 64_500_000 < sum(sector.population for sector in sectors()) < 65_500_000
    assert sum(sector.unit_postcodes for sector in sectors()) == 1_733_408


def test_units_of_a_sector_are_those_of_its_outcode() -> None:
    outcode = postcodes_in("HX7")

    by_sector = [unit for digit in "0123456789" for unit in postcodes_in(f"HX7 {digit}")]

    assert list(outcode) == by_sector
    assert {unit.label[:3] for unit in outcode} == {"HX7"}
    assert postcodes_in("BT1") == postcodes_in("ZZ1") == postcodes_in("") == ()
