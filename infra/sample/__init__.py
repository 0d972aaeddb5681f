"""The sample campaign of the local service: made-up people, in real places, in coming weeks.

Begin with `load`. `composed` makes it all, from nothing but the campaign and a day: `ground`
says where, `shifts` when, `words` and `people` what it is called; `gatherings`, `signups`,
`trips` and `wishes` put it together. `storing` puts it in the database, through the services'
own commit.

The same day gives the same sample. Letters are owed for the first of each kind alone; the
rest of what is in the mailbox comes of the runs.
"""

from datetime import date

from chalicelib.adapters import Adapters
from chalicelib.errors import NotFound
from chalicelib.services import events
from infra.sample import storing
from infra.sample.composed import compose
from infra.sample.gatherings import FIRST, opened_for


def load(world: Adapters) -> None:
    """Fill the database with the sample, and owe a run for every day of it.

    Loading again changes nothing, and finishes what was cut short: also on another day,
    for then it is the sample of the day on which it was begun. Days that are over by then
    are left out.
    """
    sample = compose(world.campaign, _begun_on(world))
    if not sample.events:
        _say(f"{world.campaign.name} has no marginals, so there is no sample campaign.\n")
        return
    _say(f"Sample campaign: {len(sample.events)} events, {len(sample.sessions)} sessions, ")
    storing.store_events(world, sample)
    _say(f"{len(sample.signups)} sign-ups, {len(sample.offers)} offers, ")
    _say(f"{len(sample.requests)} requests ")
    for day in storing.days(sample):
        _say(".")
        if day >= _today(world):
            storing.store_day(world, sample, day)
    events.cancel(world, sample.cancelled)
    _say(" done.\n")


def _begun_on(world: Adapters) -> date:
    """The sample's day: today, or that of which a part is stored already."""
    try:
        first, _ = world.events.get(FIRST)
    except NotFound:
        return _today(world)
    return opened_for(first.created_at, world.campaign.zone)


def _today(world: Adapters) -> date:
    return world.now().astimezone(world.campaign.zone).date()


def _say(words: str) -> None:
    print(words, end="", flush=True)
