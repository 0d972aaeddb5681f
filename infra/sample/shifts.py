"""When the sample's sessions are: weekend mornings and afternoons, weekday evenings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from chalicelib.domain.event import Kind
from chalicelib.domain.wall_time import instant

Times = tuple[datetime, datetime]
Shift = tuple[time, time]

AHEAD_DAYS = 20
"""From tomorrow on: with today's hours to come that is within the board's three weeks."""

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Habit:
    """When a kind of event usually is.

    Attributes
    ----------
    weekend
        Share of its events at a weekend, 0 to 1.
    days, evenings
        Its shifts at a weekend, and on a weekday.
    counts
        How many sessions an event of it has; one of these.
    """

    weekend: float
    days: tuple[Shift, ...]
    evenings: tuple[Shift, ...]
    counts: tuple[int, ...]


HABITS: Mapping[Kind, Habit] = {
    Kind.CANVASS: Habit(
        0.85, ((time(10), time(13)), (time(14), time(16, 30))), ((time(18), time(20)),), (2, 2, 3)
    ),
    Kind.LEAFLET: Habit(
        0.8, ((time(10, 30), time(12, 30)), (time(13, 30), time(15, 30))),
        ((time(17, 30), time(19, 30)),), (1, 2, 3),
    ),
    Kind.PHONE_BANK: Habit(0, (), ((time(18, 30), time(20, 30)),), (2, 3)),
    Kind.TRAINING: Habit(0.5, ((time(11), time(12, 30)),), ((time(19), time(20, 30)),), (1,)),
    Kind.MEETING: Habit(0, (), ((time(19), time(21)),), (1,)),
    Kind.FOOD_BANK: Habit(1, ((time(9, 30), time(12)), (time(12, 30), time(15))), (), (1, 2)),
}  # fmt: skip


def times(chance: Random, kind: Kind, today: date, zone: ZoneInfo) -> tuple[Times, ...]:
    """Start and end of an event's sessions, in order: 1 to 3, on up to 3 days."""
    habit = HABITS[kind]
    weekend = chance.random() < habit.weekend
    shifts = habit.days if weekend else habit.evenings
    days = chance.sample(_days(today, weekend=weekend), 2 if weekend else 3)
    choices = [(day, shift) for day in days for shift in shifts]
    count = chance.choice(habit.counts)
    return tuple(
        (instant(day, starts, zone), instant(day, ends, zone))
        for day, (starts, ends) in sorted(chance.sample(choices, count))
    )


def _days(today: date, *, weekend: bool) -> Sequence[date]:
    coming = [today + timedelta(days=ahead) for ahead in range(1, AHEAD_DAYS + 1)]
    return [day for day in coming if (day.weekday() >= _SATURDAY) is weekend]
