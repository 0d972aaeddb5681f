"""Names of things: what kind, which campaign day, and a part that cannot be guessed.

`request-20261128-k3v9q2m8x4tn`: the kind and the day stand in the id, so that a thing is
found with one read wherever only its id is known.
"""

import base64
import hashlib
from datetime import date

from chalicelib.errors import NotFound


def derived(kind: str, day: date | None, secret: str) -> str:
    """Name a new thing after the form that makes it.

    The same form gives the same name, so that a form sent twice makes one thing
    (PROMISES R5). *secret* is the draft's own random id, and cannot be told from the name:
    12 base-32 characters, 60 bits, of its SHA-256.
    """
    digest = hashlib.sha256(f"{kind}:{secret}".encode()).digest()
    tail = base64.b32encode(digest)[:12].decode().lower()
    return f"{kind}-{day:%Y%m%d}-{tail}" if day else f"{kind}-{tail}"


def kind_of(thing_id: str) -> str:
    """The word before the first dash."""
    return thing_id.partition("-")[0]


def day_of(booking_id: str) -> str:
    """The campaign day of a sign-up, offer, request or lift: "2026-11-28".

    Raises
    ------
    NotFound
        When the id names no day: it was not made by us.
    """
    parts = booking_id.split("-")
    if len(parts) != 3 or len(parts[1]) != 8 or not parts[1].isdigit():
        raise NotFound("We cannot find that.")
    stamp = parts[1]
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}"


def event_of(session_id: str) -> str:
    """The id of the event that a session belongs to."""
    return session_id.rpartition("-")[0]
