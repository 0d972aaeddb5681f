"""Writing a pack file: the other side of `reference.files`."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from reference.files import COUNT, MAGIC


def write(path: Path, sections: Sequence[bytes]) -> None:
    """Write *sections* into the pack file *path*, at once: it may be mapped by a reader."""
    head = MAGIC + COUNT.pack(len(sections))
    lengths = struct.pack(f"<{len(sections)}I", *map(len, sections))
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(b"".join([head, lengths, *sections]))
    new.replace(path)


def deflated(plain: bytes) -> bytes:
    """Compress as much as zlib can."""
    return zlib.compress(plain, 9)


def numbers(values: Iterable[int]) -> bytes:
    """Compress whole numbers of 4 bytes, like bytes side by side (see `shapes`)."""
    plain = b"".join(value.to_bytes(4, "little", signed=True) for value in values)
    return deflated(b"".join(plain[row::4] for row in range(4)))
