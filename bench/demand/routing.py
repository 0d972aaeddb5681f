"""How each of a crowd chooses a session, one after another, each seeing who came before.

The ranking is the product's own: `need.session_need` of real `Session`s, and `need.score` over
the numbers of all seats at once (it is arithmetic, so arrays go through it as they are). The
order is that of `ranking.Ranked.order`; tests hold the choice to `ranking.rank`. Not
simulated: that a page may be 15 seconds old, and the bonus for a lift nearby.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from bench.demand.country import Country, Numbers
from bench.demand.crowd import Crowd, Whole, dates, day_shares
from chalicelib.domain import need as rules
from chalicelib.domain.campaign import Campaign
from chalicelib.domain.event import Kind, Session, Venue
from matching.travel_table import Seconds
from reference import Constituency

FIRST_MONDAY = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)

ROOM = 2
"""A session's maximum is so many times its target, as in matching's made-up days."""

OUT = -1.0
"""Worth of what is full or out of reach: below everything that can be chosen."""

NOWHERE = -1
"""The seat of those who found no room on their day."""

Plan = Sequence[Sequence[Session]]
"""By day, one session of each seat."""


@dataclass(frozen=True, slots=True, eq=False)
class Routed:
    """What came of it, by sign-up.

    Attributes
    ----------
    seat
        The number of the seat that they go to, or `NOWHERE`.
    followed
        Whether they took the first suggestion.
    turned
        Whether the session nearest to them was full, and they took the first suggestion then.
    """

    seat: Whole
    followed: npt.NDArray[np.bool_]
    turned: npt.NDArray[np.bool_]


def a_plan(seats: Sequence[Constituency], people: float) -> Plan:
    """By day, one session in each seat; together they want *people*, by electors."""
    electors = np.array([seat.electorate for seat in seats], dtype=float)
    wanted = people * np.outer(day_shares(), electors / electors.sum())
    return [
        [
            _session(number, seat, date, max(1, round(wanted[day, number])))
            for number, seat in enumerate(seats)
        ]
        for day, date in enumerate(dates())
    ]


def nearest_first(crowd: Crowd) -> Routed:
    """Everyone goes where it seems nearest, and nothing is ever full."""
    nobody = np.zeros(len(crowd.nearest), dtype=bool)
    return Routed(crowd.nearest, nobody, nobody)


def ours(land: Country, crowd: Crowd, plan: Plan, campaign: Campaign, following: float) -> Routed:
    """A share of *following* takes the first suggestion; the others the nearest with room."""
    boards = [Board(campaign, land.seats, day) for day in plan]
    found = crowd.nearest.copy()
    follows = crowd.reserve < following
    turned = np.zeros(len(found), dtype=bool)
    for number, (home, day) in enumerate(zip(crowd.home, crowd.day, strict=True)):
        board = boards[day]
        turned[number] = not follows[number] and board.free[found[number]] < 1
        if follows[number] or turned[number]:
            found[number] = board.suggested(land.drive_s[home])
        if found[number] != NOWHERE:
            board.book(found[number])
    return Routed(found, follows, turned)


class Board:
    """One day's sessions, one of each seat, as the ranking sees them."""

    def __init__(
        self, campaign: Campaign, seats: Sequence[Constituency], day: Sequence[Session]
    ) -> None:
        self._weights = campaign.weights
        self._within_s = campaign.max_direct_s
        self._close = [rules.closeness(campaign, seat) for seat in seats]
        self.sessions = list(day)
        self.free = np.array([one.free for one in day])
        self._need = np.array([self._need_of(number) for number in range(len(day))])

    def suggested(self, drive_s: Seconds) -> int:
        """The number of the session that the product would show first at these drives.

        Where nothing with room is in reach: the nearest with room, which it shows as beyond.
        `NOWHERE` when there is no room at all.
        """
        room = self.free > 0
        reached = room & (drive_s <= self._within_s)
        if reached.any():
            room = reached
        if not room.any():
            return NOWHERE
        worth = np.where(reached, self._worth(drive_s), OUT)
        best = np.flatnonzero(room & (worth == worth.max()))
        return int(best[drive_s[best].argmin()])

    def book(self, number: int) -> None:
        """One more person has a place there."""
        session = self.sessions[number]
        self.sessions[number] = replace(session, free=session.free - 1)
        self.free[number] -= 1
        self._need[number] = self._need_of(number)

    def _worth(self, drive_s: Any) -> Numbers:
        worth = rules.score(self._weights, cast("Any", self._need), drive_s, lift_near=False)
        return cast("Numbers", worth)

    def _need_of(self, number: int) -> float:
        return rules.session_need(self._weights, self._close[number], self.sessions[number])


def _session(number: int, seat: Constituency, date: int, target: int) -> Session:
    starts_at = FIRST_MONDAY + timedelta(days=date)
    event_id = f"event-{number:03}"
    return Session(
        id=f"{event_id}-{date:02}",
        event_id=event_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        minimum=0,
        target=target,
        maximum=ROOM * target,
        free=ROOM * target,
        published=True,
        title="Canvass",
        kind=Kind.CANVASS,
        venue=Venue("", "", "", seat.lat, seat.lon, seat.code),
    )
