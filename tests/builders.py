"""Makes valid things: a test names only what it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pynamodb.connection import Connection

from chalicelib.adapters import Adapters
from chalicelib.domain.campaign import Campaign
from chalicelib.domain.change import Save, Thing
from chalicelib.domain.event import Event, Kind, Session, Venue
from chalicelib.domain.lift import Lift, Place
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import EventState, LiftState, OfferState, RequestState, SignUpState
from chalicelib.mail import Outbox
from chalicelib.storage.bookings import BookingStore
from chalicelib.storage.commit import commit
from chalicelib.storage.drafts import DraftStore
from chalicelib.storage.events import EventStore
from chalicelib.storage.limits import LimitStore
from chalicelib.storage.links import LinkStore
from chalicelib.storage.outbox import OutboxStore
from chalicelib.storage.turn_ups import TurnUpStore

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""When the stopped clock stands."""

SATURDAY_WEEK = date(2026, 11, 28)
"""The campaign day that things made here are on."""

TEN = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
"""When a session made here starts."""

ALTRINCHAM = Venue(
    address="Market House, Market Street",
    label="WA14 1SA",
    near="Altrincham",
    lat=53.3873,
    lon=-2.3495,
    constituency="E14001065",
)
CHORLTON = Start("M21 9AN", "near Chorlton (M21)", 53.4426, -2.2786, 100)
SALE = Start("M33 7XY", "near Sale (M33)", 53.4243, -2.3196, 100)
STRETFORD = Start("M32 0JT", "near Stretford (M32)", 53.4466, -2.3086, 100)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is told to go on."""

    at: datetime = FRIDAY

    def __call__(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def forward(self, **span: float) -> None:
        """Go on by that span: `clock.forward(hours=2)`."""
        self.at += timedelta(**span)


@dataclass(slots=True)
class Tokens:
    """Counts instead of drawing: every token differs, and every run draws the same."""

    drawn: int = 0

    def __call__(self) -> str:
        """The next token, 43 characters."""
        self.drawn += 1
        return f"token{self.drawn:038}"


@dataclass(slots=True)
class ListedQueues:
    """Queues that only keep what they were given."""

    letters: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)

    def mail(self, row_id: str) -> None:
        """Keep an outbox row's id."""
        self.letters.append(row_id)

    def match(self, day: str, now: datetime) -> None:  # noqa: ARG002 - a queue's manner
        """Keep a campaign day."""
        self.days.append(day)


def a_campaign(**given: Any) -> Campaign:
    """A campaign of no party, whose organisers are trusted."""
    facts: dict[str, Any] = {
        "id": "test",
        "name": "Open Doors",
        "tagline": "Find where you are needed.",
        "party": "",
        "margin_limit": 5.0,
        "sender": "Open Doors <lifts@open-doors.example>",
        "contact": "hello@open-doors.example",
        "zone": ZoneInfo("Europe/London"),
        "trusted": ("*",),
    }
    return Campaign(**(facts | given))


def a_world(connection: Connection, clock: Callable[[], datetime]) -> Adapters:
    """The world on the database that *connection* leads to: mail and queues only listen."""
    campaign = a_campaign()
    return Adapters(
        campaign=campaign,
        base_url="https://lifts.example",
        local=True,
        events=EventStore(clock),
        bookings=BookingStore(clock),
        links=LinkStore(clock),
        drafts=DraftStore(clock),
        outbox=OutboxStore(clock),
        limits=LimitStore(clock),
        turn_ups=TurnUpStore(),
        commit=lambda changes: commit(connection, changes, clock(), campaign.zone),
        mailer=Outbox(),
        queues=ListedQueues(),
        now=clock,
        token=Tokens(),
    )


def a_person(name: str = "Ann Lee") -> Person:
    """Somebody whose address follows from the name."""
    return Person(name, f"{name.split(maxsplit=1)[0].lower()}@example.org")


def an_event(**given: Any) -> Event:
    """A published canvass in Altrincham."""
    facts: dict[str, Any] = {
        "id": "event-autumncanvas",
        "kind": Kind.CANVASS,
        "title": "Autumn canvass",
        "description": "We knock on doors in pairs.",
        "organiser": a_person("Olu Adeyemi"),
        "venue": ALTRINCHAM,
        "meeting_point": "By the market clock",
        "accessibility": "Level pavements",
        "state": EventState.PUBLISHED,
        "created_at": FRIDAY,
        "ends_at": TEN + timedelta(hours=3),
    }
    return Event(**(facts | given))


def a_session(event: Event | None = None, number: int = 1, **given: Any) -> Session:
    """A session of three hours from ten o'clock, with room for 30."""
    event = event or an_event()
    facts: dict[str, Any] = {
        "id": f"{event.id}-{number}",
        "event_id": event.id,
        "starts_at": TEN,
        "ends_at": TEN + timedelta(hours=3),
        "minimum": 4,
        "target": 20,
        "maximum": 30,
        "free": 30,
        "published": event.state is EventState.PUBLISHED,
        "title": event.title,
        "kind": event.kind,
        "venue": event.venue,
    }
    return Session(**(facts | given))


