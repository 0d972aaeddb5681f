"""People and where they start: what we hold of them, and what others may see."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gave a name and an email address.

    Attributes
    ----------
    name
        As typed. Others see `first_name`.
    email
        Lower case; only its owner and the letters to them ever show it.
    """

    name: str
    email: str

    @property
    def first_name(self) -> str:
        """What others in the lift see: the first word of the name."""
        return self.name.split(" ")[0]

    @property
    def key(self) -> str:
        """The same for the same address, and not the address (32 hex digits)."""
        return hashlib.sha256(self.email.encode()).hexdigest()[:32]


def address_key(typed: str) -> str:
    """`Person.key` of whoever has that address."""
    return Person("", typed.lower()).key


@dataclass(frozen=True, slots=True)
class Start:
    """Where somebody starts from.

    Attributes
    ----------
    label
        As its owner knows it: "M14 5RQ" or "Hebden Bridge".
    area
        What others see until the day: "near Fallowfield (M14)".
    lat, lon
        WGS 84 degrees. For the matching alone; no page or letter shows them.
    error_m
        How far the true start may lie from there, metres.
    """

    label: str
    area: str
    lat: float
    lon: float
    error_m: int
