"""The letters that the SES stand-in has kept, read back from their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from pathlib import Path

_ID = re.compile(r"\d{20}-[0-9a-f]{16}")  # as `ses.keep` makes them
_PARSER = BytesParser(policy=policy.default)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the mailbox: as it was sent, and what a reader's mail program makes of it."""

    id: str
    kept_at: datetime
    raw: bytes
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str | None:
        return _content(self.message.get_body(("plain",)))

    @property
    def html(self) -> str | None:
        return _content(self.message.get_body(("html",)))

    @property
    def calendar(self) -> str | None:
        """The .ics, whether an alternative or an attachment."""
        parts = (part for part in self.message.walk() if _is_calendar(part))
        return _content(next(parts, None))


def newest(folder: Path, count: int) -> list[Letter]:
    """Read the heads, which are quick to read, of the newest *count* letters, newest first."""
    return list(islice(_all(folder), count))


def read(folder: Path, letter_id: str, *, head_only: bool = False) -> Letter | None:
    """Read one letter; None for whatever is not the id of one, such as a path to elsewhere."""
    if not _ID.fullmatch(letter_id):
        return None
    try:
        raw = (folder / f"{letter_id}.eml").read_bytes()
    except FileNotFoundError:
        return None
    nanoseconds = int(letter_id.partition("-")[0])
    return Letter(
        id=letter_id,
        kept_at=datetime.fromtimestamp(nanoseconds / 1e9, UTC),
        raw=raw,
        message=_PARSER.parsebytes(raw, headersonly=head_only),
    )


def _all(folder: Path) -> Iterator[Letter]:
    for path in sorted(folder.glob("*.eml"), reverse=True):
        if letter := read(folder, path.stem, head_only=True):
            yield letter


def _is_calendar(part: object) -> bool:
    return isinstance(part, EmailMessage) and part.get_content_type() == "text/calendar"


def _content(part: object) -> str | None:
    return str(part.get_content()) if isinstance(part, EmailMessage) else None
