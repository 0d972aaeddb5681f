"""Sessions by how strongly they are suggested to somebody who starts at one place.

Drive times are asked once a venue, and only for venues that may be within reach.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.adapters import Adapters
from chalicelib.domain import need as rules
from chalicelib.domain.bands import Band, band
from chalicelib.domain.campaign import Campaign
from chalicelib.domain.event import Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.services import turn_up
from matching.travel import drive_s
from reference import Constituency, constituency, distance_m

Point = tuple[float, float]

METRES_A_DEGREE = 111_200
"""Of latitude."""

FASTEST_M_PER_S = 24
"""Faster than any drive is estimated (86 km/h), so what is further than this is out of reach."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A session with what decides its place in the list.

    Attributes
    ----------
    need, worth
        `need.session_need` and `need.score`.
    drive_s
        Seconds of driving from the start; 0 for what is online.
    """

    session: Session
    need: float
    worth: float
    drive_s: int

    @property
    def order(self) -> tuple[bool, float, int, datetime, str]:
        """Best first: whoever needs people, then by worth, then what is near, then soon."""
        one = self.session
        return self.need <= 0, -self.worth, self.drive_s, one.starts_at, one.id


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A session as it is suggested.

    Attributes
    ----------
    seat
        None when the session's constituency is not known to us.
    drive_s, distance_m
        From the start, by road in seconds and as the crow flies; 0 for what is online.
    reasons
        Sentences; empty where the session is only listed.
    also
        Other sessions of the same event that have room.
    instead
        For a full session: the best of those with room.
    """

    session: Session
    seat: Constituency | None
    need: float
    drive_s: int
    distance_m: float
    band: Band
    reasons: tuple[str, ...] = ()
    also: tuple[Session, ...] = ()
    instead: Session | None = None

    @property
    def online(self) -> bool:
        """Whether people take part from home."""
        return self.session.kind in ONLINE

    @property
    def full(self) -> bool:
        """Whether nobody else can come."""
        return self.band is Band.FULL


def rank(
    world: Adapters, start: Point, sessions: Iterable[Session], *, within_s: float
) -> list[Ranked]:
    """Those of *sessions* that a drive of *within_s* from *start* reaches in time, best first."""
    weights, now = turn_up.kept(world).weights, world.now()
    known = list(sessions)
    drives = drives_s(start, {point(one) for one in known}, within_s)
    open_to = _closenesses(world.campaign, known)
    found = []
    for one in known:
        away_s = 0 if one.kind in ONLINE else drives.get(point(one))
        if away_s is None or (one.starts_at - now).total_seconds() < away_s:
            continue
        need = rules.session_need(weights, open_to[one.venue.constituency], one)
        worth = rules.score(weights, need, away_s, lift_near=False)
        found.append(Ranked(one, need, worth, away_s))
    return sorted(found, key=lambda ranked: ranked.order)


def drives_s(start: Point, points: Iterable[Point], within_s: float) -> Mapping[Point, int]:
    """Seconds of driving from *start* to those of *points* that are within *within_s*."""
    # Flat, and so a little wrong far to the north: hence the tenth more.
    reach_m = 1.1 * within_s * FASTEST_M_PER_S
    near = (point for point in points if rough_m(start, point) <= reach_m)
    away = ((point, drive_s(start, point)) for point in near)
    return {point: seconds for point, seconds in away if seconds <= within_s}


def rough_m(start: Point, end: Point) -> float:
    """Metres on a flat earth, as it is around *start*: cheap, and right enough to choose by."""
    east = (end[1] - start[1]) * math.cos(math.radians(start[0]))
    return METRES_A_DEGREE * math.hypot(end[0] - start[0], east)


def shown(start: Point | None, ranked: Ranked) -> Suggestion:
    """A ranked session as a list shows it; without a *start*, nothing of the way there."""
    session = ranked.session
    venue = session.venue
    away_m = 0.0
    if start and session.kind not in ONLINE:
        away_m = distance_m(*start, venue.lat, venue.lon)
    return Suggestion(
        session=session,
        seat=constituency(venue.constituency),
        need=ranked.need,
        drive_s=ranked.drive_s,
        distance_m=away_m,
        band=band(session),
    )


def first_of_events(
    start: Point | None, ranked: Iterable[Ranked], most: int
) -> tuple[Suggestion, ...]:
    """The first session of each of up to *most* events: no event fills a list by itself."""
    firsts: dict[str, Ranked] = {}
    for one in ranked:
        firsts.setdefault(one.session.event_id, one)
        if len(firsts) == most:
            break
    return tuple(shown(start, one) for one in firsts.values())


def next_best(full: Session, ranked: Iterable[Ranked], zone: ZoneInfo) -> Session | None:
    """Where to go when *full* is: the best of *ranked* with room, of its day if there is one."""
    room = [one.session for one in ranked if one.session.free > 0 and one.session.id != full.id]
    day = full.day(zone)
    same_day = (one for one in room if one.day(zone) == day)
    return next(same_day, room[0] if room else None)


def point(session: Session) -> Point:
    """Where it takes place."""
    return session.venue.lat, session.venue.lon


def _closenesses(campaign: Campaign, sessions: Iterable[Session]) -> Mapping[str, float]:
    codes = {session.venue.constituency for session in sessions}
    seats = {code: constituency(code) for code in codes}
    return {code: rules.closeness(campaign, seat) if seat else 0.0 for code, seat in seats.items()}
