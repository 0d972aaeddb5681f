"""What people find in their letters: links, and entries for their calendar.

Read from the letter as it went over the wire. Begin with `read`.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from simulation.ses import Letter

_LINK = re.compile(
    r"https://lifts\.example(/(confirm|manage|respond|still|happened|review)/([\w-]+)/[\w-]{43})"
)
_EVENT = re.compile(r"https://lifts\.example/events/(event-\w+)")


@dataclass(frozen=True, slots=True)
class Link:
    """One of the addresses in a letter.

    Attributes
    ----------
    purpose
        "confirm", "manage", "respond", "still", "happened" or "review".
    """

    purpose: str
    thing: str
    path: str


@dataclass(frozen=True, slots=True)
class Post:
    """A letter as its reader understands it.

    Attributes
    ----------
    events
        Public pages that it names.
    calendar
        The entry's lines by name; empty without one.
    """

    to: str
    subject: str
    links: tuple[Link, ...]
    events: tuple[str, ...]
    calendar: dict[str, str]


_read: dict[bytes, Post] = {}


def read(letter: Letter) -> Post:
    """Open a letter; whoever reads the one that was read last sees the same."""
    if letter.raw not in _read:
        _read.clear()
        _read[letter.raw] = _opened(letter)
    return _read[letter.raw]


def _opened(letter: Letter) -> Post:
    # Python's old reader is ten times as fast as the new one, and enough for what we write.
    message = message_from_bytes(letter.raw)
    text = _text(message)
    links = {found[0]: Link(found[1], found[2], found[0]) for found in _LINK.findall(text)}
    return Post(
        letter.to[0],
        str(make_header(decode_header(message["Subject"]))),
        tuple(links.values()),
        tuple(dict.fromkeys(_EVENT.findall(text))),
        _calendar(message),
    )


def _text(message: Message) -> str:
    return _part(message, "text/plain")


def _calendar(message: Message) -> dict[str, str]:
    """METHOD, UID, SEQUENCE, DTSTART and the like, of the entry and not of its time zone."""
    text = _part(message, "text/calendar")
    return _lines(text.replace("\r\n", "\n").replace("\n ", "")) if text else {}


def _part(message: Message, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind:
            content = part.get_payload(decode=True)
            return content.decode() if isinstance(content, bytes) else ""
    return ""


def _lines(text: str) -> dict[str, str]:
    found, inside = dict[str, str](), ""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside = value
        elif inside in {"VEVENT", "VCALENDAR"}:
            found.setdefault(name.partition(";")[0], value)
    return found