def a_signup(**given: Any) -> SignUp:
    """Somebody who comes to the session by their own means."""
    facts: dict[str, Any] = {
        "id": "signup-20261128-aaaaaaaaaaaa",
        "person": a_person("Sue Grant"),
        "session_id": a_session().id,
        "people": 1,
        "state": SignUpState.COMING,
        "told": 1,
        "created_at": FRIDAY,
        "session_starts_at": TEN,
        "session_ends_at": TEN + timedelta(hours=3),
    }
    return SignUp(**(facts | given))


def an_offer(**given: Any) -> Offer:
    """A driver from Chorlton with three places."""
    facts: dict[str, Any] = {
        "id": "offer-20261128-aaaaaaaaaaaa",
        "person": a_person("Dan Price"),
        "start": CHORLTON,
        "seats": Places(standard=3),
        "earliest_at": TEN - timedelta(hours=3),
        "detour_limit_s": 1800,
        "sessions": (a_session().id,),
        "both_ways": True,
        "state": OfferState.OPEN,
        "created_at": FRIDAY,
        "told": {a_session().id: 1},
    }
    return Offer(**(facts | given))


def a_request(**given: Any) -> Request:
    """A rider from Stretford."""
    facts: dict[str, Any] = {
        "id": "request-20261128-aaaaaaaaaaaa",
        "person": a_person("Ria Shah"),
        "start": STRETFORD,
        "needs": Places(standard=1),
        "earliest_at": TEN - timedelta(hours=3),
        "extra_limit_s": 1800,
        "sessions": (a_session().id,),
        "both_ways": True,
        "state": RequestState.WAITING,
        "created_at": FRIDAY,
        "told": {a_session().id: 1},
    }
    return Request(**(facts | given))


def a_place(request: Request | None = None, **given: Any) -> Place:
    """A request's place in a lift."""
    request = request or a_request()
    facts: dict[str, Any] = {
        "request_id": request.id,
        "rider": request.person.first_name,
        "start": request.start,
        "needs": request.needs,
        "pickup_at": TEN - timedelta(minutes=35),
        "drop_at": TEN + timedelta(hours=3, minutes=25),
    }
    return Place(**(facts | given))


def a_lift(places: Sequence[Place] = (), offer: Offer | None = None, **given: Any) -> Lift:
    """A lift from Chorlton by way of Stretford, proposed."""
    event, session, offer = an_event(), a_session(), offer or an_offer()
    kept = tuple(places) or (a_place(),)
    facts: dict[str, Any] = {
        "id": "lift-20261128-aaaaaaaaaaaa",
        "event_id": event.id,
        "session_id": session.id,
        "edition": 1,
        "title": event.title,
        "venue": event.venue,
        "meeting_point": event.meeting_point,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "offer_id": offer.id,
        "driver": offer.person.first_name,
        "start": offer.start,
        "leave_at": TEN - timedelta(minutes=50),
        "places": kept,
        "arrive_at": TEN - timedelta(minutes=5),
        "back_at": session.ends_at,
        "drops": tuple(place.request_id for place in kept),
        "home_at": session.ends_at + timedelta(minutes=45),
        "state": LiftState.PROPOSED,
        "respond_by": FRIDAY + timedelta(hours=24),
        "run": 1,
    }
    return Lift(**(facts | given))


def store(world: Adapters, *things: Thing) -> None:
    """Put *things* in the database as they are, with nothing owed for them."""
    world.commit([Save(thing) for thing in things])


def a_lift_day(world: Adapters, *, state: LiftState = LiftState.ACCEPTED) -> Lift:
    """Store a day with one car: Dan drives Ria and Bo, whose lift is in *state*."""
    riding = RequestState.OFFERED if state is LiftState.PROPOSED else RequestState.CONFIRMED
    lift_id = "lift-20261128-aaaaaaaaaaaa"
    ria = a_request(state=riding, lift_id=lift_id)
    bo = a_request(
        id="request-20261128-bbbbbbbbbbbb",
        person=a_person("Bo Hall"),
        start=SALE,
        needs=Places(standard=2),
        state=riding,
        lift_id=lift_id,
    )
    offer = an_offer(lift_id=lift_id)
    places = (a_place(ria), a_place(bo, pickup_at=TEN - timedelta(minutes=20)))
    lift = a_lift(places, offer, id=lift_id, state=state)
    session = a_session(free=30 - lift.people)
    store(world, an_event(), session, offer, ria, bo, lift)
    return lift


def owed(world: Adapters) -> list[tuple[str, str, str]]:
    """(letter, thing, about) of every letter that is owed and unclaimed, in that order."""
    rows = world.outbox.owed("mail", older_than=timedelta(seconds=-1))
    return sorted((row["letter"], row["thing"], row["about"]) for row in rows)


def a_link(world: Adapters, thing_id: str, purpose: Purpose) -> str:
    """Mint a link as a letter would, and return its path."""
    token = world.token()
    world.links.add(thing_id, token, purpose, world.now() + timedelta(days=30))
    return f"/{purpose}/{thing_id}/{token}"
