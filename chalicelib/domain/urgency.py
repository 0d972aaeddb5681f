"""Which letters go first when not all can go at once (PROMISES R18)."""

from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.change import LetterName, OweLetter


class Urgency(StrEnum):
    """How long a letter can wait, the most urgent first."""

    FIRST = "first"
    """Somebody waits for it at the screen, or it tells of something within hours."""

    NORMAL = "normal"

    LAST = "last"
    """It loses nothing by coming in an hour: digests, reminders of what is far off."""


URGENCY: Mapping[tuple[LetterName, str], Urgency] = {
    (LetterName.CONFIRM_ADDRESS, ""): Urgency.FIRST,
    (LetterName.EVENT_IN_REVIEW, ""): Urgency.NORMAL,
    (LetterName.EVENT_TO_REVIEW, ""): Urgency.NORMAL,
    (LetterName.EVENT_PUBLISHED, ""): Urgency.NORMAL,
    (LetterName.EVENT_CHANGED, ""): Urgency.NORMAL,
    (LetterName.SIGNUP_COMING, ""): Urgency.NORMAL,
    (LetterName.OFFER_OPEN, ""): Urgency.NORMAL,
    (LetterName.REQUEST_WAITING, ""): Urgency.NORMAL,
    (LetterName.LIFT_PROPOSED, ""): Urgency.FIRST,  # a deadline runs
    (LetterName.LIFT_ACCEPTED, ""): Urgency.NORMAL,
    (LetterName.LIFT_CONFIRMED, ""): Urgency.NORMAL,
    (LetterName.CHANGED, ""): Urgency.FIRST,
    (LetterName.CHANGED, "details"): Urgency.NORMAL,  # the reader's own change
    (LetterName.CANCELLED, ""): Urgency.FIRST,
    (LetterName.CANCELLED, "by_you"): Urgency.FIRST,  # it can be undone for ten minutes
    (LetterName.NOT_PLACED, ""): Urgency.NORMAL,
    (LetterName.RIDERS_STRANDED, ""): Urgency.FIRST,  # people wait, perhaps within hours
    (LetterName.PLACE_ASKED, ""): Urgency.FIRST,  # a deadline runs
    (LetterName.REMINDER, ""): Urgency.NORMAL,
    (LetterName.REMINDER, "two_days"): Urgency.LAST,
    (LetterName.REMINDER, "morning"): Urgency.FIRST,  # people leave within hours
    (LetterName.AFTERWARDS, ""): Urgency.LAST,
}
"""(letter, about) -> its urgency; with an *about* that is not named here, that of ""."""


def urgency(owed: OweLetter) -> Urgency:
    """How urgent a letter is; one that this release does not know is as most are."""
    of_name = URGENCY.get((owed.name, ""), Urgency.NORMAL)
    return URGENCY.get((owed.name, owed.about), of_name)
