"""Counts as the public sees them: in bands, never as numbers (PROMISES S10).

A band is its own sentence part. Targets and maxima stay with the organiser: with them, a
band would give the count away.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.event import Session
from chalicelib.domain.places import Places

HALF_HOUR = timedelta(minutes=30)
FIVE_MINUTES_S = 300


class Band(StrEnum):
    """How many of the wanted people a session has."""

    FEW = "few people yet"
    HALF = "about half of the people wanted"
    NEARLY = "nearly enough people"
    ENOUGH = "enough people, room for more"
    FULL = "full"


class Room(StrEnum):
    """How many more people can come."""

    PLENTY = "plenty of room"
    SOME = "some room"
    LITTLE = "few places left"
    NONE = "full"


def band(session: Session) -> Band:
    """Half begins at 40 % of the target and nearly enough at 75 %; full is the last place."""
    if session.free < 1:
        return Band.FULL
    if session.coming >= session.target:
        return Band.ENOUGH
    if 4 * session.coming >= 3 * session.target:
        return Band.NEARLY
    if 5 * session.coming >= 2 * session.target:
        return Band.HALF
    return Band.FEW


def room(sessions: Iterable[Session]) -> Room:
    """The room of some sessions together: little is a car-load or less, plenty a coach's."""
    free = sum(max(0, session.free) for session in sessions)
    if free < 1:
        return Room.NONE
    if free < 5:
        return Room.LITTLE
    return Room.SOME if free < 50 else Room.PLENTY


def places_free(places: Places) -> str:
    """A car's places in words: "2 places, 1 child seat"; from three on there is no count."""
    counts = (
        (places.standard, "place", 3),
        (places.child, "child seat", 2),
        (places.wheelchair, "wheelchair place", 2),
    )
    return ", ".join(_so_many(count, word, most) for count, word, most in counts if count)


def _so_many(count: int, word: str, most: int) -> str:
    if count >= most:
        return f"{most} or more {word}s"
    return f"{count} {word}{'s' if count > 1 else ''}"


def half_hour(at: datetime) -> tuple[datetime, datetime]:
    """The half hour, from a full or a half one, that an instant lies in.

    A car's minutes would tell its driver's home to whoever knows where it goes.
    """
    begins = at.astimezone(UTC)
    begins -= timedelta(
        minutes=begins.minute % 30, seconds=begins.second, microseconds=begins.microsecond
    )
    return begins, begins + HALF_HOUR


def about_minutes(seconds: float) -> int:
    """Whole minutes by fives; 0 for what is hardly any."""
    return 5 * round(seconds / FIVE_MINUTES_S)
