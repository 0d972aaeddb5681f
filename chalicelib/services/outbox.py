"""From the outbox to the queues: what is owed is handed on, and again when it got lost."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.errors import Busy, Conflict

LOST_AFTER = timedelta(minutes=2)
"""How long a row may be owed before it counts as lost on the way. Handing on twice is
harmless: a letter is claimed before it is sent, and a second run changes nothing."""

log = logging.getLogger("marginal_lifts")


def hand_on(world: Adapters, row: Mapping[str, Any]) -> None:
    """Put a row that is owed into its queue.

    A letter stays owed until the mail worker claims it; a run is done with here, and when
    we die in between it is handed on again.

    Parameters
    ----------
    row
        Its `id` and `queue` ("mail" or "match"), and its facts: for a run the `day`.

    Raises
    ------
    Busy
        When the queue or the database would not take it.
    """
    if row["queue"] == "mail":
        world.queues.mail(row["id"])
        return
    world.queues.match(row["day"], world.now())
    try:
        world.outbox.handed_on(row["id"])
    except Conflict:
        log.info("outbox %s was handed on already", row["id"])


def sweep(world: Adapters) -> None:
    """Hand on again everything that has been owed for `LOST_AFTER`.

    One row that cannot be handed on keeps none of the others waiting.
    """
    for queue in ("mail", "match"):
        for row in world.outbox.owed(queue, older_than=LOST_AFTER):
            try:
                hand_on(world, row)
            except Busy:
                log.warning("outbox %s could not be handed on", row["id"])
