"""The service itself in a simulated world: its real wiring, with our clock and our chance.

`chalicelib.wiring` builds the adapters with real clients, as in a Lambda function. Begin
with `serving`, inside `wire.connected`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib import wiring
from chalicelib.adapters import Adapters
from simulation.cloud import PREFIX, Cloud
from simulation.swapped import swapped
from simulation.wire import Wire

MAIL_SET = f"{PREFIX}-letters"
"""SES's configuration set, as data.yaml names it."""


@contextmanager
def serving(wire: Wire, *, base_url: str = "https://lifts.example") -> Iterator[Adapters]:
    """Have `wiring.adapters` answer with real adapters on *wire*, and yield them.

    They follow the wire to another cloud (`Wire.begin`): its time, its tokens, its tables.
    """

    def now() -> datetime:
        return wire.cloud.clock()

    def token() -> str:
        return wire.cloud.chance.token()

    os.environ.update(_environment(wire.cloud, base_url))  # `connected` puts it back
    _forget()
    try:
        with swapped(wiring, "now", now), swapped(wiring, "token", token):
            yield wiring.adapters()
    finally:
        _forget()


def _forget() -> None:
    wiring.settings.cache_clear()
    wiring._real.cache_clear()


def _environment(cloud: Cloud, base_url: str) -> dict[str, str]:
    return {
        "MARGINAL_STAGE": "live",
        "MARGINAL_CAMPAIGN": "sample",
        "MARGINAL_BASE_URL": base_url,
        "MARGINAL_TABLE_PREFIX": PREFIX,
        "MARGINAL_MAIL_QUEUE_URL": cloud.urls["Mail"],
        "MARGINAL_MATCH_QUEUE_URL": cloud.urls["Match"],
        "MARGINAL_RUN_EVERY_S": str(cloud.queues.at(cloud.urls["Match"]).delay_s),
        "MARGINAL_MAIL_CONFIGURATION_SET": MAIL_SET,
    }
