"""Pack files: how one is laid out, and how its sections are read without loading them.

A pack file is `MAGIC`, the number of its sections, the length of each, then the sections
one after another; whole numbers are little-endian. Files are mapped into memory, read-only,
when first asked for, and stay mapped: what nobody looks up is never read.
"""

import functools
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"MLP1"
COUNT = struct.Struct("<I")


class PackError(ValueError):
    """A pack file is not one of ours, or was cut short."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of pack files, as text: a `Path` takes longer to look up than a postcode."""

    folder: str

    def sections(self, name: str) -> tuple[memoryview, ...]:
        """Give the sections of the file *name*, mapped.

        Raises
        ------
        PackError
            When the file's beginning or length is wrong.
        OSError
            When there is no such file.
        """
        return _mapped(self.folder, name)


OURS = Pack(str(Path(__file__).parent / "pack"))
"""The pack that is shipped beside this file."""


@functools.cache
def _mapped(folder: str, name: str) -> tuple[memoryview, ...]:
    with Path(folder, name).open("rb") as file:
        try:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:  # an empty file cannot be mapped
            raise PackError(f"{name}: empty") from error
    if whole[: len(MAGIC)] != MAGIC or len(whole) < len(MAGIC) + COUNT.size:
        raise PackError(f"{name}: not a pack file")
    return tuple(_cut(whole, name))


def _cut(whole: memoryview, name: str) -> Iterator[memoryview]:
    (count,) = COUNT.unpack_from(whole, len(MAGIC))
    at = len(MAGIC) + COUNT.size * (1 + count)
    if at > len(whole):
        raise PackError(f"{name}: cut short")
    for length in struct.unpack_from(f"<{count}I", whole, len(MAGIC) + COUNT.size):
        yield whole[at : at + length]
        at += length
    if at != len(whole):
        raise PackError(f"{name}: {len(whole)} bytes, its sections need {at}")
