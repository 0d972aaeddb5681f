"""The board: sessions of the coming three weeks, for showing and never for deciding.

A process keeps what it read for `KEPT`, so that a crowd on the first page costs the database
one read. Whoever books is checked against the store itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain.event import Session

AHEAD = timedelta(weeks=3)
"""How far the board looks: what people plan for. Later sessions have their event's page."""

KEPT = timedelta(seconds=15)
"""How old a page's view may be: shorter than filling in any form, longer than a burst."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The board as it was read at one instant, for one world."""

    world: Adapters
    read_at: datetime
    sessions: tuple[Session, ...]

    def serves(self, world: Adapters, now: datetime) -> bool:
        """Whether it may be shown; never at its own instant, so a stopped clock hides nothing."""
        return self.world is world and timedelta(0) < now - self.read_at < KEPT


_last: list[Copy] = []
"""The one copy that this process keeps, or none."""


def upcoming(world: Adapters) -> tuple[Session, ...]:
    """Published sessions that have not begun and start within `AHEAD`, by their start."""
    now = world.now()
    copy = next((copy for copy in _last if copy.serves(world, now)), None)
    if copy is None:
        copy = Copy(world, now, world.events.board(now, now + AHEAD))
        _last[:] = [copy]
    # By their start: those that have begun since it was read stand at its beginning.
    begun = next((at for at, one in enumerate(copy.sessions) if one.starts_at > now), None)
    return copy.sessions[begun:] if begun is not None else ()
