"""A letter, and the message that it becomes on the wire.

Whatever somebody typed into a form, nothing of it ends a header or begins another
(PROMISES S7): every header is one line of visible characters when it gets here.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from chalicelib.errors import NotAllowed

WIRE = SMTP.clone(cte_type="7bit")
"""Every mail server on the way takes plain ASCII; so does SES, whose own 8-bit way differs."""

LONGEST_SUBJECT = 120
"""Letters of a subject. Phones show 40 or so; what must be seen stands first."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One email.

    Attributes
    ----------
    key
        What it is sent for.
    edition
        Which of those that were owed for it. The same key and edition give the same
        Message-ID, so that mail programs show a letter once that came twice.
    at
        When it was written: its Date.
    reply_to
        Who reads an answer to it; "" for the sender.
    calendar
        An iCalendar object, or "" for none.
    method
        The calendar's METHOD: "REQUEST" or "CANCEL".
    """

    key: str
    to: str
    at: datetime
    subject: str
    text: str
    html: str
    reply_to: str = ""
    calendar: str = ""
    method: str = ""
    edition: str = ""


def mime(letter: Letter, sender: str) -> bytes:
    """The message as it goes over the wire.

    The calendar is there twice: beside the text and html, where mail programs that know
    invitations look for it, and as a file for the others.

    Raises
    ------
    NotAllowed
        When no letter can go to such an address.
    """
    message = EmailMessage(policy=WIRE)
    _set_headers(message, letter, sender)
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        method = {"method": letter.method}
        message.add_alternative(letter.calendar, subtype="calendar", params=method)
        message.add_attachment(letter.calendar.encode(), "application", "ics", filename="lift.ics")
    _set_boundaries(message, letter)
    return message.as_bytes()


def _set_headers(message: EmailMessage, letter: Letter, sender: str) -> None:
    name, addr_spec = parseaddr(sender)
    message["From"] = Address(one_line(name, LONGEST_SUBJECT), addr_spec=addr_spec)
    message["To"] = address(letter.to)
    if letter.reply_to:
        message["Reply-To"] = address(letter.reply_to)
    message["Subject"] = one_line(letter.subject, LONGEST_SUBJECT)
    message["Date"] = letter.at
    message["Message-ID"] = _message_id(letter.key + letter.edition, addr_spec)
    message["Auto-Submitted"] = "auto-generated"


def _set_boundaries(message: EmailMessage, letter: Letter) -> None:
    """Boundaries that follow from the whole letter.

    So the same letter is the same bytes; and nobody can type its boundary into it, since
    what they type changes it.
    """
    mark = hashlib.sha256(repr(letter).encode()).hexdigest()[:32]
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"{mark}.{number}")


def address(typed: str) -> Address:
    """*typed* as an address in ASCII, which is what SES takes.

    Raises
    ------
    NotAllowed
        When it is none.
    """
    name, _, domain = typed.rpartition("@")
    try:
        if typed != one_line(typed, len(typed)) or not name.isascii():
            raise ValueError(typed)
        return Address(addr_spec=f"{name}@{domain.encode('idna').decode('ascii')}")
    except (ValueError, IndexError, MessageError) as error:
        raise NotAllowed("No letter can be sent to an address like that.") from error


def _message_id(key: str, addr_spec: str) -> str:
    """Follows from the key, and does not give it away."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{digest}@{addr_spec.rpartition('@')[2]}>"


def one_line(text: str, most: int) -> str:
    """*text* in one line of up to *most* letters, without anything invisible."""
    line = " ".join(visible(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def visible(text: str) -> str:
    """*text* without control characters, and without those that turn the writing round."""
    return "".join(char for char in text if char == "\n" or char.isprintable())
