"""What a bundle is, in numbers: for people, and for whoever compares two builds."""

import hashlib
import json
import zipfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.bundle import archive, records

_NAME = "manifest.json"
_LARGEST = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """One zip.

    Attributes
    ----------
    zip_bytes, unzipped_bytes
        Lambda limits both: 50 MB for a direct upload, 250 MB unpacked.
    largest
        Top folder (or file) -> bytes unzipped.
    packages
        Name -> version.
    contents
        File -> SHA-256.
    """

    zip_bytes: int
    unzipped_bytes: int
    sha256: str
    files: int
    largest: dict[str, int]
    packages: dict[str, str]
    contents: dict[str, str]


def facts(path: Path) -> Facts:
    """Read them from the zip at *path*."""
    with zipfile.ZipFile(path) as zipped:
        entries = zipped.infolist()
        digests = {e.filename: hashlib.sha256(zipped.read(e)).hexdigest() for e in entries}
    sizes: Counter[str] = Counter()
    for entry in entries:
        sizes[entry.filename.partition("/")[0]] += entry.file_size
    installed = (records.package_of(name) for name in digests if name.endswith(records.ENDING))
    return Facts(
        zip_bytes=path.stat().st_size,
        unzipped_bytes=sizes.total(),
        sha256=archive.sha256(path),
        files=len(entries),
        largest=dict(sizes.most_common(_LARGEST)),
        packages=dict(sorted(installed)),
        contents=digests,
    )


def write(dist: Path, bundles: dict[str, Facts], *, proven: bool) -> None:
    """Write it beside the zips: whoever finds it finds bundles that passed every check.

    It has no dates: the same bundles give the same file.
    """
    told = {"bundles": {name: asdict(each) for name, each in bundles.items()}, "proven": proven}
    text = json.dumps(told, indent=1, sort_keys=True)
    (dist / _NAME).write_text(f"{text}\n", "utf-8")


def forget(dist: Path) -> None:
    """Take it away before new bundles are made."""
    (dist / _NAME).unlink(missing_ok=True)
