"""The sample's events and their sessions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from chalicelib.domain import ids
from chalicelib.domain.event import Event, Kind, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.people import Person
from chalicelib.domain.states import EventState
from chalicelib.domain.wall_time import instant
from infra.sample import ground, words
from infra.sample.ground import Ground
from infra.sample.shifts import times

FIRST = ids.derived("event", None, "sample event 1")
"""The id of the event that is stored first."""

OPENED = timedelta(days=14)
"""How long before the sample's day its events were created; people have booked since."""

ORGANISERS = 24

KINDS: Mapping[Kind, int] = {
    Kind.CANVASS: 22,
    Kind.LEAFLET: 6,
    Kind.PHONE_BANK: 4,
    Kind.TRAINING: 3,
    Kind.MEETING: 2,
    Kind.FOOD_BANK: 3,
}
"""Kind -> how many events of it: 40 in all."""

_TARGETS: Mapping[Kind, tuple[int, ...]] = {
    Kind.CANVASS: (10, 12, 12, 16, 20, 24, 30),
    Kind.LEAFLET: (8, 10, 12, 16),
    Kind.PHONE_BANK: (12, 20, 30),
    Kind.TRAINING: (12, 15, 20),
    Kind.MEETING: (20, 30),
    Kind.FOOD_BANK: (8, 10, 12),
}
_ROOM = (2, 4, 6, 10)
"""People beyond the target that there is room for."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event with its sessions, by their start."""

    event: Event
    sessions: tuple[Session, ...]


def gatherings(
    chance: Random,
    grounds: Sequence[Ground],
    people: Iterator[Person],
    today: date,
    zone: ZoneInfo,
) -> list[Gathering]:
    """Every event: each seat has a canvass, and its share of everything else."""
    organisers = [next(people) for _ in range(ORGANISERS)]
    kinds = _kinds(chance, len(grounds))
    titles = {kind: iter(chance.sample(all_of, len(all_of))) for kind, all_of in _titles()}
    created_at = opened_at(today, zone)
    made = []
    for number, kind in enumerate(kinds):
        on = grounds[number % len(grounds)]
        organiser = organisers[(number + len(grounds) * chance.randrange(2)) % ORGANISERS]
        event = _event(chance, number + 1, kind, on, organiser, next(titles[kind]), created_at)
        sessions = _sessions(chance, event, today, zone)
        last = max(session.ends_at for session in sessions)
        made.append(Gathering(replace(event, ends_at=last), sessions))
    return made


def opened_at(today: date, zone: ZoneInfo) -> datetime:
    """When the events of the sample of *today* were created; `opened_for` is the way back."""
    return instant(today - OPENED, time(12), zone)


def opened_for(created_at: datetime, zone: ZoneInfo) -> date:
    """Of which day a sample is whose events were created then."""
    return created_at.astimezone(zone).date() + OPENED


def _kinds(chance: Random, seats: int) -> list[Kind]:
    """A canvass for each seat, as far as they go, then the rest by chance."""
    all_of = [kind for kind, count in KINDS.items() for _ in range(count)]
    firsts, rest = all_of[: min(seats, KINDS[Kind.CANVASS])], all_of[seats:]
    return firsts + chance.sample(rest, len(rest))


def _titles() -> list[tuple[Kind, tuple[str, ...]]]:
    return list(words.TITLES.items())


def _event(
    chance: Random,
    number: int,
    kind: Kind,
    on: Ground,
    organiser: Person,
    title: str,
    created_at: datetime,
) -> Event:
    venue = ground.venue(chance, on)
    access = words.ONLINE_ACCESSIBILITY if kind in ONLINE else chance.choice(words.ACCESSIBILITY)
    return Event(
        id=ids.derived("event", None, f"sample event {number}"),
        kind=kind,
        title=title.format(near=venue.near),
        description=chance.choice(words.DESCRIPTIONS[kind]),
        organiser=organiser,
        venue=venue,
        meeting_point=chance.choice(words.MEETING_POINTS[kind]),
        accessibility=access,
        state=EventState.PUBLISHED,
        created_at=created_at,
        ends_at=created_at,
    )


def _sessions(chance: Random, event: Event, today: date, zone: ZoneInfo) -> tuple[Session, ...]:
    target = chance.choice(_TARGETS[event.kind])
    maximum = target + chance.choice(_ROOM)
    return tuple(
        Session(
            id=f"{event.id}-{number}",
            event_id=event.id,
            starts_at=starts_at,
            ends_at=ends_at,
            minimum=target // 3,
            target=target,
            maximum=maximum,
            free=maximum,
            published=True,
            title=event.title,
            kind=event.kind,
            venue=event.venue,
        )
        for number, (starts_at, ends_at) in enumerate(times(chance, event.kind, today, zone), 1)
    )
