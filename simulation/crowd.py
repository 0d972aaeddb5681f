"""A crowd before a few cars: one session, its cars, and many people who want a place.

They live in one street, so that every car can take every one of them, and only the places decide.
"""

import os
from datetime import UTC, datetime, timedelta

import boto3

from chalicelib import config, wiring
from chalicelib.adapters import Adapters
from chalicelib.domain.change import Change, Claim, Save
from chalicelib.domain.event import Event, Kind, Session, Venue
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import EventState, OfferState, RequestState
from chalicelib.services import wishes
from infra import stack

REGION, PREFIX = "eu-west-2", "crowd"
ENVIRONMENT = {
    "MARGINAL_STAGE": "local",
    "MARGINAL_CAMPAIGN": "sample",
    "MARGINAL_BASE_URL": "https://lifts.example",
    "MARGINAL_TABLE_PREFIX": PREFIX,
    # Nothing is sent from here: what is owed stays in the outbox.
    "MARGINAL_MAIL_QUEUE_URL": "http://127.0.0.1:1/nobody/mail",
    "MARGINAL_MATCH_QUEUE_URL": "http://127.0.0.1:1/nobody/match",
    "AWS_DEFAULT_REGION": REGION,
}
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
DAY = "20261128"
SEATS = 4

VENUE = Venue("Market House", "WA14 1SA", "Altrincham", 53.3873, -2.3495, "E14001065")
STREET = Start("M32 0JT", "near Stretford (M32)", 53.4466, -2.3086, 100)
AT_ONCE = 40
"""Things stored in one transaction; each rider comes with a claim, and 100 is the most."""


def rider_id(number: int) -> str:
    """The request of that rider."""
    return f"request-{DAY}-r{number:06}"


def car_id(number: int) -> str:
    """The offer of that driver."""
    return f"offer-{DAY}-c{number:06}"


def world(address: str) -> Adapters:
    """The service's world on the database at that address; its clock stands."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}
    known = config.Settings.from_env(ENVIRONMENT)
    return wiring.made(known, address, clock=_now, chance=_no_token)


def prepare(address: str, *, cars: int, riders: int) -> None:
    """Make the tables, a session with room for most of the cars' people, the cars, the riders."""
    there = world(address)
    client = boto3.client("dynamodb", region_name=REGION, endpoint_url=address)
    stack.create_tables(client, PREFIX)
    event, session = _event(), _session(maximum=cars * (SEATS + 1) - cars // 2)
    there.commit([Save(event), Save(session)])
    _store(there, [[Save(_offer(number, session))] for number in range(cars)])
    _store(there, [_rider(number, session) for number in range(riders)])


def _store(there: Adapters, groups: list[list[Change]]) -> None:
    for at in range(0, len(groups), AT_ONCE):
        there.commit([change for group in groups[at : at + AT_ONCE] for change in group])


def _event() -> Event:
    ends = STARTS + timedelta(hours=3)
    return Event(
        id="event-crowd",
        kind=Kind.CANVASS,
        title="Everybody comes",
        description="",
        organiser=Person("Olu Adeyemi", "olu@example.org"),
        venue=VENUE,
        meeting_point="By the clock",
        accessibility="",
        state=EventState.PUBLISHED,
        created_at=NOW,
        ends_at=ends,
    )


def _session(*, maximum: int) -> Session:
    return Session(
        id="event-crowd-1",
        event_id="event-crowd",
        starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=3),
        minimum=0,
        target=maximum,
        maximum=maximum,
        free=maximum,
        published=True,
        title="Everybody comes",
        kind=Kind.CANVASS,
        venue=VENUE,
    )


def _offer(number: int, session: Session) -> Offer:
    return Offer(
        id=car_id(number),
        person=Person("Dan Price", f"driver{number}@example.org"),
        start=STREET,
        seats=Places(standard=SEATS),
        earliest_at=STARTS - timedelta(hours=6),
        detour_limit_s=7200,
        sessions=(session.id,),
        both_ways=True,
        state=OfferState.OPEN,
        created_at=NOW,
        told={session.id: 1},
        auto=True,
    )


def _rider(number: int, session: Session) -> list[Change]:
    request = Request(
        id=rider_id(number),
        person=Person("Ria Shah", f"rider{number}@example.org"),
        start=STREET,
        needs=Places(standard=1),
        earliest_at=STARTS - timedelta(hours=6),
        extra_limit_s=7200,
        sessions=(session.id,),
        both_ways=True,
        state=RequestState.WAITING,
        created_at=NOW,
        told={session.id: 1},
    )
    claim: Claim = wishes.claim(request)
    return [Save(request), claim]


def _now() -> datetime:
    return NOW


def _no_token() -> str:
    return "t" * 43
