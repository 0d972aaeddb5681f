"""What people type into a form, read: each function takes a text and returns what it means.

Whatever the text, the only error is `Invalid`, whose message is the sentence that stands
beside the field. Days and times of day are read in `wall_time`.
"""

import re
from collections.abc import Collection

from chalicelib.errors import Invalid

LONGEST_LINE = 100
"""Characters of a name, a title or another single line."""

LONGEST_TEXT = 3000
"""Characters of a description: about 500 words."""

LONGEST_EMAIL, LONGEST_LOCAL = 254, 64
"""Characters of an address and of its part before the @ (RFC 5321, 4.5.3.1)."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(
    rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@(?:{_LABEL}\.)+{_LABEL}"
)
_WHOLE = re.compile("[0-9]{1,6}")
_NO_NAME = re.compile("[/@<>]|www[.]", re.IGNORECASE)


def line(text: str, missing: str, *, most: int = LONGEST_LINE) -> str:
    """One line, without characters that do not print, spaces single.

    Raises
    ------
    Invalid
        When nothing is left (*missing* is the sentence), or more than *most* characters.
    """
    found = optional_line(text, most=most)
    if not found:
        raise Invalid(missing)
    return found


def optional_line(text: str, *, most: int = LONGEST_LINE) -> str:
    """As `line`, or ""."""
    return _bounded(" ".join(_printable(text, keep="\t\n").split()), most)


def optional_text(text: str, *, most: int = LONGEST_TEXT) -> str:
    """Lines, without characters that do not print and without empty ends, or ""."""
    lines = [part.rstrip() for part in _printable(text, keep="\n").split("\n")]
    return _bounded("\n".join(lines).strip("\n"), most)


def name(text: str) -> str:
    """Somebody's name: a line with a letter in it, and nothing of an address.

    Others are shown it and letters begin with it, so it may not carry a link.
    """
    found = line(text, "Enter your name")
    if _NO_NAME.search(found) or not any(char.isalpha() for char in found):
        raise Invalid("Enter your name in letters, without an address")
    return found


def email(text: str) -> str:
    """An email address in lower case.

    The shape alone is checked: whether it is theirs, the letter's button shows. Addresses
    are ASCII (RFC 5321), since not every mail service carries others.
    """
    found = text.strip().lower()
    if not found:
        raise Invalid("Enter your email address")
    local = found.partition("@")[0]
    fits = len(found) <= LONGEST_EMAIL and len(local) <= LONGEST_LOCAL
    if not fits or not _EMAIL.fullmatch(found):
        raise Invalid("Enter an email address like name@example.org")
    return found


def whole_number(text: str, least: int, most: int, missing: str) -> int:
    """A whole number of *least* to *most*.

    Raises
    ------
    Invalid
        *missing* when there is none; else a sentence with the limits.
    """
    found = text.strip()
    if not found:
        raise Invalid(missing)
    if not _WHOLE.fullmatch(found) or not least <= int(found) <= most:
        raise Invalid(f"Enter a whole number from {least} to {most}")
    return int(found)


def choice(text: str, choices: Collection[str], missing: str) -> str:
    """One of *choices*.

    Raises
    ------
    Invalid
        *missing*, when it is none of them.
    """
    if text not in choices:
        raise Invalid(missing)
    return text


def _printable(text: str, keep: str) -> str:
    return "".join(char for char in text if char in keep or char.isprintable())


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid(f"Use {most} characters or fewer; these are {len(text)}")
    return text
