"""The campaign's own turn-up rate: counted by night, used wherever need is worked out.

It is never shown: it would tell what people answered on a small campaign's one weekend.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import turn_up as rules
from chalicelib.domain.campaign import Campaign

COUNTED_DAYS = 3
"""Days before today that are counted anew: answers come until a day after the end, and one
night may fail. Before that, a day's bookings change no more, and soon are gone."""

REMEMBERED = timedelta(days=365)
"""Older days weigh less than one in eight thousand."""

KEPT = timedelta(hours=1)
"""How old a page's view of the rate may be: it changes once a night, and little."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The campaign with the rate as it was read at one instant, for one world."""

    world: Adapters
    read_at: datetime
    campaign: Campaign

    def serves(self, world: Adapters, now: datetime) -> bool:
        """Whether it may be used."""
        return self.world is world and timedelta() <= now - self.read_at < KEPT


_last: list[Copy] = []
"""The one copy that this process keeps, or none."""


def count(world: Adapters) -> None:
    """Count the last days anew, and keep the rate; twice is once."""
    today = world.now().astimezone(world.campaign.zone).date()
    for back in range(1, COUNTED_DAYS + 1):
        day = (today - timedelta(days=back)).isoformat()
        world.turn_ups.save(rules.count(day, world.bookings.day(day)))
    days = world.turn_ups.since(today - REMEMBERED)
    world.turn_ups.save_rate(rules.rate(days, today, world.campaign.weights.turn_up))


def kept(world: Adapters) -> Campaign:
    """The same for pages, read once in `KEPT` by each process."""
    now = world.now()
    copy = next((copy for copy in _last if copy.serves(world, now)), None)
    if copy is None:
        copy = Copy(world, now, campaign(world))
        _last[:] = [copy]
    return copy.campaign


def campaign(world: Adapters) -> Campaign:
    """The campaign with the rate that its people have shown, or its own before there is one."""
    rate = world.turn_ups.rate()
    if rate is None:
        return world.campaign
    return replace(world.campaign, weights=replace(world.campaign.weights, turn_up=rate))
