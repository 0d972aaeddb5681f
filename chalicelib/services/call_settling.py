"""Sessions that are cancelled, and perhaps on again: who was told of the one hears the other.

A cancellation can be undone for ten minutes, and a run may have told people in between. What
they were told is off stands in their bookings (`told_off`), so they hear that it is on, and
what had ended with it goes on. Lifts do not come back: their people are matched anew.
"""

from collections.abc import Mapping
from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain import signup as signup_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, Save
from chalicelib.domain.event import Session
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import OfferState, RequestState, SignUpState, ended
from chalicelib.services import wishes
from chalicelib.services.campaign_day import is_open
from chalicelib.storage.bookings import Booking

Sessions = Mapping[str, Session]


def changes(world: Adapters, thing: Booking, sessions: Sessions) -> list[Change]:
    """What becomes of somebody in no lift, when a session they know of is off, or on again."""
    match thing:
        case SignUp() if thing.told_off and thing.state is SignUpState.CANCELLED:
            return _coming_again(world, thing, sessions.get(thing.session_id))
        case Offer(state=OfferState.OPEN, lift_id="") | Request(state=RequestState.WAITING):
            return _on_again(world, thing, sessions) or _off(world, thing, sessions)
        case Offer(state=OfferState.EXPIRED) | Request(state=RequestState.NOT_PLACED):
            return _on_again(world, thing, sessions)
    return []


def _coming_again(world: Adapters, signup: SignUp, session: Session | None) -> list[Change]:
    """Their places were kept for them."""
    if session is None or not session.published or session.starts_at <= world.now():
        return []
    coming = signup_rules.tell(signup_rules.call_on(signup), session)
    return [Save(coming), _again(signup)]


def _on_again(world: Adapters, wish: Offer | Request, sessions: Sessions) -> list[Change]:
    named = {one: sessions[one] for one in wish.told_off if one in sessions}
    on = {one: session.edition for one, session in named.items() if is_open(world, session)}
    if not on:
        return []
    told = {**wish.told, **on}
    claimed = [wishes.claim(wish)] if ended(wish.state) else []
    if isinstance(wish, Offer):
        return [Save(replace(offer_rules.call_on(wish, on), told=told)), *claimed, _again(wish)]
    return [Save(replace(request_rules.call_on(wish, on), told=told)), *claimed, _again(wish)]


def _off(world: Adapters, wish: Offer | Request, sessions: Sessions) -> list[Change]:
    """One of several sessions is cancelled: who waits hears of it too (PROMISES 5.4)."""
    named = [sessions[one] for one in wish.sessions or () if one in sessions]
    ahead = [one for one in named if one.starts_at > world.now() and not one.published]
    off = {one.id for one in ahead} - set(wish.told_off)
    if not off:
        return []
    owed = OweLetter(LetterName.CANCELLED, wish.id, wish.version + 1, "event")
    if isinstance(wish, Offer):
        return [Save(offer_rules.call_off(wish, off)), owed]
    return [Save(request_rules.call_off(wish, off)), owed]


def _again(thing: SignUp | Offer | Request) -> OweLetter:
    return OweLetter(LetterName.CHANGED, thing.id, thing.version + 1, "again")
