"""Lifts: one car's plan for one session, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.event import Venue
from chalicelib.domain.people import Start
from chalicelib.domain.places import Places
from chalicelib.domain.states import LiftState, step, step_back

EARLY = timedelta(minutes=5)
"""How long before the start a car arrives (MATCHING section 1, `early_s`)."""

DWELL = timedelta(minutes=1)
"""How long a stop takes (MATCHING section 1, `dwell_s`)."""

LOCKED_BEFORE = timedelta(hours=3)
"""How long before leaving a lift is left alone by the matching."""

LAST_CALL = timedelta(hours=1)
"""How long before leaving the last rider may join: drivers do not read letters on the road."""

ANSWER_AT_LEAST = timedelta(minutes=30)
"""The least time that a driver is given to answer, whatever the campaign allows."""

SEEN_BEFORE = timedelta(hours=48)
"""How long before leaving the driver sees the exact pickup (PROMISES section 4)."""

SEEN_AFTER = timedelta(hours=6)
"""How long after the end the driver still sees it."""

HOLDING = frozenset({LiftState.PROPOSED, LiftState.ACCEPTED, LiftState.LOCKED})
"""States in which a lift holds its driver and its riders."""


@dataclass(frozen=True, slots=True)
class Place:
    """One request inside a lift.

    Attributes
    ----------
    rider
        The rider's first name.
    start
        Where they are picked up; the driver sees `area` until `SEEN_BEFORE`.
    pickup_at
        When the car reaches them; aware, UTC.
    drop_at
        When they are back there; None when they do not need the way back.
    """

    request_id: str
    rider: str
    start: Start
    needs: Places
    pickup_at: datetime
    drop_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that waits for the driver of an agreed lift to say yes. Its places are held.

    Attributes
    ----------
    rider
        The rider's first name.
    back
        Whether they need the way back.
    until
        Until when the driver may answer; then the rider is offered elsewhere.
    """

    request_id: str
    rider: str
    start: Start
    needs: Places
    back: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Lift:
    """One car, one session.

    Attributes
    ----------
    title, venue, meeting_point, starts_at, ends_at, edition
        The session's, as the driver and the riders were told of it.
    driver, start
        The driver's first name, and where they set out.
    places
        In pickup order.
    drops
        Ids of the requests in the order in which they are taken back.
    back_at, home_at
        When the car leaves the session, and when the driver is home; None: one way only.
    respond_by
        Until when the driver may accept; then the riders are offered elsewhere.
    run
        The run that made it: its fencing token.
    alone_s
        Seconds that the driver would drive without riders, as that run knew the roads; out,
        and back where the lift goes back. None in lifts of older releases.
    seats
        Places for others in the car. None in lifts of older releases: no one can join those.
    auto
        Whether the driver takes whoever fits, without being asked each time.
    asks
        Requests that the driver has still to answer, once the lift is agreed.
    claimed
        Whether its people hold the claims of `services.holding`; not in older releases.
    declined_at
        When its driver said no; for undoing it.
    organiser_told
        Whether the event's organiser knows of the riders whom its end left without a lift.
    reminded
        The reminders that the driver has had of it, as `domain.reminders` names them.
    version
        Stored version; 0 before it is stored.
    """

    id: str
    event_id: str
    session_id: str
    edition: int
    title: str
    venue: Venue
    meeting_point: str
    starts_at: datetime
    ends_at: datetime
    offer_id: str
    driver: str
    start: Start
    leave_at: datetime
    places: tuple[Place, ...]
    arrive_at: datetime
    back_at: datetime | None
    drops: tuple[str, ...]
    home_at: datetime | None
    state: LiftState
    respond_by: datetime
    run: int
    alone_s: int | None = None
    seats: Places | None = None
    auto: bool = False
    asks: tuple[Ask, ...] = ()
    claimed: bool = False
    declined_at: datetime | None = None
    organiser_told: bool = False
    reminded: tuple[str, ...] = ()
    version: int = 0

    @property
    def people(self) -> int:
        """Everyone whose place in the session the lift holds, the driver and asks too."""
        return 1 + sum(one.needs.total for one in self.held)

    @property
    def held(self) -> tuple[Place | Ask, ...]:
        """What holds a place in the car."""
        return (*self.places, *self.asks)

    @property
    def free(self) -> Places:
        """Places in the car that nobody holds; none where they are not known."""
        if self.seats is None:
            return Places()
        return self.seats.less(one.needs for one in self.held)

    @property
    def rides(self) -> tuple[str, ...]:
        """Ids of every request that the lift holds a place for, those that ask too."""
        return tuple(one.request_id for one in self.held)

    def place(self, request_id: str) -> Place | None:
        """The place of that request, or None when it has none here."""
        return next((one for one in self.places if one.request_id == request_id), None)

    def ask(self, request_id: str) -> Ask | None:
        """The ask of that request, or None when it asks for nothing here."""
        return next((one for one in self.asks if one.request_id == request_id), None)

    def shows_pickups(self, now: datetime) -> bool:
        """Whether its driver may see the exact pickups now (PROMISES section 4)."""
        agreed = self.state in {LiftState.ACCEPTED, LiftState.LOCKED, LiftState.COMPLETED}
        return agreed and self.leave_at - SEEN_BEFORE <= now <= self.ends_at + SEEN_AFTER


def accept(lift: Lift) -> Lift:
    """The driver says yes."""
    return replace(lift, state=step(lift.state, LiftState.ACCEPTED))


def cancel(lift: Lift) -> Lift:
    """It does not happen."""
    return replace(lift, state=step(lift.state, LiftState.CANCELLED))


def decline(lift: Lift, *, at: datetime) -> Lift:
    """Its driver says no."""
    return replace(cancel(lift), declined_at=at)


def restore(lift: Lift, *, at: datetime) -> Lift:
    """Its driver thinks again about saying no: it is proposed as it was.

    Raises
    ------
    Conflict
        When they did not decline it, or too long ago.
    """
    return replace(lift, state=step_back(lift.state, lift.declined_at, at=at), declined_at=None)


def revive(lift: Lift, *, withdrawn_at: datetime | None, at: datetime) -> Lift:
    """Its driver comes after all: it is agreed again. Whoever asked for a place asks anew.

    Raises
    ------
    Conflict
        When it has not ended, or its driver withdrew too long ago.
    """
    proposed = replace(lift, state=step_back(lift.state, withdrawn_at, at=at))
    return replace(accept(proposed), asks=(), organiser_told=False)


def lock(lift: Lift) -> Lift:
    """It is too near to be moved."""
    return replace(lift, state=step(lift.state, LiftState.LOCKED))


def complete(lift: Lift) -> Lift:
    """Its session is over."""
    return replace(lift, state=step(lift.state, LiftState.COMPLETED))


def without_ask(lift: Lift, request_id: str) -> Lift:
    """The lift once that request asks no longer, whatever the answer was."""
    return replace(lift, asks=tuple(one for one in lift.asks if one.request_id != request_id))
