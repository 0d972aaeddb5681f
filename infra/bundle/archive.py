"""A folder becomes a zip, the same bytes every time; and a zip becomes a read-only folder."""

import hashlib
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say
_READABLE = 0o100644 << 16
_UNIX = 3


def pack(folder: Path, archive: Path) -> None:
    """Write every file below *folder*, sorted, undated, readable by all.

    The same files give the same bytes wherever Python has the same zlib.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name in sorted(name for name, path in files.items() if path.is_file()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, files[name].read_bytes(), compresslevel=9)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack into *folder*, and take away every permission to write there."""
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def release(folder: Path) -> None:
    """Give back the permission to write to folders, so that they can be deleted."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)


def sha256(path: Path) -> str:
    """Of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
