"""At most two changes an hour that somebody did not bring about themselves (PROMISES R7)."""

from datetime import datetime, timedelta

SPAN = timedelta(hours=1)
MOST = 2

Moves = tuple[datetime, ...]
"""When others changed the plan that somebody knows, the last ones, oldest first."""


def moved(moves: Moves, now: datetime) -> Moves:
    """The moves once one more is told *now*; those of over an hour ago are forgotten."""
    return (*_recent(moves, now), now)


def left_alone(moves: Moves, now: datetime) -> bool:
    """Whether they have had their changes of this hour, and no other may come now."""
    return len(_recent(moves, now)) >= MOST


def until(moves: Moves, now: datetime) -> datetime | None:
    """When the next change may be told; None: now."""
    recent = _recent(moves, now)
    return recent[-MOST] + SPAN if len(recent) >= MOST else None


def told(moves: Moves, now: datetime) -> tuple[datetime | None, Moves]:
    """When one more change may be told (None: now), and the moves once it has been.

    What is held joins the letter that is held already, and counts once.
    """
    recent = _recent(moves, now)
    if recent and recent[-1] > now:
        return recent[-1], recent
    after = until(recent, now)
    return after, (*recent, after or now)


def _recent(moves: Moves, now: datetime) -> Moves:
    return tuple(at for at in moves if at > now - SPAN)
