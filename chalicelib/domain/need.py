"""Need: how much a constituency or a session lacks people (DESIGN section 5).

The formula is public, so it stays short enough to be explained on one page. What it gives
is for ranking; a page says it in words (`Level`), since a number would tell how many people
are coming.
"""

from collections.abc import Iterable
from enum import StrEnum

from chalicelib.domain.campaign import Campaign, Weights
from chalicelib.domain.event import Session
from reference import Constituency


class Level(StrEnum):
    """Need in words."""

    VERY_HIGH = "very high"
    HIGH = "high"
    SOME = "some"
    NONE = "none"


def closeness(campaign: Campaign, seat: Constituency) -> float:
    """How open the seat is for the campaign, 0 to 1; 0 when it is no marginal.

    `least + (1 - least) * (1 - margin / margin_limit)`, where the margin is that between the
    campaign's party and the best other by the last result, in points, and *least* the
    campaign's `least_closeness`; the list's weight where there is a list.
    """
    if campaign.targets:
        return _clamp(campaign.targets.get(seat.code, 0.0))
    margin = margin_points(campaign, seat)
    # Nothing lies below a limit of 0, which is also no number to divide by.
    if margin is None or margin >= campaign.margin_limit:
        return 0.0
    least = campaign.weights.least_closeness
    return _clamp(least + (1 - least) * (1 - margin / campaign.margin_limit))


def margin_points(campaign: Campaign, seat: Constituency) -> float | None:
    """Points of the valid votes between the campaign's party and the best other.

    Without a party, between the first and the second. None where the party was neither
    first nor second.
    """
    if not campaign.party:
        return 100 * seat.majority / seat.valid_votes
    if campaign.party not in {seat.first_party, seat.second_party}:
        return None
    return seat.margin_points(campaign.party)


def session_need(weights: Weights, seat_closeness: float, session: Session) -> float:
    """`closeness * (1 - expected / target)`, 0 to 1: how much one more person matters.

    Expected are those who have a place, times their turn-up rate.
    """
    return _lack(weights, seat_closeness, session.coming, session.target)


def seat_need(weights: Weights, seat_closeness: float, sessions: Iterable[Session]) -> float:
    """The need of a seat: that of its sessions taken as one, or its closeness without any.

    A seat in which nobody has put on a session yet lacks all of its people.
    """
    shown = list(sessions)
    if not shown:
        return seat_closeness
    coming = sum(session.coming for session in shown)
    return _lack(weights, seat_closeness, coming, sum(session.target for session in shown))


def level(need: float) -> Level:
    """Say a need in words: thirds of the scale, and none at 0."""
    if need <= 0:
        return Level.NONE
    if need < 1 / 3:
        return Level.SOME
    return Level.HIGH if need < 2 / 3 else Level.VERY_HIGH


def travel_ease(weights: Weights, drive_s: int) -> float:
    """1 next door, a half at `ease_scale_s` seconds of driving, and towards 0 beyond."""
    return 1 / (1 + drive_s / weights.ease_scale_s)


def score(weights: Weights, need: float, drive_s: int, *, lift_near: bool) -> float:
    """How strongly a session is suggested: `need^a * ease^b * (1 + lift_bonus)`."""
    bonus = 1 + weights.lift_bonus if lift_near else 1.0
    ease: float = travel_ease(weights, drive_s) ** weights.ease
    worth: float = need**weights.need * ease * bonus
    return worth


def _lack(weights: Weights, seat_closeness: float, coming: int, target: int) -> float:
    if target < 1:
        return 0.0
    return _clamp(seat_closeness * (1 - coming * weights.turn_up / target))


def _clamp(value: float) -> float:
    return max(0.0, min(1.0, value))
