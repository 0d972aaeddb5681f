"""Where somebody should go who starts at one place: the best three, and then the rest.

`near` is the one way in. It never leaves anybody without something to do: beyond reach,
on another day, from home, or in a marginal where they could begin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.adapters import Adapters
from chalicelib.domain import need as rules
from chalicelib.domain.event import Kind, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.services import board, marginals, turn_up
from chalicelib.services.marginals import MarginalRow, Targets
from chalicelib.services.ranking import (
    Point,
    Ranked,
    Suggestion,
    first_of_events,
    point,
    rank,
    rough_m,
)
from chalicelib.services.reasons import reasons
from reference import Located

BEST, ALSO, ELSEWHERE, FROM_HOME, LIFT_DAYS = 3, 3, 5, 3, 3
"""How many of each a page shows: what fits one sitting on a phone."""

LOOKED_AT = 60
"""Sessions beyond reach whose drives are asked: those of the nearest few events, surely."""

ONE_DAY_S = 24 * 3600
"""Seconds of driving that reach everything: for whoever has nothing nearer."""


@dataclass(frozen=True, slots=True)
class Near:
    """What a start's page shows.

    Attributes
    ----------
    best
        One session each of up to three events, with reasons.
    marginals
        The other sessions within reach, by marginal, strongest first.
    elsewhere
        Those in seats that are no marginals, nearest first.
    online
        From home.
    quiet
        Marginals within reach where nothing is on yet.
    beyond
        Where `best` is empty: the nearest sessions further away than we suggest.
    days, kinds
        What there is within reach, to choose from.
    lift_days
        The next days with room, for "wherever I am needed most".
    """

    best: tuple[Suggestion, ...]
    marginals: tuple[MarginalRow, ...]
    elsewhere: tuple[Suggestion, ...]
    online: tuple[Suggestion, ...]
    quiet: tuple[MarginalRow, ...]
    beyond: tuple[Suggestion, ...]
    days: tuple[date, ...]
    kinds: tuple[Kind, ...]
    lift_days: tuple[date, ...]


def near(
    world: Adapters, place: Located, *, day: date | None = None, kind: Kind | None = None
) -> Near:
    """Rank what is on for somebody who starts at *place*, perhaps of one day or kind only."""
    start, zone = (place.lat, place.lon), world.campaign.zone
    sessions, known = board.upcoming(world), marginals.targets(world.campaign)
    reached = rank(world, start, sessions, within_s=world.campaign.max_direct_s)
    wanted = [one for one in reached if _fits(one.session, zone, day, kind)]
    travelled = [one for one in wanted if one.session.kind not in ONLINE]
    best = _best(world, start, travelled)
    named = {one.id for two in best for one in (two.session, *two.also)}
    rest = [one for one in travelled if one.session.id not in named]
    further = (one for one in sessions if _fits(one, zone, day, kind))
    return Near(
        best=best,
        marginals=marginals.with_sessions(world, start, known, rest, travelled),
        elsewhere=_elsewhere(start, known, rest),
        # Whoever finds nothing is offered what is from home on any day.
        online=first_of_events(start, _from_home(wanted if best else reached), FROM_HOME),
        quiet=marginals.quiet(world, start, known, sessions),
        beyond=() if best else _beyond(world, start, further),
        days=_days((one.session for one in reached), zone),
        kinds=_kinds(one.session for one in reached),
        lift_days=_lift_days(travelled if best else reached, zone),
    )


def most_needed(world: Adapters, most: int) -> tuple[Suggestion, ...]:
    """The sessions in most need wherever they are, one of an event, by their start."""
    weights = turn_up.kept(world).weights
    close = {seat.code: closeness for seat, closeness in marginals.targets(world.campaign)}
    ranked = [
        Ranked(one, need, worth=need, drive_s=0)
        for one in board.upcoming(world)
        if one.free > 0
        for need in [rules.session_need(weights, close.get(one.venue.constituency, 0), one)]
    ]
    found = first_of_events(None, sorted(ranked, key=lambda one: one.order), most)
    return tuple(sorted(found, key=lambda one: (one.session.starts_at, one.session.id)))


def _best(world: Adapters, start: Point, ranked: Sequence[Ranked]) -> tuple[Suggestion, ...]:
    room = [one for one in ranked if one.session.free > 0]
    nearest_s = min((one.drive_s for one in room), default=0)
    return tuple(
        replace(
            one,
            reasons=reasons(world.campaign, one, nearest_s),
            also=_also(one.session, room),
        )
        for one in first_of_events(start, room, BEST)
    )


def _also(session: Session, ranked: Iterable[Ranked]) -> tuple[Session, ...]:
    """Other sessions of its event, by their start."""
    found = [
        one.session
        for one in ranked
        if one.session.event_id == session.event_id and one.session.id != session.id
    ]
    return tuple(sorted(found, key=lambda one: one.starts_at)[:ALSO])


def _elsewhere(start: Point, known: Targets, rest: Iterable[Ranked]) -> tuple[Suggestion, ...]:
    marginal = {seat.code for seat, _ in known}
    found = [one for one in rest if one.session.venue.constituency not in marginal]
    return first_of_events(start, sorted(found, key=_by_drive), ELSEWHERE)


def _beyond(world: Adapters, start: Point, sessions: Iterable[Session]) -> tuple[Suggestion, ...]:
    room = [one for one in sessions if one.free > 0 and one.kind not in ONLINE]
    room.sort(key=lambda one: rough_m(start, point(one)))
    ranked = rank(world, start, room[:LOOKED_AT], within_s=ONE_DAY_S)
    return first_of_events(start, sorted(ranked, key=_by_drive), BEST)


def _from_home(ranked: Iterable[Ranked]) -> Iterable[Ranked]:
    return (one for one in ranked if one.session.kind in ONLINE and one.session.free > 0)


def _kinds(sessions: Iterable[Session]) -> tuple[Kind, ...]:
    found = {session.kind for session in sessions}
    return tuple(kind for kind in Kind if kind in found)


def _lift_days(ranked: Iterable[Ranked], zone: ZoneInfo) -> tuple[date, ...]:
    room = (one.session for one in ranked if one.session.free > 0)
    return _days((one for one in room if one.kind not in ONLINE), zone)[:LIFT_DAYS]


def _by_drive(one: Ranked) -> tuple[int, datetime, str]:
    return one.drive_s, one.session.starts_at, one.session.id


def _fits(session: Session, zone: ZoneInfo, day: date | None, kind: Kind | None) -> bool:
    return kind in {None, session.kind} and (day is None or session.day(zone) == day)


def _days(sessions: Iterable[Session], zone: ZoneInfo) -> tuple[date, ...]:
    starts = {session.starts_at for session in sessions}
    return tuple(sorted({at.astimezone(zone).date() for at in starts}))
