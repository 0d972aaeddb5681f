"""Counts as the public sees them: in bands, never as numbers (PROMISES S10).

A band is its own sentence part. Targets and maxima stay with the organiser: with them, a
band would give the count away.
"""

from collections.abc import Iterable
from enum import StrEnum

from chalicelib.domain.event import Session


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
