"""What one commit may hold: things to save, places to take, letters that are owed.

A service collects these and hands them to `Adapters.commit`, which stores all of them in
one transaction or none. So no letter is ever owed for a state that was not stored.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.event import Event, Session
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp

Thing = Event | Session | SignUp | Offer | Request | Lift


@dataclass(frozen=True, slots=True)
class Save:
    """Store a thing, new (version 0) or changed; refused when its version has moved on."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Take:
    """Take so many people's places of a session, refused when fewer are free.

    A negative count gives places back. Counted in the store, not from a page's old view.
    """

    session_id: str
    people: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One person, one thing: refused when another than *holder* holds *key* on that day.

    Attributes
    ----------
    day
        Campaign day, "2026-11-28".
    key
        What can be held once, such as a lift of this person.
    holder
        Id of the thing that holds it.
    refusal
        What to say when another holds it.
    release
        Let go of it instead, where it is held by *holder*.
    """

    day: str
    key: str
    holder: str
    refusal: str
    release: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """Refused when a later run has begun on that day (PROMISES R9)."""

    day: str
    run: int


class LetterName(StrEnum):
    """Every letter we write; each has three templates of that name."""

    CONFIRM_ADDRESS = "confirm_address"
    EVENT_IN_REVIEW = "event_in_review"
    EVENT_TO_REVIEW = "event_to_review"
    EVENT_PUBLISHED = "event_published"
    EVENT_CHANGED = "event_changed"
    SIGNUP_COMING = "signup_coming"
    OFFER_OPEN = "offer_open"
    REQUEST_WAITING = "request_waiting"
    LIFT_PROPOSED = "lift_proposed"
    LIFT_ACCEPTED = "lift_accepted"
    LIFT_CONFIRMED = "lift_confirmed"
    PLACE_ASKED = "place_asked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    NOT_PLACED = "not_placed"
    RIDERS_STRANDED = "riders_stranded"
    REMINDER = "reminder"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class OweLetter:
    """A letter about *thing_id*, owed once for that version of it.

    Attributes
    ----------
    about
        What happened, as a word that the letter's template knows; may be empty.
    after
        Hold it until then. What is owed again for the same instant takes its place, so that
        one letter tells of all that changed meanwhile. None, or past: at once.
    """

    name: LetterName
    thing_id: str
    version: int
    about: str = ""
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class OweRun:
    """A run of the matching for a campaign day, "2026-11-28"."""

    day: str


Change = Save | Take | Claim | Fence | OweLetter | OweRun
