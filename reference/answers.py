"""What `find` can answer: one place, several to choose from, or a helpful refusal."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How exactly a place is known, most exact first."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTCODE = "outcode"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Located:
    """One place.

    Attributes
    ----------
    label
        "SW1A 1AA", "SW1A 1", "SW1A", "Hebden Bridge" or, where several share the name,
        "Newport (NP20)". `find(label)` gives this place again.
    lat, lon
        WGS 84 degrees, 4 decimals.
    error_m
        90 % of the addresses meant lie within this many metres. Postcode: 100, our own
        round figure for a street's length. Sector and outcode: measured, the distance that
        holds 90 % of their unit postcodes, 100 or more. Town: the distance that holds 90 %
        of as many unit postcodes as its population needs, 500 or more (an estimate).
    constituency
        GSS code; the commonest one where the place may be in several.
    seats
        Every (GSS code, share of the place's unit postcodes), commonest first; one for a
        unit postcode. Shares have 3 decimals and sum to 1 but for rounding.
    near
        A town people know, for "near Hebden Bridge".
    nation
        "England", "Scotland", "Wales" or "Northern Ireland": that of `constituency`.
    note
        "", or a sentence for the reader when what was typed is not exactly what was found.
    """

    label: str
    kind: Kind
    lat: float
    lon: float
    error_m: int
    constituency: str
    seats: tuple[tuple[str, float], ...]
    near: str
    nation: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: *text* to show, *query* that finds it, and the place itself."""

    text: str
    query: str
    place: Located


@dataclass(frozen=True, slots=True)
class Several:
    """A name that several towns share; the choices, most people first."""

    query: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing was found; *sentence* tells the reader what was wrong and what to type.

    *query* is what was typed, safe to show: printable and short. *suggestions* are likely
    meanings, likeliest first, and may be empty.
    """

    query: str
    sentence: str
    suggestions: tuple[Choice, ...] = ()


Answer = Located | Several | Unknown
