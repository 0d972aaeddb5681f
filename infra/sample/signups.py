"""The sample's sign-ups: one session full, some nearly, most with a few people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from chalicelib.domain import ids
from chalicelib.domain.event import Session
from chalicelib.domain.people import Person
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import SignUpState

SIGN_UPS = 200
NEARLY_FULL = 5
PARTIES = (1, 1, 1, 1, 2, 2, 3)
CALM = 0.5
"""Of the places in other sessions, as many as this share are taken."""


def sign_ups(
    chance: Random,
    sessions: Sequence[Session],
    full: Session,
    people: Iterator[Person],
    created: tuple[datetime, datetime],
    zone: ZoneInfo,
) -> tuple[SignUp, ...]:
    """`SIGN_UPS` of them: *full* is filled up, `NEARLY_FULL` others to their last places."""
    return tuple(
        SignUp(
            id=ids.derived("signup", session.day(zone), f"sample sign-up {number}"),
            person=next(people),
            session_id=session.id,
            people=party,
            state=SignUpState.COMING,
            told=1,
            created_at=created[0] + chance.random() * (created[1] - created[0]),
        )
        for number, (session, party) in enumerate(_parties(chance, sessions, full), 1)
    )


def _parties(
    chance: Random, sessions: Sequence[Session], full: Session
) -> Iterator[tuple[Session, int]]:
    """Who comes where: a session, and how many together."""
    room = _room(chance, sessions, full)
    liked = {one.id: chance.choice((1, 2, 4)) for one in sessions}
    coming: Counter[str] = Counter()
    for _ in range(SIGN_UPS):
        open_to = [one for one in sessions if coming[one.id] < room[one.id]]
        # Those that are to be full come first, or chance might leave them empty.
        busy = [one for one in open_to if room[one.id] > CALM * one.maximum] or open_to
        [session] = chance.choices(busy, [liked[one.id] for one in busy])
        party = min(chance.choice(PARTIES), room[session.id] - coming[session.id])
        coming[session.id] += party
        yield session, party


def _room(chance: Random, sessions: Sequence[Session], full: Session) -> dict[str, int]:
    """Session id -> places that are taken at most."""
    others = [one for one in sessions if one.id != full.id]
    nearly = chance.sample(others, NEARLY_FULL)
    room = {one.id: int(CALM * one.maximum) for one in sessions}
    room |= {one.id: one.maximum - chance.choice((1, 2)) for one in nearly}
    return room | {full.id: full.maximum}
