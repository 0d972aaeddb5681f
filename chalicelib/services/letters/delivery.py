"""Sending one owed letter: claimed, found true and allowed, written, sent, settled.

A letter is sent by whoever claims its row, and nobody claims it twice. When we die between any
two steps its row stays in sending: then the carrier's news settle it, or their absence has the
sweep owe it again (`services.outbox`). So each is taken once (PROMISES R8).

A carrier or a database that is busy fails no queue message: the row is owed again from a later
instant on, and the sweep brings it back then. Only what cannot be written fails its message,
which comes back by itself and ends in the dead-letter queue (R10).
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import mail
from chalicelib.adapters import Adapters
from chalicelib.domain import breaker as breakers
from chalicelib.domain.breaker import Breaker
from chalicelib.domain.budget import budget_of
from chalicelib.domain.change import LetterName
from chalicelib.domain.people import address_key
from chalicelib.domain.urgency import Urgency, urgency
from chalicelib.errors import Busy, Conflict, NotAllowed, NotFound
from chalicelib.services import outbox
from chalicelib.services.letters.writing import letter_for
from chalicelib.storage.outbox import Claimed

log = logging.getLogger("marginal_lifts")

TOO_LATE = timedelta(hours=20)
"""A letter that has been due for so long, without the carrier having been away, is not sent: a
table that was put back to yesterday owes what has long been sent (R15). Less than a day, for
that; more than a night, so that what broke in the evening and is mended in the morning
loses nothing. No urgency says otherwise: a stale letter is worse than none in each."""

AGAIN_IN = timedelta(seconds=30)
"""When a letter that could not go for a passing reason is looked at again: the urgent at the
next sweep, others a little later. While the carrier is away the sweep holds them back anyway."""

CLOCKS_DIFFER = timedelta(seconds=5)
"""How far the clock of whoever owed a letter may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The letter is not to be sent: its row's last state."""

    state: str


@dataclass(frozen=True, slots=True)
class Waits:
    """The letter is not to be sent before that."""

    until: datetime


def deliver(world: Adapters, row_id: str) -> None:
    """Send the letter that an outbox row stands for, unless that has been done."""
    try:
        claimed = world.outbox.claim(row_id, world.token())
    except Conflict:
        log.info("outbox %s is settled or claimed already", row_id)
        return
    except Busy:
        log.warning("outbox %s could not be claimed, and is left to the sweep", row_id)
        return
    try:
        breaker = world.limits.breaker()
        found = _found(world, claimed, breaker)
    except Busy:
        _give_back(world, claimed, _again(world, claimed))
    except Exception:
        log.warning("outbox %s cannot be written", row_id)
        world.outbox.set_aside(claimed)
        raise
    else:
        _act(world, claimed, breaker, found)


def _found(world: Adapters, claimed: Claimed, breaker: Breaker) -> mail.Letter | Ends | Waits:
    """What is to be done about a letter that was claimed."""
    now = world.now()
    if claimed.due_at > now + CLOCKS_DIFFER:
        return Waits(claimed.due_at)
    if not breakers.may_try(breaker, urgency(claimed.letter), now):
        return Waits(_again(world, claimed))
    try:
        letter = letter_for(world, claimed)
    except NotFound:
        return Ends("moot")
    state = _refusal(world, claimed, breaker, address_key(letter.to))
    return Ends(state) if state else letter


def _refusal(world: Adapters, claimed: Claimed, breaker: Breaker, reader: str) -> str:
    """Why a letter that is true is not sent all the same; "" when it is."""
    if _is_too_late(claimed, breaker, world.now()):
        return "too_late"
    if world.limits.is_stopped(reader):
        return "suppressed"
    if not _is_within_budget(world, claimed.letter.name, reader, claimed.row_id):
        return "over_budget"
    return ""


def _is_too_late(claimed: Claimed, breaker: Breaker, now: datetime) -> bool:
    waited_from = max(claimed.due_at, breaker.seen_at or claimed.due_at)
    return now - waited_from > TOO_LATE


def _is_within_budget(world: Adapters, name: LetterName, key: str, row_id: str) -> bool:
    budget = budget_of(name)
    today = world.now().astimezone(world.campaign.zone).date()
    return budget is None or world.limits.count(budget, key, today, row_id)


def _act(
    world: Adapters, claimed: Claimed, breaker: Breaker, found: mail.Letter | Ends | Waits
) -> None:
    match found:
        case Ends(state):
            log.info("outbox %s: %s", claimed.row_id, state)
            _settle(world, claimed, state)
        case Waits(until):
            _give_back(world, claimed, until)
        case mail.Letter():
            if breaker.is_open:
                _probe(world, claimed, breaker, found)
            else:
                _send(world, claimed, breaker, found)


def _probe(world: Adapters, claimed: Claimed, breaker: Breaker, letter: mail.Letter) -> None:
    """Send it though the carrier is away, if nobody else is trying just now."""
    try:
        probing = world.limits.keep_breaker(breakers.probing(breaker, world.now()))
    except (Conflict, Busy):
        _give_back(world, claimed, _again(world, claimed))
    else:
        _send(world, claimed, probing, letter)


def _send(world: Adapters, claimed: Claimed, breaker: Breaker, letter: mail.Letter) -> None:
    try:
        message_id = world.mailer.send(letter)
    except NotAllowed:
        log.warning("outbox %s: refused", claimed.row_id)
        _settle(world, claimed, "refused")
    except Busy as busy:
        log.warning("outbox %s: not taken, and owed again", claimed.row_id)
        _give_back(world, claimed, _again(world, claimed))
        _failed(world, breaker, too_fast=isinstance(busy, mail.TooFast))
    except mail.Unknown:
        _failed(world, breaker, too_fast=False)
        log.warning("outbox %s: sent or not, no answer came", claimed.row_id)
    else:
        _settle(world, claimed, "sent", message_id)
        if breaker.failures:
            _recovered(world, breaker)


def _again(world: Adapters, claimed: Claimed) -> datetime:
    """When to look again at a letter that could not go."""
    urgent = urgency(claimed.letter) is Urgency.FIRST
    return world.now() if urgent else world.now() + AGAIN_IN


def _failed(world: Adapters, breaker: Breaker, *, too_fast: bool) -> None:
    after = breakers.failed(breaker, world.now(), too_fast=too_fast)
    if after.is_open and not breaker.is_open:
        log.warning("the carrier takes no letters: only probes go")
    _keep(world, after)


def _recovered(world: Adapters, breaker: Breaker) -> None:
    """The carrier is back: what waited goes at once, the most urgent first (R18)."""
    _keep(world, breakers.recovered(breaker, world.now()))
    if breaker.is_open:
        log.info("the carrier takes letters again")
        outbox.hand_on_letters(world)


def _keep(world: Adapters, breaker: Breaker) -> None:
    """Store the breaker; when another worker was quicker, that one's news are as good."""
    try:
        world.limits.keep_breaker(breaker)
    except (Conflict, Busy):
        log.info("the breaker was not stored")


def _settle(world: Adapters, claimed: Claimed, state: str, message_id: str = "") -> None:
    """End a row; when that fails, the carrier's news or the sweep end it."""
    try:
        world.outbox.settle(claimed, state, message_id)
    except (Conflict, Busy):
        log.info("outbox %s: %s, and not settled here", claimed.row_id, state)


def _give_back(world: Adapters, claimed: Claimed, at: datetime) -> None:
    """Owe it again; when that fails, it looks like one without an answer."""
    try:
        world.outbox.give_back(claimed, at)
    except (Conflict, Busy):
        log.warning("outbox %s was not sent, and not given back", claimed.row_id)
