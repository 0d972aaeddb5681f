"""What `find` says to people when it cannot say a place: what was wrong, what to type."""

from reference.answers import Choice
from reference.readings import Reading

NOTHING = "Type a postcode (SW1A 1AA), the first part of one (SW1A), or a town."
TOO_LONG = "That is too long for a place. Type a postcode or a town."

_ELSEWHERE = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man"}
"""Crown dependencies have postcodes of the same shape but no seat in the Commons."""


def no_postcode(reading: Reading) -> str:
    """Say that there is no such postcode, or that it is not in the United Kingdom."""
    island = _ELSEWHERE.get(reading.outcode.rstrip("0123456789"))
    if island:
        return f"{reading.label} is in {island}, which has no seat in the House of Commons."
    return (
        f"We do not know the postcode {reading.label}. "
        "Check the letters and digits, or type a town."
    )


def incomplete(query: str, sector: str) -> str:
    """Say that a letter is missing."""
    return f"{query} lacks its last letter. Type the whole postcode, or only {sector}."


def not_a_town(seat: str) -> str:
    """Say that a constituency is too large to start from."""
    return f"{seat} is a constituency. Type a postcode or a town in it."


def coarser(typed: str, found: str) -> str:
    """Say that the answer is an area around what was typed."""
    return f"We do not have {typed} itself; this is the middle of {found}."


def read_as(query: str, label: str, note: str) -> str:
    """Say what we took for what, before what else there is to *note*."""
    return f"You typed {query}; we read it as {label}. {note}".rstrip()


def did_you_mean(query: str, offered: tuple[Choice, ...]) -> str:
    """Say that *query* is not known, and name what is *offered* instead."""
    if not offered:
        return f"We do not know “{query}”. Check the spelling, or type a postcode."
    labels = [choice.query for choice in offered]
    listed = " or ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
    return f"We do not know “{query}”. Did you mean {listed}?"
