"""What the carrier says, after it took a letter, has become of it."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a letter, as its row in the outbox says it."""

    SENT = "sent"
    REFUSED = "refused"
    """Taken, and then not sent: there was a virus in it, or it could not be put together."""

    BOUNCED = "bounced"
    """There is no such address, for good."""

    COMPLAINED = "complained"
    """The reader calls it spam."""


@dataclass(frozen=True, slots=True)
class Report:
    """News of one letter.

    Attributes
    ----------
    row_id
        Its row in the outbox.
    edition
        Which of the letters that were owed under that id.
    address_key
        `Person.key` of whom it went to. A report never needs the address itself.
    """

    row_id: str
    edition: str
    address_key: str
    fate: Fate
