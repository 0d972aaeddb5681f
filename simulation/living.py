"""A world of its own for each seed: made, wired, lived in, and gone. Begin with `living`."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.adapters import Adapters
from simulation import cloud as clouds
from simulation import service, wire
from simulation.life import Life
from simulation.people.crowd import REVIEWER, TRUSTED


@contextmanager
def living(seed: int, faults: float, **more: Any) -> Iterator[Life]:
    """A new world; nothing outlives the block."""
    logging.disable(logging.CRITICAL)
    cloud = clouds.made(seed)
    try:
        with (
            wire.connected(cloud) as there,
            service.serving(there) as world,
            wiring.lend(campaigning(world)),
        ):
            yield Life(there, faults, **more)
    finally:
        logging.disable(logging.NOTSET)


def campaigning(world: Adapters) -> Adapters:
    """A campaign that trusts few organisers, and gives drivers hours, not a day."""
    campaign = replace(
        world.campaign,
        trusted=(TRUSTED,),
        contact=REVIEWER,
        respond_within=timedelta(hours=6),
    )
    return replace(world, campaign=campaign)
