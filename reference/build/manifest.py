"""What a pack is made of: its files' rows, bytes and digests, and the digest of its source."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from reference import layout
from reference.build.source import Source

MANIFEST = "manifest.json"


def write(pack: Path, source: Source, rows: dict[str, int]) -> None:
    """Write the manifest of the files in *pack*, whose numbers of rows are *rows*."""
    manifest = {
        "files": {name: described(pack / name) | {"rows": rows[name]} for name in layout.FILES},
        "source_rows": rows[layout.POSTCODES],
        "source_rows_sha256": digest(source_lines(source)),
    }
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (pack / MANIFEST).write_text(text, encoding="utf-8")


def read(pack: Path) -> Any:
    """Give the manifest of *pack*."""
    return json.loads((pack / MANIFEST).read_text(encoding="utf-8"))


def described(path: Path) -> dict[str, int | str]:
    """Give a file's length and digest."""
    whole = path.read_bytes()
    return {"bytes": len(whole), "sha256": sha256(whole).hexdigest()}


def source_lines(source: Source) -> list[str]:
    """Give the source's unit postcodes in canonical text (see `line`), in no order."""
    codes = {short: source.codes[seat] for short, seat in source.seat_of.items()}
    return [
        line(row["postcode"], float(row["lat"]), float(row["lon"]), codes[row["pcon"]])
        for row in source.rows("postcodes_gb.csv.xz")
    ]


def line(postcode: str, lat: float, lon: float, code: str) -> str:
    """Give the canonical text of a unit postcode: "SW1A1AA,51.5010,-0.1416,E14001172"."""
    # Adding 0.0 makes the 22 postcodes at -0.0000 of the meridian read 0.0000.
    return f"{postcode},{lat:.4f},{lon + 0.0:.4f},{code}"


def digest(lines: list[str]) -> str:
    """Give the SHA-256 of *lines*, sorted, each ended by a newline."""
    summed = sha256()
    for each in sorted(lines):
        summed.update(f"{each}\n".encode())
    return summed.hexdigest()
