"""Towns and villages by name, however it is typed.

A name may belong to several towns ("Newport"), and may begin the names of others
("Newcastle"). `namesakes` gathers what a typed name may mean; a label adds the outcode
where the name alone would not do.
"""

import functools
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reference import areas, layout, nearby, written
from reference.answers import Choice, Kind, Located
from reference.constituencies import constituency
from reference.files import OURS, Pack

LONGER_SHARE = 4
"""A longer name counts for a typed shorter one when its town has at least a quarter of the
people: "Newcastle" may be that upon Tyne, "London" is never London Colney."""

CHOICES = 12
"""Towns offered at most for one name; nobody reads more."""

_KEYS, _KEY_TOWNS = 3, 4


@dataclass(frozen=True, slots=True)
class Town:
    """A town as it is stored; *people* is 0 where GeoNames knows no number."""

    index: int
    name: str
    lat: float
    lon: float
    people: int
    error_m: int
    outcode: str
    seats: areas.Shares


@dataclass(frozen=True, slots=True)
class Index:
    """Every name of every town: its words, the same run together (the order), its town."""

    keys: tuple[str, ...]
    joined: tuple[str, ...]
    towns: tuple[int, ...]


@functools.cache
def index(pack: Pack = OURS) -> Index:
    """Load all names, some 6,000; only lookups of towns need them."""
    sections = pack.sections(layout.TOWNS)
    keys = tuple(zlib.decompress(sections[_KEYS]).decode().split("\n"))
    return Index(
        keys=keys,
        joined=tuple(key.replace(" ", "") for key in keys),
        towns=struct.unpack(f"<{len(keys)}H", sections[_KEY_TOWNS]),
    )


def at(number: int, pack: Pack = OURS) -> Town:
    """Give the town at place *number* of their table."""
    lat, lon, people, error_m, outcode, first, count, *_ = layout.TOWN.unpack_from(
        pack.sections(layout.TOWNS)[nearby.TOWNS], number * layout.TOWN.size
    )
    return Town(
        index=number,
        name=nearby.name(number, pack),
        lat=lat / layout.DEGREE,
        lon=lon / layout.DEGREE,
        people=people,
        error_m=error_m,
        outcode=areas.outcode_at(outcode, pack).label,
        seats=areas.shares(first, count, pack),
    )


def every(pack: Pack = OURS) -> Iterator[Town]:
    """Give every town, in the order of their table."""
    count = len(pack.sections(layout.TOWNS)[nearby.TOWNS]) // layout.TOWN.size
    return (at(number, pack) for number in range(count))


def namesakes(key: str, pack: Pack = OURS) -> tuple[Town, ...]:
    """Give the towns that *key* may name, most people first, at most `CHOICES`.

    *key* is a `written.key`. Those of exactly that name, spaces aside, and those of a longer
    name that begins with the same words, as `LONGER_SHARE` says.
    """
    exact = _distinct(_beginning(key, "", pack), pack)
    longer = _distinct(_beginning(key, " ", pack), pack)
    biggest = max((town.people for town in exact), default=0)
    longer = [town for town in longer if town.people * LONGER_SHARE >= biggest]
    both = {town.index: town for town in exact + longer}
    return tuple(sorted(both.values(), key=_most_people)[:CHOICES])


def within(key: str, outcode: str, pack: Pack = OURS) -> Town | None:
    """Give the town that is named exactly *key* and lies in *outcode*, or None."""
    exact = _distinct(_beginning(key, "", pack), pack)
    return next((town for town in exact if town.outcode == outcode), None)


def begun(key: str, pack: Pack = OURS) -> list[Town]:
    """Give the towns whose names begin with the letters of *key*, most people first."""
    joined = key.replace(" ", "")
    names = index(pack)
    start = bisect_left(names.joined, joined)
    stop = bisect_left(names.joined, joined + "\uffff")
    return sorted(_distinct(names.towns[start:stop], pack), key=_most_people)


def label(town: Town, pack: Pack = OURS) -> str:
    """Give the name that finds *town* alone: "Hebden Bridge", but "Newport (NP20)"."""
    if namesakes(written.key(town.name), pack) == (town,):
        return town.name
    return f"{town.name} ({town.outcode})"


def located(town: Town, note: str = "", pack: Pack = OURS) -> Located:
    """Give *town* as an answer, with *note* for its reader."""
    code = town.seats[0][0]
    return Located(
        label=label(town, pack),
        kind=Kind.TOWN,
        lat=town.lat,
        lon=town.lon,
        error_m=town.error_m,
        constituency=code,
        seats=town.seats,
        near=nearby.nearest_town(town.lat, town.lon, pack),
        nation=areas.NATIONS[code[0]],
        note=note,
    )


def choice(town: Town, pack: Pack = OURS) -> Choice:
    """Give *town* as one of several: "Newport, in Newport West and Islwyn (NP20)"."""
    place = located(town, pack=pack)
    seat = constituency(place.constituency, pack=pack)
    name = seat.name if seat else place.nation
    return Choice(f"{town.name}, in {name} ({town.outcode})", place.label, place)


def _beginning(key: str, then: str, pack: Pack) -> Iterator[int]:
    """Give the towns named exactly *key* or, with a space *then*, *key* and more words."""
    names = index(pack)
    joined = key.replace(" ", "")
    place = bisect_left(names.joined, joined)
    while place < len(names.keys) and names.joined[place].startswith(joined):
        if then and names.keys[place].startswith(key + then):
            yield names.towns[place]
        elif not then:
            if names.joined[place] != joined:
                return  # the exact ones come first
            yield names.towns[place]
        place += 1


def _distinct(towns: Iterable[int], pack: Pack) -> list[Town]:
    return [at(number, pack) for number in dict.fromkeys(towns)]


def _most_people(town: Town) -> tuple[int, int]:
    return -town.people, town.index
