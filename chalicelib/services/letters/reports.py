"""The carrier's news of a letter: its row is settled, and a dead address is left alone."""

import logging

from chalicelib.adapters import Adapters
from chalicelib.domain.report import Fate, Report
from chalicelib.errors import Conflict

log = logging.getLogger("marginal_lifts")

STOPS = frozenset({Fate.BOUNCED, Fate.COMPLAINED})
"""After these we never write to the address again: SES ends accounts that do."""


def learn(world: Adapters, report: Report) -> None:
    """Take in one report. Twice, or out of order, it changes nothing more.

    A letter's row may be gone when a complaint comes; the address is left alone all the same.

    Raises
    ------
    Busy
        When it could not be stored: it must be told again.
    """
    if report.fate in STOPS:
        world.limits.stop(report.address_key, str(report.fate))
    try:
        world.outbox.learn(report)
    except Conflict:
        log.info("outbox %s: %s is no news", report.row_id, report.fate)
