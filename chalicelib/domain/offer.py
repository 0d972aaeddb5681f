"""Offers: somebody who drives to a session and has places free."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.states import OfferState, step, step_again, step_back
from chalicelib.errors import Invalid


@dataclass(frozen=True, slots=True)
class Offer:
    """A driver's, for one campaign day.

    Attributes
    ----------
    seats
        Places for others; the driver's own is not counted.
    earliest_at
        Leaves no earlier; aware, UTC.
    detour_limit_s
        Seconds that the whole drive may last beyond the direct one.
    sessions
        Ids of the sessions that are welcome; None: wherever most needed.
    both_ways
        Whether the driver takes people back as well.
    either_with
        Id of the same person's request, of which at most one is used; "" for none.
    lift_id
        The lift that the driver is in now, or was in when it took place; "" for none.
    declined
        Ids of requests that the driver would not take; never proposed to them again.
    told
        Session id -> its edition that the driver has been told of.
    auto
        Whether whoever fits may join the car without the driver being asked each time.
    moved_at
        When, within the last hour, others changed the plan that the driver knows.
    ended_at, left
        When the driver withdrew it, and the agreed lift it was in then; for undoing it.
    told_off
        Ids of sessions that they were told are cancelled: should one be on after all, they are
        told that as well.
    came
        What the driver said afterwards: whether they drove. None: nothing yet.
    version
        Stored version; 0 before it is stored.
    """

    id: str
    person: Person
    start: Start
    seats: Places
    earliest_at: datetime
    detour_limit_s: int
    sessions: tuple[str, ...] | None
    both_ways: bool
    state: OfferState
    created_at: datetime
    either_with: str = ""
    lift_id: str = ""
    declined: tuple[str, ...] = ()
    told: Mapping[str, int] = field(default_factory=dict)
    auto: bool = False
    moved_at: tuple[datetime, ...] = ()
    ended_at: datetime | None = None
    left: str = ""
    told_off: tuple[str, ...] = ()
    came: bool | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if self.seats.total < 1:
            raise Invalid("Offer at least 1 place.", {"standard": "Enter 1 place or more"})


def confirm(offer: Offer) -> Offer:
    """The driver's address is theirs: the offer takes part from now on."""
    return replace(offer, state=step(offer.state, OfferState.OPEN))


def withdraw(offer: Offer, *, at: datetime, left: str = "") -> Offer:
    """The driver takes it back; *left* is the agreed lift that ends by it."""
    state = step(offer.state, OfferState.WITHDRAWN)
    # What was never confirmed cannot become so by an undo.
    ended_at = None if offer.state is OfferState.UNCONFIRMED else at
    return replace(offer, state=state, lift_id="", ended_at=ended_at, left=left)


def restore(offer: Offer, *, at: datetime) -> Offer:
    """The driver offers it after all.

    Raises
    ------
    Conflict
        When they did not withdraw it, or too long ago.
    """
    state = step_back(offer.state, offer.ended_at, at=at)
    return replace(offer, state=state, ended_at=None, left="")


def expire(offer: Offer) -> Offer:
    """Its day has passed, or its sessions are gone, without a lift."""
    return replace(offer, state=step(offer.state, OfferState.EXPIRED))


def take(offer: Offer, lift_id: str) -> Offer:
    """The driver is in that lift now."""
    return replace(offer, lift_id=lift_id)


def release(offer: Offer, *, declined: tuple[str, ...] = ()) -> Offer:
    """The driver is in no lift now, and would not take *declined*."""
    return replace(decline(offer, declined), lift_id="")


def decline(offer: Offer, declined: tuple[str, ...]) -> Offer:
    """The driver would not take those requests."""
    return replace(offer, declined=tuple(sorted({*offer.declined, *declined})))


def close(offer: Offer) -> Offer:
    """Its day is over; it keeps the lift that took place, if one did."""
    return replace(offer, state=step(offer.state, OfferState.CLOSED))


def happened(offer: Offer, *, came: bool) -> Offer:
    """The driver says whether they drove."""
    return replace(offer, came=came)


def call_off(offer: Offer, session_ids: Iterable[str]) -> Offer:
    """They are told that those sessions are cancelled."""
    return replace(offer, told_off=tuple(sorted({*offer.told_off, *session_ids})))


def call_on(offer: Offer, session_ids: Collection[str]) -> Offer:
    """Those sessions are on after all; what had ended with them goes on."""
    off = tuple(one for one in offer.told_off if one not in session_ids)
    return replace(offer, state=step_again(offer.state), told_off=off)
