"""The campaign's marginals in lists: all of them by need, and those near somebody's start."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.adapters import Adapters
from chalicelib.domain import need as rules
from chalicelib.domain.bands import Room, room
from chalicelib.domain.campaign import Campaign
from chalicelib.domain.event import Session
from chalicelib.domain.need import Level
from chalicelib.services import board, turn_up
from chalicelib.services.ranking import (
    Point,
    Ranked,
    Suggestion,
    drives_s,
    next_best,
    point,
    shown,
)
from reference import Constituency, constituencies, distance_m

NEAR_SHOWN, SESSIONS_SHOWN, QUIET_SHOWN = 6, 2, 4
"""Seats with sessions, sessions of each, and seats without: what fits a page on a phone."""

Targets = Sequence[tuple[Constituency, float]]
"""Marginals, each with its closeness."""


@dataclass(frozen=True, slots=True)
class MarginalRow:
    """A marginal in a list.

    Attributes
    ----------
    sessions
        Those to show, best first; there are *count* in all.
    next
        The one that starts first, or None.
    drive_s, distance_m
        From somebody's start, to the best session or else to the seat's anchor; 0 where
        nobody has said where they start.
    """

    seat: Constituency
    margin_points: float | None
    need: float
    level: Level
    room: Room
    count: int
    next: Session | None
    sessions: tuple[Suggestion, ...] = ()
    drive_s: int = 0
    distance_m: float = 0

    @property
    def more(self) -> int:
        """How many sessions are not shown."""
        return self.count - len(self.sessions)


def ranked_by_need(world: Adapters) -> tuple[MarginalRow, ...]:
    """All of the campaign's marginals, those in most need of people first."""
    by_seat, campaign = grouped(board.upcoming(world)), turn_up.kept(world)
    rows = [
        row(campaign, seat, closeness, by_seat[seat.code]) for seat, closeness in targets(campaign)
    ]
    return tuple(sorted(rows, key=lambda one: (-one.need, one.margin_points or 0, one.seat.name)))


def with_sessions(
    world: Adapters,
    start: Point,
    known: Targets,
    listed: Sequence[Ranked],
    reached: Sequence[Ranked],
) -> tuple[MarginalRow, ...]:
    """Marginals in which sessions of *listed* are, by need and drive; without room, last.

    Their need is that of all sessions *reached*, whether *listed* or shown elsewhere.
    """
    of_seat, campaign = grouped(one.session for one in reached), turn_up.kept(world)
    to_list = defaultdict[str, list[Ranked]](list)
    for one in sorted(listed, key=lambda one: one.session.free < 1):
        to_list[one.session.venue.constituency].append(one)
    found = []
    for seat, closeness in known:
        if ranked := to_list.get(seat.code):
            made = row(campaign, seat, closeness, of_seat[seat.code])
            counted = replace(made, count=len(ranked), drive_s=ranked[0].drive_s)
            worth = _worth(campaign, counted) if ranked[0].session.free > 0 else -1
            found.append((worth, counted, ranked))
    found.sort(key=lambda one: (-one[0], one[1].drive_s, one[1].seat.name))
    return tuple(
        _with_best(world, start, made, ranked, reached) for _, made, ranked in found[:NEAR_SHOWN]
    )


def quiet(
    world: Adapters, start: Point, known: Targets, sessions: Iterable[Session]
) -> tuple[MarginalRow, ...]:
    """Marginals within reach where none of *sessions* is: somebody could begin."""
    busy = {session.venue.constituency for session in sessions}
    empty = [pair for pair in known if pair[0].code not in busy]
    anchors = {(seat.lat, seat.lon) for seat, _ in empty}
    away = drives_s(start, anchors, world.campaign.max_direct_s)
    rows = [
        replace(row(world.campaign, seat, closeness, ()), drive_s=away[seat.lat, seat.lon])
        for seat, closeness in empty
        if (seat.lat, seat.lon) in away
    ]
    rows.sort(key=lambda one: (-_worth(world.campaign, one), one.seat.name))
    return tuple(
        replace(one, distance_m=distance_m(*start, one.seat.lat, one.seat.lon))
        for one in rows[:QUIET_SHOWN]
    )


def targets(campaign: Campaign) -> Targets:
    """The campaign's marginals with their closeness, which is above 0."""
    known = ((seat, rules.closeness(campaign, seat)) for seat in constituencies())
    return [(seat, closeness) for seat, closeness in known if closeness > 0]


def grouped(sessions: Iterable[Session]) -> Mapping[str, list[Session]]:
    """GSS code -> its sessions, in the order given; an empty list for every other code."""
    by_seat: defaultdict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        by_seat[session.venue.constituency].append(session)
    return by_seat


def row(
    campaign: Campaign, seat: Constituency, closeness: float, sessions: Sequence[Session]
) -> MarginalRow:
    """A seat as a list shows it, with what its *sessions* amount to."""
    need = rules.seat_need(campaign.weights, closeness, sessions)
    return MarginalRow(
        seat=seat,
        margin_points=rules.margin_points(campaign, seat),
        need=need,
        level=rules.level(need),
        room=room(sessions),
        count=len(sessions),
        next=min(sessions, key=lambda one: one.starts_at, default=None),
    )


def _worth(campaign: Campaign, one: MarginalRow) -> float:
    return rules.score(campaign.weights, one.need, one.drive_s, lift_near=False)


def _with_best(
    world: Adapters,
    start: Point,
    made: MarginalRow,
    ranked: Sequence[Ranked],
    reached: Sequence[Ranked],
) -> MarginalRow:
    """The row with its best sessions; beside a full one stands where to go instead."""
    found = []
    for one in ranked[:SESSIONS_SHOWN]:
        suggestion = shown(start, one)
        if suggestion.full:
            other = next_best(one.session, reached, world.campaign.zone)
            suggestion = replace(suggestion, instead=other)
        found.append(suggestion)
    away_m = distance_m(*start, *point(ranked[0].session))
    return replace(made, sessions=tuple(found), distance_m=away_m)
