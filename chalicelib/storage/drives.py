"""Drives that a road service has told us, kept beside the campaign day that they were for.

One compact value for a day and a service, in parts since an item holds 400 KB. It holds the
places of that day's last run and nothing about whose they are, and goes with the day: no
home is known here from one campaign day to another.
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.domain.drives import DECIMALS, Point, Seconds, nothing
from chalicelib.storage.faults import answered
from chalicelib.storage.tables import BookingRow

KEPT = timedelta(days=30)
"""How long after it was told at most: roads change, and so do minds."""

KEPT_AFTER = timedelta(days=2)
"""How long after its day's midnight: its day, and one more, as a driver's home."""

PART_BYTES = 350_000

Size = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class DriveStore:
    """Keeps and reads drives. A row past its date is dead at once."""

    now: Callable[[], datetime]

    def between(self, day: str, service: str, points: Sequence[Point]) -> Seconds:
        """What is kept of the drives between *points*: a square, `UNKNOWN` where nothing is."""
        with answered():
            rows = list(BookingRow.query(_partition(day), BookingRow.id.startswith(f"{service}:")))
        live = [row for row in rows if int(row.expires_at or 0) > self.now().timestamp()]
        then, drives = _unpacked(b"".join(row.packed for row in live))
        found, at = nothing(len(points)), {point: index for index, point in enumerate(then)}
        shared = [(to, at[point]) for to, point in enumerate(points) if point in at]
        for row, row_then in shared:
            for column, column_then in shared:
                found[row][column] = drives[row_then][column_then]
        return found

    def keep(self, day: str, service: str, points: Sequence[Point], drives: Seconds) -> None:
        """Keep *drives* between *points*, and of that day and service nothing else."""
        packed = _packed(points, drives)
        parts = [packed[at : at + PART_BYTES] for at in range(0, len(packed), PART_BYTES)]
        until = min(self.now() + KEPT, _midnight(day) + KEPT_AFTER)
        partition = _partition(day)
        with answered():
            had = {row.id for row in BookingRow.query(partition, attributes_to_get=["id"])}
            for number, part in enumerate(parts):
                name = f"{service}:{number:03}"
                row = BookingRow(partition, name, packed=part, expires_at=int(until.timestamp()))
                row.save()
                had.discard(name)
            for name in sorted(one for one in had if one.startswith(f"{service}:")):
                BookingRow(partition, name).delete()


def _partition(day: str) -> str:
    """Not the day's own: whoever reads a day's bookings shall not read these."""
    return f"{day}:drives"


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _packed(points: Sequence[Point], drives: Seconds) -> bytes:
    """How many points, where they are, and the rows of the square: 4 bytes each, deflated."""
    degrees = [round(value * 10**DECIMALS) for point in points for value in point]
    values = [*degrees, *(value for row in drives for value in row)]
    return zlib.compress(Size.pack(len(points)) + struct.pack(f"<{len(values)}i", *values))


def _unpacked(packed: bytes) -> tuple[list[Point], Seconds]:
    """The points and the drives; none at all when it cannot be read.

    Two runs may have written their parts at once. The checksum of the whole tells, and all
    that is lost is that the service is asked again.
    """
    try:
        whole = zlib.decompress(packed)
        (size,) = Size.unpack_from(whole)
        values = struct.unpack_from(f"<{2 * size + size * size}i", whole, Size.size)
    except (zlib.error, struct.error):
        return [], []
    scale = 10**DECIMALS
    points = [(values[at] / scale, values[at + 1] / scale) for at in range(0, 2 * size, 2)]
    rows = range(2 * size, len(values), size) if size else range(0)
    return points, [list(values[at : at + size]) for at in rows]
