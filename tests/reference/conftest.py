"""What the tests of the reference data share."""

from pathlib import Path

import pytest

from reference.build import write_pack
from reference.build.source import Source
from reference.build.verify import unpacked
from reference.files import OURS
from tests.reference.made_up import write_source


@pytest.fixture(scope="session")
def all_lines() -> list[str]:
    """Every unit postcode that the shipped pack unpacks to, in canonical text."""
    return list(unpacked(OURS))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of made-up published files."""
    folder = tmp_path / "source"
    folder.mkdir()
    write_source(folder)
    return folder


@pytest.fixture
def pack(source: Path, tmp_path: Path) -> Path:
    """A pack built from them."""
    folder = tmp_path / "pack"
    write_pack(Source(source), folder)
    return folder
