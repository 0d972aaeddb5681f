"""Names of things: what kind, which campaign day, and a part that cannot be guessed.

`request-20261128-k3v9q2m8x4tn`: the kind and the day stand in the id, so that a thing is
found with one read wherever only its id is known.
"""

import base64
import hashlib
import re
from datetime import date

from chalicelib.errors import NotFound

_OURS = re.compile("[a-z]{3,12}(-[a-z0-9]{1,24}){1,3}")


def derived(kind: str, day: date | None, secret: str) -> str:
    """Name a new thing after the form that makes it.

    The same form gives the same name, so that a form sent twice makes one thing
    (PROMISES R5). *secret* is the draft's own random id, and cannot be told from the name:
    12 base-32 characters, 60 bits, of its SHA-256.
    """
    end = tail(f"{kind}:{secret}")
    return f"{kind}-{day:%Y%m%d}-{end}" if day else f"{kind}-{end}"


def tail(secret: str) -> str:
    """The last part of a name: it follows from *secret*, which cannot be told from it."""
    digest = hashlib.sha256(secret.encode()).digest()
    return base64.b32encode(digest)[:12].decode().lower()


def is_ours(text: str) -> bool:
    """Whether *text* has the form of a name that we give: it may stand for nothing yet.

    What comes from an address is asked this before the database is: it refuses a key of
    thousands of characters as its own fault, not the asker's.
    """
    return _OURS.fullmatch(text) is not None


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
    if not is_ours(booking_id) or len(parts) != 3 or not re.fullmatch("[0-9]{8}", parts[1]):
        raise NotFound("We cannot find that.")
    stamp = parts[1]
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}"


def event_of(session_id: str) -> str:
    """The id of the event that a session belongs to."""
    return session_id.rpartition("-")[0]
