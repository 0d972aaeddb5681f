"""What people type, made comparable, and made safe to show again.

Nothing here raises, whatever the string: control characters, half surrogates, scripts that
run from right to left. `places.find` refuses long texts first, so the work is bounded.
"""

import unicodedata

SHOWN_LIMIT = 60
"""Characters of a typed text that are shown again."""

_GONE = str.maketrans("", "", "'’‘`´ʼ′")
"""Marks that people leave out without a space: King's Lynn is Kings Lynn."""


def words(text: str) -> tuple[str, ...]:
    """Give *text*'s words: lower case, no accents, no punctuation, "saint" as "st".

    Full-width and other compatibility characters become plain ones, so "ＳＷ１Ａ" is
    "sw1a"; "Ynys Môn" is ("ynys", "mon").
    """
    plain = unicodedata.normalize("NFKD", text.translate(_GONE).replace("&", " and "))
    letters = (
        " " if not mark.isalnum() else mark for mark in plain if not unicodedata.combining(mark)
    )
    spaced = "".join(letters).casefold().split()
    return tuple("st" if word == "saint" else word for word in spaced)


def key(text: str) -> str:
    """Give the form under which a town's name is stored and sought: "kings lynn"."""
    return " ".join(words(text))


def shown(text: str) -> str:
    """Give *text* fit to show: printable, single spaces, at most `SHOWN_LIMIT` characters."""
    start = text[: 4 * SHOWN_LIMIT]
    printable = "".join(mark if mark.isprintable() else " " for mark in start)
    line = " ".join(printable.split())
    return line if len(line) <= SHOWN_LIMIT else line[: SHOWN_LIMIT - 1] + "…"
