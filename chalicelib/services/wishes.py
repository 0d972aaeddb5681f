"""What offers and requests have in common: a day, an earliest time, sessions, one person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.change import Change, Claim
from chalicelib.domain.event import LATEST, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import OfferState, RequestState, ended
from chalicelib.errors import Conflict, Invalid


def check(
    world: Adapters, day: date, earliest_at: datetime, sessions: tuple[str, ...] | None
) -> Mapping[str, int]:
    """Refuse a wish that cannot be met; return each named session's edition.

    Raises
    ------
    Invalid
        When the day is past or far away, or the time is on another day.
    Conflict
        When a named session is not open, or on another day.
    """
    zone = world.campaign.zone
    today = world.now().astimezone(zone).date()
    if not today <= day <= today + LATEST:
        raise Invalid("That day is not one we plan for.", {"day": "Choose a day to come"})
    _check_earliest(world, day.isoformat(), earliest_at)
    found = world.events.sessions(sessions or ())
    for session_id in sessions or ():
        session = found.get(session_id)
        if session is None or not session.published or session.starts_at <= world.now():
            raise Conflict("This session is not open: it has begun, or was cancelled.")
        if session.day(zone) != day:
            raise Conflict("This session is on another day.")
        if session.kind in ONLINE:
            raise Conflict("This session is online: no lift is needed for it.")
        _check_before(session, earliest_at)
    return {session_id: session.edition for session_id, session in found.items()}


def check_again(world: Adapters, wish: Offer | Request, earliest_at: datetime) -> None:
    """Refuse another earliest time that cannot be meant.

    Raises
    ------
    Invalid
        When it is on another day, or after every session that *wish* names has started.
    """
    _check_earliest(world, ids.day_of(wish.id), earliest_at)
    named = world.events.sessions(wish.sessions or ())
    if named:
        _check_before(max(named.values(), key=lambda one: one.starts_at), earliest_at)


def _check_before(session: Session, earliest_at: datetime) -> None:
    if earliest_at >= session.starts_at:
        raise Invalid(
            "You would leave after the session has started.",
            {"earliest": "Give a time before the session starts"},
        )


def _check_earliest(world: Adapters, day: str, earliest_at: datetime) -> None:
    """Refuse an earliest time that lies on another day than *day*."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=world.campaign.zone)
    # Half a day before counts as well: "at the earliest the evening before" asks nothing.
    begins = midnight.astimezone(UTC) - timedelta(hours=12)
    ends = (midnight + timedelta(days=1)).astimezone(UTC)
    if not begins <= earliest_at < ends:
        raise Invalid(
            "The earliest time must be on the day of the session.",
            {"earliest": "Give a time on that day"},
        )


def claim(wish: Offer | Request) -> Claim:
    """One lift a person and day. Somebody who would drive or ride holds it by the request."""
    holder = wish.id if isinstance(wish, Request) else wish.either_with or wish.id
    refusal = (
        "You already have a lift, or have asked for one, on that day. The link in our letter "
        "about it shows and changes it."
    )
    return Claim(ids.day_of(holder), f"lift-{wish.person.key}", holder, refusal)


def released(world: Adapters, wish: Offer | Request) -> list[Change]:
    """Let go of the claim of a wish that ends here, so that its owner can ask again.

    Not while the same person's other self still needs it, and not before it was confirmed:
    then it holds none.
    """
    if wish.state in {OfferState.UNCONFIRMED, RequestState.UNCONFIRMED}:
        return []
    other = world.bookings.many([wish.either_with]).get(wish.either_with)
    if isinstance(other, Offer | Request) and not ended(other.state):
        return []
    return [replace(claim(wish), release=True)]
