"""What drivers do: offer places, change the offer, withdraw it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain import offer as rules
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.states import LiftState, OfferState, ended
from chalicelib.errors import Conflict
from chalicelib.services import days, lifts, wishes
from chalicelib.services.sending import once


@dataclass(frozen=True, slots=True)
class Answers:
    """What a driver may change while the offer is in no lift."""

    start: Start
    seats: Places
    earliest_at: datetime
    detour_limit_s: int
    both_ways: bool
    auto: bool = False


def make(
    world: Adapters,
    draft_id: str,
    *,
    person: Person,
    start: Start,
    seats: Places,
    day: date,
    earliest_at: datetime,
    detour_limit_s: int,
    sessions: tuple[str, ...] | None,
    both_ways: bool,
    auto: bool = False,
) -> Offer:
    """Store an offer that does not count yet, and ask for the address to be confirmed.

    Raises
    ------
    Invalid
        When an answer cannot be meant.
    Conflict
        When a session it names is not open.
    """
    told = wishes.check(world, day, earliest_at, sessions)
    offer = Offer(
        id=ids.derived("offer", day, draft_id),
        person=person,
        start=start,
        seats=seats,
        earliest_at=earliest_at,
        detour_limit_s=detour_limit_s,
        sessions=sessions,
        both_ways=both_ways,
        state=OfferState.UNCONFIRMED,
        created_at=world.now(),
        told=told,
        auto=auto,
    )
    changes: list[Change] = [Save(offer), OweLetter(LetterName.CONFIRM_ADDRESS, offer.id, 1)]
    return once(world, offer, changes, lambda: world.bookings.get(Offer, offer.id))


def confirm(world: Adapters, offer_id: str) -> Offer:
    """The driver's address is theirs: the offer takes part from the next run on.

    Raises
    ------
    Conflict
        When the same person has a lift on that day already.
    """
    offer = world.bookings.get(Offer, offer_id)
    if offer.state is not OfferState.UNCONFIRMED:
        return offer
    moved = rules.confirm(offer)
    world.commit(
        [
            Save(moved),
            wishes.claim(offer),
            OweLetter(LetterName.OFFER_OPEN, offer.id, offer.version + 1),
            *days.joined(world, ids.day_of(offer.id)),
        ]
    )
    return moved


def change(world: Adapters, offer: Offer, answers: Answers) -> Offer:
    """Put other answers into *offer*, as its owner saw it, while no lift is planned with it.

    Raises
    ------
    Invalid
        When an answer cannot be meant.
    Conflict
        When it is in a lift, has ended, or has been changed since.
    """
    if offer.lift_id:
        raise Conflict(
            "A lift is planned with your offer, so it stays as it is. Withdraw it and make "
            "another if you must."
        )
    if offer.state is not OfferState.OPEN:
        raise Conflict("This offer is over, so it stays as it is.")
    wishes.check_again(world, offer, answers.earliest_at)
    changed = replace(
        offer,
        start=answers.start,
        seats=answers.seats,
        earliest_at=answers.earliest_at,
        detour_limit_s=answers.detour_limit_s,
        both_ways=answers.both_ways,
        auto=answers.auto,
    )
    if changed == offer:
        return offer
    owed = OweLetter(LetterName.CHANGED, offer.id, offer.version + 1, "details")
    world.commit([Save(changed), owed, *days.joined(world, ids.day_of(offer.id))])
    return changed


def withdraw(world: Adapters, offer_id: str) -> Offer:
    """The driver takes the offer back; riders who counted on it are told, and matched anew."""
    offer = world.bookings.get(Offer, offer_id)
    if ended(offer.state):
        return offer
    lift = world.bookings.get(Lift, offer.lift_id) if offer.lift_id else None
    had_lift = lift is not None and lift.state is not LiftState.PROPOSED
    left = offer.lift_id if had_lift else ""
    withdrawn = rules.withdraw(offer, at=world.now(), left=left)
    changes: list[Change] = [
        Save(withdrawn),
        OweLetter(
            LetterName.CANCELLED,
            offer.id,
            offer.version + 1,
            "by_you_lift" if had_lift else "by_you",
        ),
        OweRun(ids.day_of(offer.id)),
        *wishes.released(world, offer),
        *(lifts.fall(world, lift, offer) if lift else []),
    ]
    world.commit(changes)
    return withdrawn
