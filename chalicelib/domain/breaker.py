"""The breaker before the carrier: while SES takes no letters, we do not hammer it.

It opens when the carrier has failed a few times in a row, and is closed by the first letter
that is taken again. While it is open single letters are let through as probes: first the
urgent ones, for somebody waits for them, and after `until` any. Waiting doubles each time.

One breaker is shared by all workers and one probe is let through at a time, so there is no
herd that chance would have to spread.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.urgency import Urgency

SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
"""How long all but the urgent wait: at first, and at most. A carrier that was paused for days
is back within a quarter of an hour of its return."""

PROBE_EVERY = timedelta(seconds=15)
"""How far apart probes are: somebody at the screen waits no longer than a minute (R18) once
letters go again, and four calls a minute are no load."""

OPENS_AFTER = 3
"""Failures in a row. One broken connection holds nobody up."""

OPENS_AFTER_TOO_FAST = 20
"""The same for "too many a second". There the carrier takes letters, so that others succeed in
between; so many without one are no matter of a second any more."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """What the workers know together of the carrier.

    Attributes
    ----------
    failures
        Since a letter was last taken.
    wait_s
        How long it was last opened for, seconds; 0 while it is closed.
    until
        From when on any letter may be a probe.
    probed_at
        When the last probe was let through.
    seen_at
        When the carrier last failed, or came back: until then letters had a reason to wait.
    """

    failures: int = 0
    wait_s: int = 0
    until: datetime | None = None
    probed_at: datetime | None = None
    seen_at: datetime | None = None
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether only probes go."""
        return self.wait_s > 0


def may_try(breaker: Breaker, urgency: Urgency, now: datetime) -> bool:
    """Whether a letter of that urgency may be tried now; as a probe if it is open."""
    return now >= next_try(breaker, urgency, now)


def next_try(breaker: Breaker, urgency: Urgency, now: datetime) -> datetime:
    """When a letter of that urgency may be tried; *now* or earlier: at once."""
    if not breaker.is_open:
        return now
    slot = breaker.probed_at + PROBE_EVERY if breaker.probed_at else now
    if urgency is Urgency.FIRST or breaker.until is None:
        return slot
    return max(slot, breaker.until)


def probing(breaker: Breaker, now: datetime) -> Breaker:
    """It lets a probe through."""
    return replace(breaker, probed_at=now)


def failed(breaker: Breaker, now: datetime, *, too_fast: bool = False) -> Breaker:
    """A letter was not taken. Probes that fail early do not make the others wait longer."""
    failures = breaker.failures + 1
    seen = replace(breaker, failures=failures, seen_at=now)
    if breaker.is_open:
        again = breaker.until is None or now >= breaker.until
        wait_s = min(2 * breaker.wait_s, int(LONGEST.total_seconds()))
    else:
        again = failures >= (OPENS_AFTER_TOO_FAST if too_fast else OPENS_AFTER)
        wait_s = int(SHORTEST.total_seconds())
    if not again:
        return seen
    return replace(seen, wait_s=wait_s, until=now + timedelta(seconds=wait_s), probed_at=now)


def recovered(breaker: Breaker, now: datetime) -> Breaker:
    """A letter was taken: everything goes again."""
    return Breaker(seen_at=now if breaker.is_open else breaker.seen_at, version=breaker.version)
