"""Reading typed words as a postcode: whole, its sector, or its outcode.

The shapes are those of the postcode address file (Royal Mail, "Programmers' Guide"): an
outcode is A9, A99, AA9, AA99, A9A or AA9A; what follows is a digit and two letters. Whether
there is such an outcode is for the caller to ask.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")
_PART = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])[A-Z]")
_ENDING = re.compile(r"(?:^| )([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ?([0-9])([A-Z]{2})?)?$", re.ASCII)

_LONGEST = 7
"""Letters and digits of the longest postcode."""

_TWINS = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}
"""Letters and digits that people type for each other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of what was typed; *digit* and *letters* are "" where none were."""

    outcode: str
    digit: str = ""
    letters: str = ""

    @property
    def label(self) -> str:
        """The reading as people write it: "SW1A 1AA", "SW1A 1", "SW1A"."""
        return f"{self.outcode} {self.digit}{self.letters}".rstrip()

    @property
    def sector(self) -> str:
        """The label of its sector, "SW1A 1"."""
        return f"{self.outcode} {self.digit}"


def readings(typed: tuple[str, ...]) -> Iterator[Reading]:
    """Give what *typed* (see `written.words`) may mean, likeliest first.

    "m1 1" is a sector, "m11" an outcode before it is a sector: the space decides.
    """
    joined = "".join(typed).upper()
    if len(joined) > _LONGEST or not joined.isascii():
        return
    if whole := _WHOLE.fullmatch(joined):
        yield Reading(*whole.groups())
        return
    area = Reading(joined) if _OUTCODE.fullmatch(joined) else None
    cut = _OUTCODE.fullmatch(joined[:-1]) and joined[-1].isdigit()
    sector = Reading(joined[:-1], joined[-1]) if cut else None
    apart = len(typed[-1]) == 1
    yield from filter(None, (sector, area) if apart else (area, sector))


def misreadings(typed: tuple[str, ...]) -> Iterator[Reading]:
    """Give what *typed* may mean with O and 0, I and 1 taken for each other.

    Where no digit was typed only whole postcodes count: "BI" is none. At most 128 ways are
    tried.
    """
    line = " ".join(typed).upper()
    if len(line) - line.count(" ") > _LONGEST:
        return
    some_digit = re.search("[0-9]", line)
    for way in product(*(_TWINS.get(mark, mark) for mark in line)):
        read = readings(tuple("".join(way).split()))
        yield from (reading for reading in read if some_digit or reading.letters)


def ending(typed: tuple[str, ...]) -> tuple[tuple[str, ...], Reading] | None:
    """Split *typed* into what comes first and the postcode, sector or outcode at its end."""
    line = " ".join(typed).upper()
    found = _ENDING.search(line)
    if found is None:
        return None
    before = tuple(line[: found.start()].lower().split())
    return before, Reading(*(part or "" for part in found.groups()))


def part(typed: tuple[str, ...]) -> Reading | None:
    """Give the sector of a postcode that lacks its last letter, or None."""
    found = _PART.fullmatch("".join(typed).upper())
    return Reading(*found.groups()) if found else None
