"""Which campaign days are due a run, and when.

People are matched together, not one after another: a match for the first who asks takes the
place that would have served two others. So a new offer or request waits for the round of the
evening, unless its day is near. What is taken from people, a lift that falls, is mended at once.
"""

from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain.change import OweRun
from chalicelib.services.campaign_day import midnight

AHEAD = 28
"""Days to come that the nightly round looks at: a week beyond what pages list."""


NEAR = timedelta(hours=48)
"""How long before its day somebody who joins is matched at once, with everyone who waits."""


def joined(world: Adapters, day: str) -> list[OweRun]:
    """The run that somebody's joining of *day* ("2026-11-28") owes: none while it is far."""
    near = midnight(world, day) - NEAR <= world.now()
    return [OweRun(day)] if near else []


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
