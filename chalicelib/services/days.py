"""Which campaign days are due a run."""

from datetime import timedelta

from chalicelib.adapters import Adapters

AHEAD = 28
"""Days to come that the nightly round looks at: a week beyond what pages list."""


def owe_all(world: Adapters) -> list[str]:
    """Have yesterday, today and every coming day matched; a day without bookings is cheap."""
    return _owe(world, range(-1, AHEAD + 1))


def owe_near(world: Adapters) -> list[str]:
    """Have today and tomorrow matched: deadlines there are hours, not nights."""
    return _owe(world, range(2))


def _owe(world: Adapters, offsets: range) -> list[str]:
    today = world.now().astimezone(world.campaign.zone).date()
    days = [(today + timedelta(days=offset)).isoformat() for offset in offsets]
    for day in days:
        world.queues.match(day, world.now())
    return days
