"""Why there is no lift yet, and the smallest thing that would help, in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.wall_time import written
from chalicelib.services.seating import CAR_FULL, CAR_GONE, CAR_LEAVING, CAR_TOO_FAR
from matching.plan import Reason, Relax, Unplaced

WHY = {
    Reason.NO_SESSION_FITS: "no session that day is within reach and open to you",
    Reason.NO_DRIVER_NEAR: "nobody with places free passes near you yet",
    Reason.TOO_EARLY: "the cars that pass near you leave before you can",
    Reason.PLACES_FULL: "the cars that pass near you are full",
    Reason.NEEDS_NOT_MET: "no car near you has the kind of place that you need",
    Reason.WAY_BACK: "the drivers near you do not go back the same day",
    Reason.SESSION_FULL: "the session is full",
    Reason.OUTBID: "taking you would have left others behind",
}
"""Reason -> the words that follow "So far there is no lift for you, because"."""

WHY_NOT_THERE: Mapping[str, str] = {
    CAR_GONE: "the car that you chose is not there any more",
    CAR_LEAVING: "the car that you chose leaves too soon for anybody to join it",
    CAR_FULL: "the car that you chose has not enough places left for you",
    CAR_TOO_FAR: (
        "taking you would not fit the times, the detour or the way back of the car that you chose"
    ),
}
"""The same for somebody who chose a car. What is a driver's alone, such as whom they would not
take or how far they would go, is not told apart."""


def why(reason: str) -> str:
    """A reason code in words; for a code of another release, words that are always true."""
    if reason in WHY_NOT_THERE:
        return WHY_NOT_THERE[reason]
    try:
        return WHY[Reason(reason)]
    except ValueError:
        return "no plan with you in it was possible"


def sentence(unplaced: Unplaced, begins_at: datetime, zone: ZoneInfo) -> str:
    """What would have placed them, as a sentence to the rider; "" when no one change would.

    Parameters
    ----------
    begins_at
        Second 0 of the matching's day. Its seconds are real ones, so on a day with a change
        of clock they are not the hours that the clocks of *zone* show.

    What only a driver could change is not said: it would tell where that driver lives.
    """
    relax = unplaced.relax
    if relax is None or relax.driver is not None:
        return ""
    return _change(relax, begins_at, zone)


def _change(relax: Relax, begins_at: datetime, zone: ZoneInfo) -> str:
    if relax.earliest_s is not None:
        leave_by = written(begins_at + timedelta(seconds=relax.earliest_s), zone)
        return f"You could be placed if you can leave by {leave_by}."
    if relax.extra_limit_s is not None:
        minutes = -(-relax.extra_limit_s // 60)
        return f"You could be placed if the drive may take up to {minutes} minutes longer."
    if relax.session is not None:
        return "You could be placed in another session that day: allow any session."
    return ""
