"""Where the sample takes place: real marginals, venues in them, homes around them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from chalicelib.domain.campaign import Campaign
from chalicelib.domain.event import Venue
from chalicelib.domain.need import closeness
from chalicelib.domain.people import Start
from chalicelib.services.journeys import where
from reference import (
    Constituency,
    Located,
    Sector,
    Unit,
    constituencies,
    distance_m,
    find,
    postcodes_in,
    sectors,
)

MARGINALS = 12

VENUE_SECTORS = 25
"""The seat's venues are in so many postcode sectors about where most of its people live."""

TOWNS = 3
"""Most homes lie in so many towns around a seat: who lives together can share a car."""

TOWN_M = 3_000
NEAREST_M, FAR_M, FURTHEST_M = 5_000, 35_000, 70_000
"""Metres from the seat: towns lie between the first two, single homes up to the third."""

IN_TOWN = 0.9
"""Share of homes that lie in one of the towns."""

_LAT_REACH, _LON_REACH = FURTHEST_M / 111_000, FURTHEST_M / 55_000
"""Degrees that are certainly enough, up to 60 degrees north."""
_NO_POSTCODES = "Northern Ireland"  # its unit postcodes are not open data


@dataclass(frozen=True, slots=True)
class Ground:
    """A seat and the country around it.

    Attributes
    ----------
    venues
        Postcodes in the seat.
    towns, country
        Sectors to draw homes from: those in the towns, and all up to `FURTHEST_M`.
    """

    seat: Constituency
    venues: tuple[Unit, ...]
    towns: tuple[Sector, ...]
    country: tuple[Sector, ...]


def marginals(campaign: Campaign) -> list[Constituency]:
    """Up to `MARGINALS`: of every nation and region the closest, then the closest seconds."""
    open_to = {seat: closeness(campaign, seat) for seat in constituencies()}
    ranks: Counter[str] = Counter()
    ranked = []
    for seat in sorted(open_to, key=lambda one: (-open_to[one], one.code)):
        if open_to[seat] > 0 and seat.nation != _NO_POSTCODES:
            ranked.append((ranks[seat.region], -open_to[seat], seat.code, seat))
            ranks[seat.region] += 1
    return [seat for *_, seat in sorted(ranked, key=lambda one: one[:3])][:MARGINALS]


def survey(chance: Random, seats: Sequence[Constituency]) -> list[Ground]:
    """Look around each of *seats*."""
    peopled = [one for one in sectors() if one.population]
    return [_survey(chance, seat, peopled) for seat in seats]


def _survey(chance: Random, seat: Constituency, peopled: Sequence[Sector]) -> Ground:
    away = {
        one: distance_m(seat.lat, seat.lon, one.lat, one.lon)
        for one in peopled
        if abs(one.lat - seat.lat) < _LAT_REACH and abs(one.lon - seat.lon) < _LON_REACH
    }
    nearest = sorted(away, key=lambda one: (away[one], one.code))
    units = (unit for one in nearest[:VENUE_SECTORS] for unit in postcodes_in(one.code))
    around = [one for one in nearest if away[one] >= NEAREST_M] or nearest  # a small island
    ring = [one for one in around if away[one] <= FAR_M] or around
    centres = _drawn(chance, ring, TOWNS)
    return Ground(
        seat=seat,
        venues=tuple(unit for unit in units if unit.constituency == seat.code),
        towns=tuple(one for one in ring if any(_near(one, centre) for centre in centres)),
        country=tuple(one for one in around if away[one] <= FURTHEST_M) or tuple(around),
    )


def venue(chance: Random, ground: Ground) -> Venue:
    """A place in the seat, as the form for events finds it."""
    return where.venue_of(_located(chance.choice(ground.venues).label), "")


def home(chance: Random, ground: Ground) -> Start:
    """Somebody's postcode, as the forms for lifts find it. Likelier where more people live."""
    choices = ground.towns if chance.random() < IN_TOWN else ground.country
    [sector] = _drawn(chance, choices, 1)
    return where.start_of(_located(chance.choice(postcodes_in(sector.code)).label))


def _drawn(chance: Random, choices: Sequence[Sector], count: int) -> list[Sector]:
    return chance.choices(choices, [one.population for one in choices], k=count)


def _near(one: Sector, centre: Sector) -> bool:
    return distance_m(one.lat, one.lon, centre.lat, centre.lon) <= TOWN_M


def _located(postcode: str) -> Located:
    found = find(postcode)
    if not isinstance(found, Located):
        raise LookupError(f"{postcode} is no postcode")
    return found
