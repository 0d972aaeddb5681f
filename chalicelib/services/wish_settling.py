"""Offers and requests that wait, held against their sessions and the time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, Save
from chalicelib.domain.event import Session
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import OfferState, RequestState
from chalicelib.services import wishes
from chalicelib.services.campaign_day import is_open, midnight, soonest
from chalicelib.storage.bookings import Booking

Sessions = Mapping[str, Session]


class _Fate(Enum):
    """What has happened to what somebody wished for."""

    OPEN = auto()
    MOVED = auto()
    OVER = auto()
    PAST = auto()


def busy(things: Iterable[Booking]) -> set[str]:
    """Ids of offers and requests whose owner is in a lift by the other of the two."""
    return {
        one.either_with
        for one in things
        if isinstance(one, (Offer, Request)) and one.lift_id and one.either_with
    }


def spare_changes(world: Adapters, wish: Booking) -> list[Change]:
    """The other of the two, by which its owner is in a lift, was the one: after its day it ends.

    Nobody hears of it: their letters were about the lift.
    """
    if world.now() < midnight(world, ids.day_of(wish.id)) + timedelta(hours=25):
        return []
    match wish:
        case Offer(state=OfferState.OPEN, lift_id=""):
            return [Save(offer_rules.expire(wish))]
        case Request(state=RequestState.WAITING):
            return [Save(request_rules.expire(wish))]
    return []


def offer_changes(world: Adapters, offer: Offer, sessions: Sessions) -> list[Change]:
    """What becomes of an open offer that is in no lift."""
    fate = _fate(world, offer, sessions)
    if fate in {_Fate.OVER, _Fate.PAST}:
        moved = offer_rules.expire(offer)
        if fate is _Fate.OVER:
            moved = offer_rules.call_off(moved, offer.sessions or ())
        owed = OweLetter(LetterName.CANCELLED, offer.id, offer.version + 1, "event")
        told = [owed] if fate is _Fate.OVER else []
        return [Save(moved), *wishes.released(world, offer), *told]
    if fate is _Fate.MOVED:
        owed = OweLetter(LetterName.CHANGED, offer.id, offer.version + 1, "session")
        return [Save(replace(offer, told=_editions(offer, sessions))), owed]
    return []


def request_changes(world: Adapters, request: Request, sessions: Sessions) -> list[Change]:
    """What becomes of a waiting request."""
    fate = _fate(world, request, sessions)
    version = request.version + 1
    if fate in {_Fate.OVER, _Fate.PAST}:
        moved = request_rules.give_up(request)
        if fate is _Fate.OVER:
            moved = request_rules.call_off(moved, request.sessions or ())
        owed = (
            OweLetter(LetterName.CANCELLED, request.id, version, "event")
            if fate is _Fate.OVER
            else OweLetter(LetterName.NOT_PLACED, request.id, version)
        )
        return [Save(moved), *wishes.released(world, request), owed]
    if fate is _Fate.MOVED:
        owed = OweLetter(LetterName.CHANGED, request.id, version, "session")
        return [Save(replace(request, told=_editions(request, sessions))), owed]
    return []


def _fate(world: Adapters, wish: Offer | Request, sessions: Sessions) -> _Fate:
    """OVER: all its sessions were cancelled. PAST: it is too late to plan for any."""
    if wish.sessions is None:
        return _Fate.PAST if _too_late(world, wish, sessions) else _Fate.OPEN
    found = [sessions[one] for one in wish.sessions if one in sessions]
    if not any(one.published for one in found):
        return _Fate.OVER
    if not any(_is_open(world, wish, one) for one in found):
        return _Fate.PAST
    if any(one.edition > wish.told.get(one.id, 0) for one in found):
        return _Fate.MOVED
    return _Fate.OPEN


def _is_open(world: Adapters, wish: Offer | Request, session: Session) -> bool:
    if _lost(wish):
        return session.published and session.starts_at > world.now()
    return is_open(world, session)


def _too_late(world: Adapters, wish: Offer | Request, sessions: Sessions) -> bool:
    """Whether the day's last session, or without any the day itself, is too near."""
    starts = [one.starts_at for one in sessions.values() if one.published]
    day_ends = midnight(world, ids.day_of(wish.id)) + timedelta(hours=24)
    planned = world.now() if _lost(wish) else soonest(world)
    return planned >= max(starts, default=day_ends)


def _lost(wish: Offer | Request) -> bool:
    """Whether an agreed lift fell from under them: they may find a car until the last minute."""
    return isinstance(wish, Request) and bool(wish.lost)


def _editions(wish: Offer | Request, sessions: Sessions) -> dict[str, int]:
    return {one: sessions[one].edition for one in wish.sessions or () if one in sessions}
