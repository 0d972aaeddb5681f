"""Counts of who came, a row a campaign day, and the rate that follows; nothing about people.

They lie beside the bookings in a partition of their own, and are kept when those are gone.
"""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.turn_up import TurnUp
from chalicelib.storage.facts import pack, unpack
from chalicelib.storage.faults import answered
from chalicelib.storage.tables import BookingRow

PARTITION, RATE = "turn-up", "rate"


@dataclass(frozen=True, slots=True)
class TurnUpStore:
    """Keeps and reads the counts."""

    def save(self, counted: TurnUp) -> None:
        """Keep a day's count, in place of the one before."""
        with answered():
            BookingRow(PARTITION, counted.day, facts=pack(counted)).save()

    def since(self, day: date) -> tuple[TurnUp, ...]:
        """The counts of that day and those after it, oldest first."""
        span = BookingRow.id.between(day.isoformat(), "9999-12-31")
        with answered():
            rows = list(BookingRow.query(PARTITION, span))
        return tuple(unpack(TurnUp, row.facts) for row in rows)

    def save_rate(self, rate: float) -> None:
        """Keep the rate that follows from them."""
        with answered():
            BookingRow(PARTITION, RATE, facts={"rate": rate}).save()

    def rate(self) -> float | None:
        """The rate as it was last kept; None before the first time."""
        with answered():
            rows = list(BookingRow.query(PARTITION, BookingRow.id == RATE))
        return float(rows[0].facts["rate"]) if rows else None
