"""RECORD, the list of files that every installed package brings with it.

It is what makes a lost file visible: whoever has a package's RECORD knows what must be there.
"""

import base64
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.bundle import locks

ENDING = ".dist-info/RECORD"


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a package: its name, and "sha256=..." or ""."""

    name: str
    digest: str


def rewrite(folder: Path) -> None:
    """Leave in each RECORD what is still there; pip's order and its own marks vary."""
    for record in folder.glob(f"*{ENDING}"):
        kept = sorted(
            (row.name, row.digest)
            for row in rows(record.read_text("utf-8"))
            if (folder / row.name).is_file()
        )
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows((*row, "") for row in kept)
        record.write_text(text.getvalue(), "utf-8")


def rows(record: str) -> Iterator[Row]:
    """The rows of a RECORD's text."""
    for name, digest, _ in csv.reader(io.StringIO(record)):
        yield Row(name, digest)


def digest(content: bytes) -> str:
    """As a RECORD writes it."""
    encoded = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"sha256={encoded}"


def package_of(record: str) -> tuple[str, str]:
    """("python-dateutil", "2.9.0") of the name of a RECORD in a zip."""
    name, _, version = record.removesuffix(ENDING).partition("-")
    return locks.normal(name), version
