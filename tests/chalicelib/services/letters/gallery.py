"""Every letter in every state in which it may go out: each as it would really be sent."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain import reminders
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.event import Event
from chalicelib.domain.lift import Ask, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import EventState, LiftState, OfferState, RequestState
from chalicelib.mail import Outbox
from chalicelib.mime import Letter
from chalicelib.services import letters
from chalicelib.services.letters.truth import TRUE_IN, Thing
from tests.builders import (
    FRIDAY,
    SALE,
    STRETFORD,
    TEN,
    Clock,
    a_lift,
    a_person,
    a_place,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
)
from tests.chalicelib.services.letters.post import row_of


@dataclass(frozen=True, slots=True)
class Case:
    """One letter about one kind of thing in one state."""

    name: LetterName
    about: str
    kind: type[Thing]
    state: Any

    def __str__(self) -> str:
        words = (self.name, self.about, self.kind.__name__.lower(), self.state)
        return "-".join(str(word) for word in words if word)


ABOUTS = {
    LetterName.REMINDER: reminders.BEFORE,
    LetterName.EVENT_PUBLISHED: ("", "again"),
}
"""What letters of one template may be about."""

CASES = [
    Case(name, about, kind, state)
    for (name, one), kinds in TRUE_IN.items()
    for about in ABOUTS.get(name, (one,))
    for kind, states in kinds.items()
    for state in sorted(states)
]


@dataclass(frozen=True, slots=True)
class Words:
    """What people typed, where a test puts in words of its own."""

    title: str = "Autumn canvass"
    description: str = "We knock on doors in pairs.\nNobody goes alone."
    meeting_point: str = "By the market clock"
    name: str = "Ria Shah"
    driver: str = "Dan Price"


def send(world: Adapters, things: Sequence[Any], owed: OweLetter) -> list[Letter]:
    """Store *things*, owe the letter in the same commit, deliver it; what has been sent."""
    assert isinstance(world.mailer, Outbox)
    world.commit([*map(Save, things), owed])
    letters.deliver(world, row_of(owed))
    return world.mailer.letters


def letter_of(world: Adapters, case: Case, words: Words, tail: str) -> Letter:
    """The letter of *case*, about things whose ids end in *tail*, stored so that it is true."""
    things = list(_things(case, words, tail))
    about = next(thing for thing in things if isinstance(thing, case.kind))
    with _at_its_moment(world, case):
        [letter] = send(world, things, OweLetter(case.name, about.id, 1, case.about))
    return letter


@contextmanager
def _at_its_moment(world: Adapters, case: Case) -> Iterator[None]:
    """The clock stands where a reminder is sent, and for other letters where it did."""
    assert isinstance(world.now, Clock)
    before = world.now.at
    leave_at = TEN if case.kind is SignUp else a_lift().leave_at
    moments = reminders.moments(leave_at, a_lift().ends_at, world.campaign.zone)
    world.now.at = moments.get(case.about or str(case.name), before)
    yield
    world.now.at = before


_WRITTEN: dict[Words, dict[Case, Letter]] = {}


def letters_of(world: Adapters, words: Words) -> Mapping[Case, Letter]:
    """The letters of all cases, written once for all tests: a world for each takes long."""
    if words not in _WRITTEN:
        first = 1000 * len(_WRITTEN)
        _WRITTEN[words] = {
            case: letter_of(replace(world, mailer=Outbox()), case, words, f"{number:012}")
            for number, case in enumerate(CASES, start=first)
        }
    return _WRITTEN[words]


def _things(case: Case, words: Words, tail: str) -> Iterator[Any]:
    """The event and its sessions, and whatever the letter is about, as they are stored."""
    event = an_event(
        id=f"event-{tail}",
        title=words.title,
        description=words.description,
        meeting_point=words.meeting_point,
        organiser=Person(words.name, "olu@example.org"),  # each within the budget of a day
        state=case.state if case.kind is Event else EventState.PUBLISHED,
        cancelled_at=_ended_at(case),
    )
    off = case.about.startswith("event") or event.state is not EventState.PUBLISHED
    first = a_session(event, published=not off)
    later = a_session(
        event, 2, starts_at=TEN + timedelta(hours=4), ends_at=TEN + timedelta(hours=6)
    )
    yield from (event, first, later)
    if case.kind is SignUp:
        yield a_signup(
            id=f"signup-20261128-{tail}",
            session_id=first.id,
            state=case.state,
            people=2,
            person=Person(words.name, "sue@example.org"),
            ended_at=_ended_at(case),
        )
    elif case.kind is not Event:
        yield from _car(case, words, tail, event)


def _car(case: Case, words: Words, tail: str, event: Event) -> Iterator[Any]:
    """An offer, two requests, and the lift that they are in, if any."""
    sessions = (f"{event.id}-1", f"{event.id}-2")
    offer = an_offer(
        id=f"offer-20261128-{tail}",
        person=Person(words.driver, "dan@example.org"),
        sessions=sessions,
    )
    ria = a_request(
        id=f"request-20261128-{tail}",
        person=Person(words.name, "ria@example.org"),
        needs=Places(standard=1, wheelchair=1),
        sessions=sessions,
        help="You could be placed if you can leave by 8:15.",
    )
    sam = a_request(id=f"request-20261128-sam{tail}", person=a_person("Sam Po"), start=SALE)
    if case.kind is Offer:
        yield replace(offer, state=case.state, ended_at=_ended_at(case))
        return
    fell = case.about in {"driver", "way_back"} and case.state is not RequestState.CONFIRMED
    state = LiftState.CANCELLED if fell else LiftState.ACCEPTED
    state = case.state if case.kind is Lift else state
    there = case.kind is Lift or case.state is RequestState.CONFIRMED
    places = [_place(ria, 35), _place(sam, 20)]
    lift = a_lift(
        places,
        offer,
        id=f"lift-20261128-{tail}",
        event_id=event.id,
        session_id=sessions[0],
        title=event.title,
        meeting_point=event.meeting_point,
        state=state,
        drops=(sam.id, ria.id),
    )
    if case.name is LetterName.PLACE_ASKED:
        lift = replace(lift, asks=(_ask(f"request-20261128-tia{tail}", words),))
    if case.name is LetterName.REQUEST_WAITING and case.state is RequestState.OFFERED:
        ria, lift, there = replace(ria, car=offer.id), replace(lift, state=LiftState.PROPOSED), True
    if case.kind is Request:
        lost = lift.id if fell else ""
        stored = replace(ria, state=case.state, lift_id=lift.id if there else "", lost=lost)
        yield replace(stored, ended_at=_ended_at(case))
    else:
        lost = lift.id if state is LiftState.CANCELLED else ""
        yield from (replace(ria, lost=lost), replace(sam, lost=lost))
    if fell:
        yield lift
    if there:
        yield from (replace(offer, lift_id=lift.id, state=OfferState.OPEN), lift)


def _ended_at(case: Case) -> datetime | None:
    """What its owner ended just now can be undone."""
    return FRIDAY if case.about.startswith("by_you") else None


def _ask(request_id: str, words: Words) -> Ask:
    until = FRIDAY + timedelta(hours=20)
    rider = Person(words.name, "tia@example.org").first_name
    return Ask(request_id, rider, STRETFORD, Places(standard=2), back=True, until=until)


def _place(request: Request, minutes: int) -> Any:
    back_at = TEN + timedelta(hours=3, minutes=minutes - 8)
    return a_place(request, pickup_at=TEN - timedelta(minutes=minutes), drop_at=back_at)
