"""What people find in their letters: links, and entries for their calendar.

Read from the letter as it went over the wire. Begin with `read`.
"""

import re
from dataclasses import dataclass
from email.message import EmailMessage

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


def read(letter: Letter) -> Post:
    """Open a letter."""
    message = letter.message
    text = _text(message)
    links = {found[0]: Link(found[1], found[2], found[0]) for found in _LINK.findall(text)}
    return Post(
        letter.to[0],
        str(message["Subject"]),
        tuple(links.values()),
        tuple(dict.fromkeys(_EVENT.findall(text))),
        _calendar(message),
    )


def _text(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            return str(part.get_content())
    return ""


def _calendar(message: EmailMessage) -> dict[str, str]:
    """METHOD, UID, SEQUENCE, DTSTART and the like, of the entry and not of its time zone."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_content()
            text = content.decode() if isinstance(content, bytes) else str(content)
            return _lines(text.replace("\r\n", "\n").replace("\n ", ""))
    return {}


def _lines(text: str) -> dict[str, str]:
    found, inside = dict[str, str](), ""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside = value
        elif inside in {"VEVENT", "VCALENDAR"}:
            found.setdefault(name.partition(";")[0], value)
    return found
