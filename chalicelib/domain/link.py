"""Links in letters: for one person, one thing, one purpose, with an end (PROMISES S1)."""

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """The one thing that a link is for."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    RESPOND = "respond"
    REVIEW = "review"
    STILL = "still"
    """To say whether one still comes; it ends when they leave (`reminders.answered_by`)."""
    HAPPENED = "happened"
    """To say whether one went; it ends a day after the session."""


CONFIRM_FOR = timedelta(hours=48)
"""How long an address can be confirmed."""

MANAGE_AFTER = timedelta(hours=24)
"""How long after a session's end its things can still be managed."""
