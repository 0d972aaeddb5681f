"""Building and verifying, on a made-up kingdom; each way of being wrong is caught."""

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest

from reference import Constituency, Located, Several, constituencies, find, shape
from reference.build import complaints, write_pack
from reference.build.manifest import MANIFEST, described
from reference.build.source import Source, SourceError
from reference.cells import cell, cells
from reference.files import Pack
from reference.layout import FILES
from tests.reference.made_up import unit_rows


def test_a_built_pack_holds_its_source(source: Path, pack: Path) -> None:
    assert complaints(Source(source), pack, sample=None, seed=1) == []


def test_the_same_files_give_the_same_bytes(source: Path, pack: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"

    write_pack(Source(source), again)

    for name in (*FILES, MANIFEST):
        assert (again / name).read_bytes() == (pack / name).read_bytes(), name


def test_rows_are_counted(pack: Path) -> None:
    files = json.loads((pack / MANIFEST).read_text())["files"]

    rows = {name: files[name]["rows"] for name in FILES}

    assert rows["postcodes.bin"] == 200
    assert rows["areas.bin"] == 4 + 3
    assert rows["towns.bin"] == 4


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_noticed(source: Path, pack: Path, name: str) -> None:
    """The canary of `verify`."""
    whole = bytearray((pack / name).read_bytes())
    whole[-1] ^= 1
    (pack / name).write_bytes(whole)

    assert complaints(Source(source), pack, sample=10, seed=1) == [
        f"{name}: not the file of the manifest"
    ]


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_is_noticed(source: Path, pack: Path, name: str) -> None:
    (pack / name).unlink()

    assert complaints(Source(source), pack, sample=10, seed=1)


def test_a_cut_file_is_noticed_even_if_the_manifest_agrees(source: Path, pack: Path) -> None:
    whole = (pack / "areas.bin").read_bytes()
    (pack / "areas.bin").write_bytes(whole[:-1])
    manifest = json.loads((pack / MANIFEST).read_text())
    manifest["files"]["areas.bin"] |= described(pack / "areas.bin")
    (pack / MANIFEST).write_text(json.dumps(manifest))

    [complaint] = complaints(Source(source), pack, sample=10, seed=1)

    assert "areas.bin" in complaint


@pytest.mark.parametrize(
    ("old", "new"),
    [("ZA10BA,52.0001", "ZA10BA,52.0002"), ("ZA10LA,52.0027,-0.0060", "ZA10LA,52.0027,-0.0061")],
)
def test_a_moved_postcode_is_noticed(source: Path, pack: Path, old: str, new: str) -> None:
    path = source / "postcodes_gb.csv.xz"
    text = lzma.decompress(path.read_bytes()).decode()
    assert old in text
    path.write_bytes(lzma.compress(text.replace(old, new).encode()))

    found = complaints(Source(source), pack, sample=None, seed=1)

    assert found[0] == "the unpacked unit postcodes are not those of the source"
    assert new in found[1]


def test_a_contradiction_is_refused(source: Path, tmp_path: Path) -> None:
    path = source / "results_ge2024.csv"
    path.write_text(path.read_text().replace(",1000,", ",1001,"))

    with pytest.raises(SourceError, match="do not sum"):
        write_pack(Source(source), tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_every_unit_is_found_where_it_was(pack: Path) -> None:
    ours = Pack(str(pack))

    for row in unit_rows():
        place = find(str(row["postcode"]), pack=ours)

        assert isinstance(place, Located)
        assert f"{place.lat:.4f}" == row["lat"]
        assert place.constituency == ("W07009002" if row["pcon"] == "BBB" else "E14009001")


def test_names_that_several_share_and_places_without_postcodes(pack: Path) -> None:
    ours = Pack(str(pack))

    several = find("madeup", pack=ours)
    village = find("St. Nowhere by Sea", pack=ours)
    northern = find("ZC1 5AB", pack=ours)

    assert isinstance(several, Several)
    assert [choice.query for choice in several.choices] == ["Madeup (ZA1)", "Madeup (ZA10)"]
    assert isinstance(village, Located)
    assert village.near == "Madeup"
    assert isinstance(northern, Located)
    assert (northern.label, northern.error_m, northern.near) == ("ZC1", 1500, "Bally")


def test_cells_seats_and_shapes_are_built(pack: Path) -> None:
    ours = Pack(str(pack))

    assert min(each.postcodes for each in cells(ours)) >= 50
    assert cell(54.7, -6.0, pack=ours).label == "Bally (ZC1)"
    assert [seat.slug for seat in constituencies(pack=ours)] == ["seat-aaa", "seat-ccc", "seat-bbb"]
    forwards, backwards = shape("N05009003", pack=ours), shape("E14009001", pack=ours)
    assert forwards[0][0] == ((52.0, -1.0), (52.0, -0.9), (52.1, -0.9), (52.1, -1.0), (52.0, -1.0))
    assert backwards[0][0] == forwards[0][0][::-1]
    assert all(isinstance(seat, Constituency) for seat in constituencies(pack=ours))


def test_the_command_line(source: Path, tmp_path: Path) -> None:
    pack = str(tmp_path / "made")

    built = _run("build", str(source), "--pack", pack)
    verified = _run("verify", str(source), "--pack", pack, "--sample", "all", "--seed", "5")
    found = _run("find", "sw1a1aa")
    refused = _run("find", "zz9 9zz")
    missing = _run("build", str(tmp_path / "nothing"), "--pack", pack)

    assert built.returncode == 0, built.stderr
    assert (verified.returncode, verified.stdout) == (0, "The pack holds its source (seed 5).\n")
    assert (found.returncode, found.stdout.splitlines()[0]) == (0, "label: SW1A 1AA")
    assert refused.returncode == 1
    assert missing.returncode == 2


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reference", *arguments]
    root = Path(__file__).parents[2]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
