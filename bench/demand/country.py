"""The country: where people live, where they are wanted, and every drive between.

Measured: small census areas with their residents and density (`matching.kingdom`), seats,
majorities and electorates of 2024 (`reference`). Assumed: that people are more active where it
is built up (`DENSITY`) and around universities (`STUDENTS`); that a seat's people meet at its
anchor; that every target wants people in proportion to its electors.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from chalicelib.domain.campaign import Campaign
from chalicelib.services import marginals
from matching.grid import near
from matching.kingdom import Kingdom, kingdom
from matching.travel_table import drives
from matching.values import Place
from reference import Constituency, Located, constituencies, find

Numbers = npt.NDArray[np.float64]
Seconds = npt.NDArray[np.int32]

MARGIN_LIMIT = 11.3
"""Points; 248 seats of Great Britain were closer in 2024. That year's tool had some 250 targets."""

DENSITY = 0.1
"""How much more active people are in cities: as people per km2 to this power, so that the inner
city (10,000) has a quarter more sign-ups a head than a small town (1,000)."""

STUDENTS, STUDENTS_KM = 2.0, 5.0
"""People so near a university of these towns sign up so many times as often. Both numbers are
assumed; that such seats lead the published list of 2024 is known."""

UNIVERSITIES = (
    "Aberdeen", "Aberystwyth", "Bath", "Birmingham", "Brighton", "Bristol", "Cambridge",
    "Canterbury", "Cardiff", "Colchester", "Coventry", "Dundee", "Durham", "Edinburgh", "Exeter",
    "Falmouth", "Glasgow", "Guildford", "Hull", "Lancaster", "Leeds", "Leicester", "Lincoln",
    "LL57", "Liverpool", "Loughborough", "Manchester", "Newcastle upon Tyne", "Norwich",
    "Nottingham", "Oxford", "Plymouth", "Portsmouth", "Reading", "Sheffield", "Southampton",
    "St Andrews", "Stirling", "Swansea", "York",
)  # fmt: skip
"""Towns that `reference.find` knows; LL57 is Bangor in Wales, which has a namesake."""


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """Small places and seats, both by number.

    Attributes
    ----------
    places
        Their middles.
    activity
        By place: how likely the next sign-up comes from there; sums to 1.
    seats
        Those where the campaign wants people.
    drive_s
        Seconds from the place (row) to the seat's venue (column).
    """

    places: Sequence[Place]
    activity: Numbers
    seats: Sequence[Constituency]
    drive_s: Seconds


def a_campaign(*, listed: bool = False) -> Campaign:
    """A campaign of no party; *listed*: its targets are a list, and all weigh the same."""
    by_margin = Campaign(
        id="bench",
        name="Bench",
        tagline="",
        party="",
        margin_limit=MARGIN_LIMIT,
        sender="",
        contact="",
        zone=ZoneInfo("Europe/London"),
    )
    if not listed:
        return by_margin
    return replace(by_margin, targets={seat.code: 1.0 for seat in _seats(by_margin)})


@functools.cache
def country() -> Country:
    """Great Britain, and the seats that `a_campaign` targets: some seconds, once."""
    land, seats = kingdom(), _seats(a_campaign())
    places = [land.areas.points[area] for area in _british(land)]
    table = drives(places, [(seat.lat, seat.lon) for seat in seats])
    return Country(places, _activity(land), seats, table)


def _seats(campaign: Campaign) -> list[Constituency]:
    return [seat for seat, _ in marginals.targets(campaign) if _is_british(seat)]


def _british(land: Kingdom) -> list[int]:
    anchors = {(seat.lat, seat.lon) for seat in constituencies() if _is_british(seat)}
    return [area for seat in land.seats if seat.anchor in anchors for area in seat.areas]


def _is_british(seat: Constituency) -> bool:
    """Northern Ireland has no unit postcodes in the packed data, and parties of its own."""
    return seat.nation != "Northern Ireland"


def _activity(land: Kingdom) -> Numbers:
    young = _around(land, [_town(name) for name in UNIVERSITIES])
    weights = np.array([
        land.residents[area]
        * land.per_km2[area] ** DENSITY
        * (STUDENTS if area in young else 1.0)
        for area in _british(land)
    ])  # fmt: skip
    return np.asarray(weights / weights.sum())


def _around(land: Kingdom, towns: Sequence[Place]) -> set[int]:
    return {area for town in towns for _, area in near(land.areas, town, STUDENTS_KM)}


def _town(name: str) -> Place:
    found = find(name)
    if not isinstance(found, Located):
        raise ValueError(f"{name}: not one town")
    return found.lat, found.lon
