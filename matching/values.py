"""What a single value of a problem may be, and how a bad one is refused.

Every check takes the value's path first and raises `InvalidProblem` with it. The bounds are
far beyond any real day, and low enough that no sum of them overflows 64 bits.
"""

import reprlib
from collections.abc import Iterable, Mapping
from typing import Any

Place = tuple[float, float]

LONGEST_S = 7 * 86_400  # a week: no campaign day, nor any drive of it, lasts longer
MOST_PEOPLE = 1_000_000
MOST_PLACES_IN_CAR = 99
HIGHEST_PRICE = 1_000_000
HUGE = 10**40  # Python refuses to write numbers out that are much longer


class InvalidProblem(ValueError):
    """A problem that contradicts itself or holds an impossible value.

    Attributes
    ----------
    path
        Where: `drivers[3].seats.child`, as in the JSON form; relative to the one thing being
        made when it is made alone.
    reason
        A sentence without its subject: `must be a whole number from 0 to 99`.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        """One line, whatever the names in it."""
        line = f"{self.path}: {self.reason}"
        return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)

    def under(self, parent: str) -> "InvalidProblem":
        """The same refusal, seen from *parent*."""
        return InvalidProblem(f"{parent}.{self.path}", self.reason)


def an_id(path: str, value: Any) -> None:
    """1 to 200 characters that UTF-8 can carry (a lone surrogate is not one)."""
    if not isinstance(value, str) or not 1 <= len(value) <= 200:
        raise InvalidProblem(path, "must be a text of 1 to 200 characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidProblem(path, "must be text that UTF-8 can carry") from None


def different_ids(path: str, ids: Iterable[Any]) -> None:
    """Ids, none of them twice."""
    seen: set[str] = set()
    for at, each in enumerate(ids):
        an_id(f"{path}[{at}]", each)
        if each in seen:
            raise InvalidProblem(f"{path}[{at}]", f"{each} is named twice")
        seen.add(each)


def a_whole(path: str, value: Any, *, least: int = 0, most: int = MOST_PEOPLE) -> None:
    """A whole number; True and 3.0 are none."""
    if type(value) is not int or not least <= value <= most:
        raise InvalidProblem(
            path, f"must be a whole number from {least} to {most}, not {_short(value)}"
        )


def a_price(path: str, value: Any) -> None:
    """Worth, 0 or more."""
    a_whole(path, value, most=HIGHEST_PRICE)


def a_number(path: str, value: Any, *, least: float, most: float) -> None:
    """A number, whole or not; neither NaN nor infinite."""
    if type(value) not in (int, float) or not least <= value <= most:
        raise InvalidProblem(path, f"must be a number from {least} to {most}, not {_short(value)}")


def a_flag(path: str, value: Any) -> None:
    """True or false, nothing that resembles them."""
    if type(value) is not bool:
        raise InvalidProblem(path, f"must be true or false, not {_short(value)}")


def a_place(path: str, value: Any) -> None:
    """(lat, lon) on the globe."""
    if not isinstance(value, tuple) or len(value) != 2:
        raise InvalidProblem(path, "must be a latitude and a longitude")
    for name, degrees, most in (("latitude", value[0], 90), ("longitude", value[1], 180)):
        if type(degrees) not in (int, float) or not abs(degrees) <= most:
            raise InvalidProblem(
                path, f"{name} must be from -{most} to {most}, not {_short(degrees)}"
            )


def places_by_type(path: str, value: Any, types: tuple[str, ...], most: int) -> dict[str, int]:
    """A copy of *value* without its zeros, in the order of *types*."""
    if not isinstance(value, Mapping):
        raise InvalidProblem(path, "must give a number for each type of place")
    for name in value:
        if name not in types:
            raise InvalidProblem(
                path, f"{_short(name)} is no type of place; {', '.join(types)} are"
            )
        a_whole(f"{path}.{name}", value[name], most=most)
    if sum(value.values()) > most:
        raise InvalidProblem(path, f"must be at most {most} together")
    return {name: value[name] for name in types if value.get(name)}


def _short(value: Any) -> str:
    """The value as it is written, or some of it, however long or deep it is."""
    huge = type(value) is int and abs(value) > HUGE
    return "a huge number" if huge else reprlib.repr(value)
