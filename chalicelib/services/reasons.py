"""Why a session is suggested, in words. Each reason is a clause that stands alone."""

from collections.abc import Mapping

from chalicelib.domain import need as rules
from chalicelib.domain.bands import Band
from chalicelib.domain.campaign import Campaign
from chalicelib.services.ranking import Suggestion
from reference import Constituency

HARDLY_FURTHER_S = 3 * 60
"""Nobody chooses by less; it is within the error of an estimated drive."""

VERY_CLOSE, CLOSE = 1.0, 3.0
"""Points of the valid votes."""

_HAVE: Mapping[Band, str] = {
    Band.FEW: "they have few people yet",
    Band.HALF: "they have about half of the people they want",
    Band.NEARLY: "they have nearly enough people",
    Band.ENOUGH: "they have enough people, and room for more",
    Band.FULL: "it is full",
}


def reasons(campaign: Campaign, one: Suggestion, nearest_s: int) -> tuple[str, ...]:
    """Say why *one* is suggested, most telling first.

    Parameters
    ----------
    nearest_s
        Seconds of driving to the nearest session with room.
    """
    seat = _seat(campaign, one.seat) if one.seat else ""
    return tuple(filter(None, (_way_and_people(one, nearest_s), seat)))


def _way_and_people(one: Suggestion, nearest_s: int) -> str:
    have = _HAVE[one.band]
    if one.online:
        return f"From home, and {have}"
    further_s = one.drive_s - nearest_s
    if further_s > HARDLY_FURTHER_S:
        joined = "but" if one.band in {Band.FEW, Band.HALF} else "and"
        return f"About {_minutes(further_s)} further than the nearest, {joined} {have}"
    if further_s > 0:
        return f"Hardly further than the nearest, and {have}"
    return f"The nearest to you, and {have}"


def _seat(campaign: Campaign, seat: Constituency) -> str:
    if rules.closeness(campaign, seat) <= 0:
        return ""
    margin = rules.margin_points(campaign, seat)
    if margin is None:
        return "On this campaign’s list of seats"
    votes = f"{seat.majority:,} {'vote' if seat.majority == 1 else 'votes'} in it"
    if margin < VERY_CLOSE:
        return f"A very close seat: {votes}"
    if margin < CLOSE:
        return f"A close seat: {votes}"
    return f"A marginal: {votes}"


def _minutes(seconds: int) -> str:
    """Whole minutes, by fives from twenty on: an estimate should not look like a timetable."""
    count = -(-seconds // 60)
    count = count if count < 20 else 5 * round(count / 5)
    hours, rest = divmod(count, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    if rest or not hours:
        said.append(f"{rest} minute{'s' if rest != 1 else ''}")
    return " ".join(said)
