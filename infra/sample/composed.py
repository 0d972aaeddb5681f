"""The whole sample, as it will be stored: a pure function of the campaign and the day."""

from dataclasses import dataclass
from datetime import date, time
from random import Random

from chalicelib.domain.campaign import Campaign
from chalicelib.domain.event import Event, Kind, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.wall_time import instant
from infra.sample.gatherings import Gathering, gatherings, opened_at
from infra.sample.ground import marginals, survey
from infra.sample.people import people
from infra.sample.signups import sign_ups
from infra.sample.trips import Chances
from infra.sample.wishes import wishes

SEED = "Open Doors"
"""Another text gives another sample."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything, as new things (version 0).

    Attributes
    ----------
    sessions
        With all their places free: sign-ups take theirs when they are stored.
    cancelled
        Id of the event that its organiser cancels afterwards; some mean to come to it. ""
        where there are no events.
    full
        Id of the session whose every place is taken.
    """

    events: tuple[Event, ...] = ()
    sessions: tuple[Session, ...] = ()
    signups: tuple[SignUp, ...] = ()
    offers: tuple[Offer, ...] = ()
    requests: tuple[Request, ...] = ()
    cancelled: str = ""
    full: str = ""


def compose(campaign: Campaign, today: date) -> Sample:
    """The sample of that day; an empty one for a campaign without marginals."""
    chance, zone = Random(SEED), campaign.zone  # noqa: S311 - the same each time is the point
    grounds = survey(chance, marginals(campaign))
    if not grounds:
        return Sample()
    persons = people(chance)
    made = gatherings(chance, grounds, persons, today, zone)
    sessions = tuple(session for one in made for session in one.sessions)
    full, cancelled = _full(made), _cancelled(made)
    by_car = [one for one in sessions if one.kind not in ONLINE]
    open_to = [one for one in by_car if one.event_id not in {full.event_id, cancelled}]
    booked = opened_at(today, zone), instant(today, time(0), zone)
    offers, requests = wishes(Chances(chance, open_to, grounds, persons, zone, *booked))
    return Sample(
        events=tuple(one.event for one in made),
        sessions=sessions,
        signups=sign_ups(chance, sessions, full, persons, booked, zone),
        offers=offers,
        requests=requests,
        cancelled=cancelled,
        full=full.id,
    )


def _full(made: list[Gathering]) -> Session:
    """The smallest canvass: what fills up first."""
    sessions = [one.sessions[0] for one in made if one.event.kind is Kind.CANVASS]
    return min(sessions, key=lambda one: (one.maximum, one.id))


def _cancelled(made: list[Gathering]) -> str:
    """The last leafleting: people will be told why, and nothing is lost for good."""
    return [one.event.id for one in made if one.event.kind is Kind.LEAFLET][-1]
