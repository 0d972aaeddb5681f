"""What the driver of an agreed lift is asked, and what came of their answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.adapters import Adapters
from chalicelib.domain import joining, route
from chalicelib.domain import lift as rules
from chalicelib.domain.bands import about_minutes
from chalicelib.domain.lift import HOLDING, Ask, Lift
from chalicelib.domain.states import LiftState
from chalicelib.errors import NotFound
from chalicelib.services import asks, cars
from matching.travel import drive_s


@dataclass(frozen=True, slots=True)
class Asked:
    """A rider who asks to join, as the driver sees them.

    Attributes
    ----------
    fits
        Whether the car can still take them: others may have joined meanwhile.
    minutes_out, minutes_back
        About how many minutes more the drive takes, by fives.
    """

    ask: Ask
    fits: bool
    minutes_out: int = 0
    minutes_back: int = 0


class Outcome(StrEnum):
    """What came of an answer."""

    TAKEN = "taken"
    REFUSED = "refused"
    FULL = "full"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the driver is told once they have answered.

    Attributes
    ----------
    rider
        The rider's first name; "" where nothing was asked any more.
    next
        Who asks as well; None when nobody does.
    """

    lift: Lift
    outcome: Outcome
    rider: str
    next: Ask | None


def asked(world: Adapters, lift: Lift) -> Asked | None:
    """The rider whose time to be answered ends first; None when nobody asks."""
    ask = _first(world, lift)
    if ask is None:
        return None
    try:
        car = cars.read(world, lift.id)
    except NotFound:
        return Asked(ask, fits=False)
    request, without = car.riders.get(ask.request_id), rules.without_ask(lift, ask.request_id)
    drive = route.as_planned(lift, drive_s)
    joined = request and joining.joined(without, car.offer, car.riders, request, drive)
    if not joined:
        return Asked(ask, fits=False)
    return Asked(
        ask,
        fits=True,
        minutes_out=_about(joined.leave_at, lift.leave_at),
        minutes_back=_about(lift.home_at, joined.home_at),
    )


def _about(earlier: datetime | None, later: datetime | None) -> int:
    return about_minutes((later - earlier).total_seconds()) if earlier and later else 0


def answer(world: Adapters, lift_id: str, request_id: str, *, yes: bool) -> Answered:
    """The driver's answer. To what is asked no longer, it changes nothing.

    Raises
    ------
    Expired
        When the time to answer has passed.
    Busy
        When others kept changing the lift.
    """
    lift = world.bookings.get(Lift, lift_id)
    before = lift.ask(request_id) if _agreed(lift) else None
    if before is None:
        return Answered(lift, Outcome.SETTLED, "", _first(world, lift))
    lift = asks.answer(world, lift_id, request_id, yes=yes)
    if not yes:
        outcome = Outcome.REFUSED
    else:
        outcome = Outcome.TAKEN if lift.place(request_id) else Outcome.FULL
    return Answered(lift, outcome, before.rider, _first(world, lift))


def _agreed(lift: Lift) -> bool:
    return lift.state in HOLDING and lift.state is not LiftState.PROPOSED


def _first(world: Adapters, lift: Lift) -> Ask | None:
    waiting = [ask for ask in lift.asks if _agreed(lift) and world.now() <= ask.until]
    return min(waiting, key=lambda ask: ask.until, default=None)
