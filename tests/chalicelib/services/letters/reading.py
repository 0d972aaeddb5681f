"""Reading a letter as its reader, or a mail program, would."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

import icalendar

from chalicelib.mime import Letter

VOID = {"meta", "br", "link", "img"}


def plain(letter: Letter) -> list[str]:
    """The letter but for ids and tokens."""
    whole = (letter.to, letter.subject, letter.text, letter.html)
    return [re.sub(r"(token)?\d{12,}", "", part) for part in whole]


def check_calendar(letter: Letter) -> None:
    """Hold it against what Outlook, Apple and Google take."""
    assert all(len(line) <= 75 for line in letter.calendar.encode().split(b"\r\n"))
    assert "\n" not in letter.calendar.replace("\r\n", "")
    [calendar] = icalendar.Calendar.from_ical(letter.calendar, multiple=True)
    assert calendar.errors == []
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    event = calendar.subcomponents[1]
    assert isinstance(event, icalendar.Event)
    assert event.errors == []
    assert event.subcomponents == []
    assert calendar["METHOD"] == letter.method
    assert isinstance(event["ATTENDEE"], icalendar.vCalAddress)
    assert event["ATTENDEE"] == f"mailto:{letter.to}"
    assert event.start < event.end


def holds(letter: Letter, secret: str) -> bool:
    """Whether any part of the letter has *secret* in it."""
    flat = letter.calendar.replace("\r\n ", "")
    return any(secret in part for part in (letter.subject, letter.text, letter.html, flat))


def times(text: str) -> set[str]:
    """The times of day that are told there."""
    return set(re.findall(r"\d{1,2}:\d\d[ap]m|midday|midnight", text))


def words(html: str) -> str:
    """What a reader sees of an html letter."""
    body = re.sub(r"(?s)<(head|title)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@dataclass
class _Tags(HTMLParser):
    """Notes every end tag that does not end what was last begun."""

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.bad.append(tag)


def unbalanced(html: str) -> list[str]:
    """Tags that are not closed, or not begun."""
    tags = _Tags()
    tags.feed(html)
    return tags.bad + tags.open
