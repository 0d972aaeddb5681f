"""The outbox's rows as a commit writes them: what is owed, to which queue, from when on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.change import LetterName, OweLetter, Thing
from chalicelib.domain.urgency import Urgency, urgency
from chalicelib.storage.tables import OutboxRow

OUTBOX_KEPT = timedelta(days=7)
"""How long a row is kept from when it was due: a carrier's news of it come within days."""

QUEUES = {Urgency.FIRST: "mail-first", Urgency.NORMAL: "mail", Urgency.LAST: "mail-last"}
"""Urgency -> the `owed` of rows that wait for the mail queue, the most urgent first. "mail"
was that of all in the first release, and two releases share a table (PROMISES R16)."""

MATCH = "match"
"""The `owed` of runs."""

SENDING, FAILED = "sending", "failed"
"""The `owed` of letters that somebody is sending, and of those that cannot be written."""


def letter_row(owed: OweLetter, now: datetime) -> OutboxRow:
    """The row of a letter. While it is held, a later one for the same instant replaces it."""
    held = owed.after is not None and owed.after > now
    part = f"after-{_utc(owed.after):%Y%m%dT%H%M}" if owed.after else f"{owed.version}"
    # A reminder changes nothing about a rider, so the next one is of the same version.
    part = f"{part}:{owed.about}" if owed.name is LetterName.REMINDER else part
    facts = {
        "letter": str(owed.name),
        "thing": owed.thing_id,
        "version": owed.version,
        "about": owed.about,
    }
    row_id, due_at = f"{owed.name}:{owed.thing_id}:{part}", owed.after if held else None
    return _row(row_id, QUEUES[urgency(owed)], facts, now, due_at or now)


def run_row(day: str, cause: Thing, now: datetime) -> OutboxRow:
    """Each cause has a row of its own, so that no two people's bookings meet in one."""
    row_id = f"run:{day}:{cause.id}:{cause.version + 1}"
    return _row(row_id, MATCH, {"day": day}, now, now)


def _row(
    row_id: str, queue: str, facts: dict[str, Any], now: datetime, due_at: datetime
) -> OutboxRow:
    return OutboxRow(
        row_id,
        state="owed",
        facts=facts,
        owed=queue,
        owed_at=stamp(due_at),
        made_at=stamp(now),
        expires_at=int((due_at + OUTBOX_KEPT).timestamp()),
    )


def due_at(row: OutboxRow) -> datetime:
    """When a row was first to go out, however often it was put off since."""
    return datetime.fromtimestamp(int(row.expires_at), UTC) - OUTBOX_KEPT


def is_fresh(owed_at: str, made_at: str | None, *touched: str | None) -> bool:
    """Whether a row has just been owed, so that the relay hands it on: not held, not *touched*."""
    return made_at in {None, owed_at} and not any(touched)


def stamp(at: datetime) -> str:
    """An instant as it is stored: in the order of time."""
    return _utc(at).isoformat()


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
