"""One constituency by itself, marginal or not: its last result, and what is on there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.adapters import Adapters
from chalicelib.domain import need as rules
from chalicelib.domain import parties
from chalicelib.domain.event import Session
from chalicelib.errors import NotFound
from chalicelib.services import board, marginals, turn_up
from chalicelib.services.marginals import MarginalRow
from chalicelib.services.ranking import Point, Ranked, drives_s, next_best, point, shown
from reference import Constituency, constituency, distance_m

ANYWHERE_S = 24 * 3600
"""Seconds of driving that reach every seat from every other."""

NEAREST_SHOWN = 5
ABSENT = "There is no constituency of that name. Look for it in the list of marginals."


@dataclass(frozen=True, slots=True)
class Result:
    """A line of a seat's result: *share* in percent of the valid votes."""

    party: str
    votes: int
    share: float


@dataclass(frozen=True, slots=True)
class SeatPage:
    """One seat.

    Attributes
    ----------
    about
        The seat as a list shows it, with every session on the board, by time.
    marginal
        Whether the campaign targets it.
    winner, holder
        The party that won in 2024, and the sitting member's now, in words.
    party, party_won
        The campaign's own in words, "" for none; whether it won in 2024.
    near
        Marginals to look at instead, where there is little to do in this seat.
    """

    about: MarginalRow
    marginal: bool
    results: tuple[Result, ...]
    winner: str
    holder: str
    party: str
    party_won: bool
    near: tuple[MarginalRow, ...]


def page(world: Adapters, seat: Constituency, start: Point | None) -> SeatPage:
    """The seat with its sessions, and the way to them from *start* where it is known."""
    sessions, campaign = board.upcoming(world), turn_up.kept(world)
    here = [one for one in sessions if one.venue.constituency == seat.code]
    closeness = rules.closeness(campaign, seat)
    ways = drives_s(start, {point(one) for one in here}, ANYWHERE_S) if start else {}
    about = marginals.row(campaign, seat, closeness, here)
    ranked = [Ranked(one, about.need, 0, ways.get(point(one), 0)) for one in here]
    listed = (
        replace(shown(start, one), instead=next_best(one.session, ranked, campaign.zone))
        for one in ranked
    )
    return SeatPage(
        about=replace(about, sessions=tuple(listed)),
        marginal=closeness > 0,
        results=tuple(_results(seat)),
        winner=parties.name(seat.first_party),
        holder=parties.name(seat.holder),
        party=parties.name(campaign.party) if campaign.party else "",
        party_won=campaign.party == seat.first_party,
        near=() if here and closeness > 0 else _nearest(world, seat, sessions),
    )


def named(code_or_slug: str) -> Constituency:
    """The seat of that GSS code or slug, in capitals or not.

    Raises
    ------
    NotFound
        When there is none.
    """
    seat = constituency(code_or_slug.lower()) or constituency(code_or_slug.upper())
    if seat is None:
        raise NotFound(ABSENT)
    return seat


def _nearest(
    world: Adapters, seat: Constituency, sessions: Iterable[Session]
) -> tuple[MarginalRow, ...]:
    """The nearest other marginals, whatever their need: somebody looked for this place."""
    by_seat, here = marginals.grouped(sessions), (seat.lat, seat.lon)
    campaign = turn_up.kept(world)
    others = [pair for pair in marginals.targets(campaign) if pair[0].code != seat.code]
    away = drives_s(here, {(other.lat, other.lon) for other, _ in others}, ANYWHERE_S)
    others.sort(key=lambda pair: (away[pair[0].lat, pair[0].lon], pair[0].code))
    return tuple(
        replace(
            marginals.row(campaign, other, closeness, by_seat[other.code]),
            drive_s=away[other.lat, other.lon],
            distance_m=distance_m(*here, other.lat, other.lon),
        )
        for other, closeness in others[:NEAREST_SHOWN]
    )


def _results(seat: Constituency) -> Iterable[Result]:
    """By votes, but what is summed up of the rest at the end."""
    for code, votes in sorted(seat.votes, key=lambda pair: (pair[0] == "Other", -pair[1])):
        yield Result(parties.name(code), votes, 100 * votes / seat.valid_votes)
