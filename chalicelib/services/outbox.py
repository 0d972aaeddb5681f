"""From the outbox to the queues: what is owed is handed on, and again when it got lost."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain import breaker as breakers
from chalicelib.domain.urgency import Urgency
from chalicelib.errors import Busy, Conflict
from chalicelib.storage.owing import is_fresh

LOST_AFTER = timedelta(minutes=2)
"""How long a row may be owed before it counts as lost on the way. Handing on twice is
harmless: a letter is claimed before it is sent, and a second run changes nothing."""

MOST = 1000
"""Letters that one sweep hands on. SES begins with 14 a second, 840 a minute; a sweep has half a
minute, and each letter takes two calls of some milliseconds."""

MOST_PROBES = 4
"""The same while the carrier is away: as many as the breaker lets through in a minute."""

RECONCILE_AFTER = timedelta(minutes=15)
"""Silence of the carrier for so long means that it never took the letter: its news come within
seconds, within minutes at worst, and nobody sends for longer than a function may live."""

UNKNOWN_AFTER = timedelta(days=1)
"""Where no news come at all, a letter without an answer is given up after so long. It is never
sent again: two letters may contradict each other, and one too few is asked for."""

log = logging.getLogger("marginal_lifts")


def hand_on(world: Adapters, row: Mapping[str, Any]) -> None:
    """Put a row that is owed into its queue.

    A letter stays owed until the mail worker claims it; a run is done with here, and when
    we die in between it is handed on again.

    Parameters
    ----------
    row
        Its `id` and `queue` ("match", or one of those for letters), and its facts: for a
        run the `day`.

    Raises
    ------
    Busy
        When the queue or the database would not take it.
    """
    if row["queue"] != "match":
        world.queues.mail(row["id"])
        return
    world.queues.match(row["day"], world.now())
    try:
        world.outbox.handed_on(row["id"])
    except Conflict:
        log.info("outbox %s was handed on already", row["id"])


def hand_on_new(world: Adapters, row: Mapping[str, str]) -> None:
    """Hand on a row that has been written, if it is owed from now on and nobody has had it yet.

    Parameters
    ----------
    row
        Its texts, as they are stored.
    """
    touched = row.get("claimed_at"), row.get("handed_at")
    if row.get("state") == "owed" and is_fresh(row["owed_at"], row.get("made_at"), *touched):
        hand_on(world, {"id": row["id"], "queue": row["owed"], **json.loads(row["facts"])})


def sweep(world: Adapters) -> None:
    """Hand on what is due, and again what was lost; owe again what was never taken.

    One row that cannot be handed on keeps none of the others waiting.
    """
    for row in world.outbox.owed("match", older_than=LOST_AFTER):
        try:
            hand_on(world, row)
        except Busy:
            log.warning("outbox %s could not be handed on", row["id"])
    reconcile(world)
    hand_on_letters(world)


def hand_on_letters(world: Adapters) -> None:
    """Hand on the letters that are due, the most urgent first; a few, while the carrier is away."""
    try:
        breaker = world.limits.breaker()
        left = MOST_PROBES if breaker.is_open else MOST
        for urgency in Urgency:
            if breakers.may_try(breaker, urgency, world.now()):
                left -= _hand_on(world, urgency, left)
    except Busy:
        log.warning("letters could not be handed on, and are at the next sweep")


def _hand_on(world: Adapters, urgency: Urgency, most: int) -> int:
    """Hand on so many letters of an urgency, and say how many there were."""
    rows = world.outbox.due(urgency, lost_after=LOST_AFTER, most=most)
    for row_id, owed_at in rows:
        world.queues.mail(row_id)
        try:
            world.outbox.queued(row_id, owed_at, lost_after=LOST_AFTER)
        except Conflict:
            log.info("outbox %s has been claimed already", row_id)
    return len(rows)


def reconcile(world: Adapters) -> None:
    """Bring to an end what has been in sending for too long."""
    reports = world.mailer.reports
    waited = RECONCILE_AFTER if reports else UNKNOWN_AFTER
    end = world.outbox.owe_again if reports else world.outbox.end_unknown
    try:
        for lost in world.outbox.unanswered(older_than=waited):
            log.warning("outbox %s: no answer, no news", lost.row_id)
            try:
                end(lost)
            except Conflict:
                log.info("outbox %s has been settled meanwhile", lost.row_id)
    except Busy:
        log.warning("letters without an answer are left to the next sweep")
