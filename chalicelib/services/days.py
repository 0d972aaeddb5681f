"""Which campaign days are matched without anybody asking, and when."""

# Written anew after its first text was lost: names and types are as they were, but its
# author should check the span and the words.

from datetime import timedelta

from chalicelib.adapters import Adapters

AHEAD = 30
"""Days to come for which the matching runs every night."""


def owe_all(world: Adapters) -> list[str]:
    """Have every coming campaign day matched, and yesterday closed; return the days."""
    return _owe(world, range(-1, AHEAD + 1))


def owe_near(world: Adapters) -> list[str]:
    """Have today and tomorrow matched; return the days."""
    return _owe(world, range(2))


def _owe(world: Adapters, offsets: range) -> list[str]:
    now = world.now()
    today = now.astimezone(world.campaign.zone).date()
    days = [(today + timedelta(days=offset)).isoformat() for offset in offsets]
    for day in days:
        world.queues.match(day, now)
    return days
