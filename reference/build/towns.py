"""Packing the gazetteer: towns in their grid squares, and every name in order."""

import struct
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from reference import layout, nearby, written
from reference.build.aliases import ALIASES
from reference.build.container import deflated
from reference.build.ground import (
    Ground,
    Land,
    Square,
    metres,
    nearest_outcode,
    outcode_points,
    square,
)
from reference.build.shares import Pool
from reference.build.source import Source, point, thousandths, whole

LEAST_ERROR_M = 500
"""Nobody's "Hebden Bridge" is more exact than that, and grid squares measure no better."""

UNKNOWN_PEOPLE = 1_000
"""Taken where GeoNames knows no population (528 places, nearly all of them villages)."""

RINGS = (2, 5, 12, 30, 60)
"""Rings of grid squares searched for a town's postcodes until they suffice."""

ADDRESSES_MEANT = 0.9


@dataclass(frozen=True, slots=True)
class Place:
    """A town of the gazetteer: position units, *outcode* by its number."""

    name: str
    lat: int
    lon: int
    people: int
    outcode: int
    seat: int

    @property
    def key(self) -> str:
        """Its name as it is sought."""
        return written.key(self.name)

    @property
    def square(self) -> int:
        """The number of its grid square."""
        row, column = nearby.square(self.lat, self.lon)
        return row * layout.SQUARE_ROW + column


def sections(source: Source, squares: Ground, pool: Pool) -> list[bytes]:
    """Give the sections of the towns' file, and put their seat shares into *pool*."""
    places = _places(source)
    names = [place.name.encode() for place in places]
    starts = list(accumulate(map(len, names), initial=0))[:-1]
    density = _people_a_postcode(source)
    records = []
    for place, name, start in zip(places, names, starts, strict=True):
        error_m, seats = _reach(place, squares, (place.people or UNKNOWN_PEOPLE) / density)
        shares = pool.place(thousandths(seats))
        where = (place.lat, place.lon, place.people, error_m, place.outcode)
        records.append(layout.TOWN.pack(*where, *shares, start, len(name)))
    keys = _keys(places)
    return [
        b"".join(records),
        _squares(places),
        b"".join(names),
        deflated("\n".join(key for key, _ in keys).encode()),
        struct.pack(f"<{len(keys)}H", *(town for _, town in keys)),
    ]


def _places(source: Source) -> list[Place]:
    """Give the towns in the order of their squares; of one name in one outcode, the bigger."""
    northern = outcode_points(source, nation="Northern Ireland") or outcode_points(source)
    number = {row["outcode"]: at for at, row in enumerate(source.outcodes)}
    chosen: dict[tuple[str, int], Place] = {}
    for row in sorted(source.rows("gazetteer_uk.csv"), key=lambda row: int(row["geonameid"])):
        lat, lon = point(row)
        outcode = number.get(row["outcode"])
        if outcode is None:  # Northern Ireland: the list has none
            outcode = nearest_outcode(lat, lon, northern)
        seat = source.seat_of[row["pcon"]]
        place = Place(row["name"], lat, lon, whole(row["population"]), outcode, seat)
        rival = chosen.get((place.key, outcode))
        if rival is None or rival.people < place.people:
            chosen[place.key, outcode] = place
    return sorted(chosen.values(), key=lambda place: (place.square, place.key, place.outcode))


def _squares(places: list[Place]) -> bytes:
    """Give each square with its first town, and then where the last one ends."""
    first: dict[int, int] = {}
    for town, place in enumerate(places):
        first.setdefault(place.square, town)
    ends = (0xFFFFFFFF, len(places))
    return b"".join(layout.SQUARE.pack(*pair) for pair in (*sorted(first.items()), ends))


def _keys(places: list[Place]) -> list[tuple[str, int]]:
    """Give every name with its town, in the order of the names without their spaces."""
    own = [(place.key, town) for town, place in enumerate(places)]
    biggest = dict(sorted(own, key=lambda pair: places[pair[1]].people))  # the last one stays
    other = [
        (written.key(alias), biggest[written.key(name)])
        for alias, name in ALIASES.items()
        if written.key(name) in biggest
    ]
    return sorted(own + other, key=lambda pair: (pair[0].replace(" ", ""), pair))


def _people_a_postcode(source: Source) -> float:
    rows = [row for row in source.outcodes if whole(row["pop_est"])]
    postcodes = sum(whole(row["unit_postcodes"]) for row in rows)
    return sum(whole(row["pop_est"]) for row in rows) / max(1, postcodes)


def _reach(place: Place, squares: Ground, needed: float) -> tuple[int, dict[int, float]]:
    """Give the error in metres, and the seats, of a town of *needed* unit postcodes.

    The nearest postcodes are taken for its own, square by square, until they suffice.
    """
    seats: Counter[int] = Counter()
    reached, error_m = 0, 0.0
    for away, land in _outwards(place, squares, needed):
        if reached >= needed:
            break
        if reached < ADDRESSES_MEANT * needed:
            error_m = away
        reached += land.seats.total()
        seats += land.seats
    return max(LEAST_ERROR_M, 100 * ceil(error_m / 100)), dict(seats or {place.seat: 1})


def _outwards(place: Place, squares: Ground, needed: float) -> list[tuple[float, Land]]:
    """Give the squares around *place* with their distances, enough for *needed* postcodes."""
    row, column = square(place.lat, place.lon)
    found: list[tuple[float, Land]] = []
    for rings in RINGS:
        found = [
            (_away(place, (south, west)), land)
            for south in range(row - rings, row + rings + 1)
            for west in range(column - rings, column + rings + 1)
            if (land := squares.get((south, west)))
        ]
        # Twice as many, for the corners of the searched square lie further than its sides.
        if sum(land.seats.total() for _, land in found) >= 2 * needed:
            break
    return sorted(found, key=lambda pair: pair[0])


def _away(place: Place, at: Square) -> float:
    """Give the metres from *place* to the middle of a grid square."""
    lat = layout.SOUTH + (at[0] + 0.5) * layout.CELL_LAT
    lon = layout.WEST + (at[1] + 0.5) * layout.CELL_LON
    return metres(place.lat, place.lon, lat, lon)
