"""How many of those who say that they come do come: counts of people, and never who.

From what people answer afterwards, nothing else; whoever is silent does not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp

HALF_LIFE_DAYS = 28
"""After four weeks an answer counts half: a campaign's last weekends are not like its first."""

PRIOR_PEOPLE = 20
"""The configured rate counts as the answers of so many people. Ten who stayed at home on one wet
Sunday then move 70 % to 47 %, not to nothing; after a hundred answers it hardly counts."""


@dataclass(frozen=True, slots=True)
class TurnUp:
    """One campaign day.

    Attributes
    ----------
    day
        "2026-11-28".
    said
        People whose party, or who themselves, have said whether they came.
    came
        Those of them who did.
    """

    day: str
    said: int
    came: int


def count(day: str, things: Iterable[SignUp | Offer | Request | Lift]) -> TurnUp:
    """What people of that day have said, parties by their size."""
    answers = [
        (_people(thing), thing.came)
        for thing in things
        if not isinstance(thing, Lift) and thing.came is not None
    ]
    came = sum(people for people, came in answers if came)
    return TurnUp(day, sum(people for people, _ in answers), came)


def rate(days: Iterable[TurnUp], today: date, prior: float) -> float:
    """Share of those expected who come, 0 to 1; *prior* where nobody has said anything."""
    said, came = float(PRIOR_PEOPLE), PRIOR_PEOPLE * prior
    for one in days:
        age_days = max(0, (today - date.fromisoformat(one.day)).days)
        weight = 0.5 ** (age_days / HALF_LIFE_DAYS)
        said += weight * one.said
        came += weight * one.came
    return came / said


def _people(thing: SignUp | Offer | Request) -> int:
    match thing:
        case SignUp():
            return thing.people
        case Request():
            return thing.needs.total
        case Offer():
            return 1
