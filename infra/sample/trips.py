"""The sample's trips: who would like to go where, on which day, from where and how early."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from chalicelib.domain.event import Kind, Session
from chalicelib.domain.people import Person, Start
from infra.sample import ground
from infra.sample.ground import Ground
from matching.travel import drive_s

_ANYWHERE = 0.12
"""Share of people who go wherever they are needed most."""

_ANY_SHIFT = 0.4
"""Share of people who would come to any session of that day in the seat."""

_SPARE_MINUTES = (30, 45, 60, 90, 150)
"""How much earlier than the direct drive asks for somebody could leave; with the least a car
can still arrive early and collect one more."""

_LIKED: Mapping[Kind, int] = {
    Kind.CANVASS: 6,
    Kind.LEAFLET: 3,
    Kind.FOOD_BANK: 2,
    Kind.TRAINING: 1,
    Kind.MEETING: 1,
}


@dataclass(frozen=True, slots=True)
class Chances:
    """What wishes are drawn from.

    Attributes
    ----------
    sessions
        Those that people may want a lift to.
    grounds
        The seats they are in, and the country around those.
    since, until
        When people booked.
    """

    chance: Random
    sessions: Sequence[Session]
    grounds: Sequence[Ground]
    people: Iterator[Person]
    zone: ZoneInfo
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Trip:
    """What an offer and a request have in common."""

    secret: str
    day: date
    person: Person
    start: Start
    sessions: tuple[str, ...] | None
    earliest_at: datetime
    created_at: datetime

    @property
    def told(self) -> dict[str, int]:
        return dict.fromkeys(self.sessions or (), 1)


def trips(draw: Chances, count: int) -> Iterator[Trip]:
    """*count* of them, more to what is liked; each by somebody of their own."""
    chance = draw.chance
    grounds = {one.seat.code: one for one in draw.grounds}
    by_day = defaultdict(list)
    for one in draw.sessions:
        by_day[one.day(draw.zone), one.venue.constituency].append(one)
    liked = [_LIKED[one.kind] * chance.choice((1, 1, 2, 5)) for one in draw.sessions]
    for number, session in enumerate(chance.choices(draw.sessions, liked, k=count), 1):
        day, seat = session.day(draw.zone), session.venue.constituency
        also = by_day[day, seat] if chance.random() < _ANY_SHIFT else [session]
        start = ground.home(chance, grounds[seat])
        yield Trip(
            secret=f"sample wish {number}",
            day=day,
            person=next(draw.people),
            start=start,
            sessions=None if chance.random() < _ANYWHERE else tuple(one.id for one in also),
            earliest_at=_earliest(chance, start, min(also, key=lambda one: one.starts_at)),
            created_at=draw.since + chance.random() * (draw.until - draw.since),
        )


def _earliest(chance: Random, start: Start, session: Session) -> datetime:
    """A quarter of an hour on the clock that leaves time for the way and something to spare."""
    venue = session.venue
    way_s = drive_s((start.lat, start.lon), (venue.lat, venue.lon))
    spare = timedelta(minutes=chance.choice(_SPARE_MINUTES))
    leaving = session.starts_at - timedelta(seconds=way_s) - spare
    return leaving.replace(minute=leaving.minute // 15 * 15, second=0, microsecond=0)
