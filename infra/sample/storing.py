"""The sample goes into the database, a batch at a time: all of a batch, or nothing of it.

What a batch makes is confirmed already: it takes its places and holds its claims as the
services' own confirmations do.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.change import Change, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.event import Event
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import Conflict, NotFound
from chalicelib.services import signups, wishes
from infra.sample.composed import Sample

MOST_CHANGES = 90
"""Changes of one commit: a transaction takes 100 rows."""

Deed = Sequence[Change]
"""Changes that belong together."""


def store_events(world: Adapters, sample: Sample) -> None:
    """Every event with its sessions; the first event's organiser gets the usual letter."""
    of_event: dict[str, list[Change]] = {one.id: [Save(one)] for one in sample.events}
    for session in sample.sessions:
        of_event[session.event_id].append(Save(session))
    first = sample.events[0].id
    of_event[first].append(OweLetter(LetterName.EVENT_PUBLISHED, first, 1))
    for batch in _batches(of_event.values(), MOST_CHANGES):
        _commit_once(world, batch)


def days(sample: Sample) -> list[date]:
    """The days on which anybody means to come somewhere."""
    booked = [one.id for kind in (sample.signups, sample.offers, sample.requests) for one in kind]
    return sorted({date.fromisoformat(ids.day_of(one)) for one in booked})


def store_day(world: Adapters, sample: Sample, day: date) -> None:
    """Everything booked on that day; its run is owed with the last of it."""
    on = day.isoformat()
    deeds = [deed for deed in _deeds(sample) if ids.day_of(_saved(deed)[0].id) == on]
    batches = list(_batches(deeds, MOST_CHANGES - 1))
    batches[-1].append(OweRun(on))
    for batch in batches:
        _commit_once(world, batch)


def _deeds(sample: Sample) -> Iterator[Deed]:
    """Each booking with what goes with it; the first of each kind with its usual letter."""
    told = {
        sample.signups[0].id: LetterName.SIGNUP_COMING,
        sample.offers[0].id: LetterName.OFFER_OPEN,
        sample.requests[-1].id: LetterName.REQUEST_WAITING,
    }
    for deed in (*_own_way(sample), *_driving(sample), *_riding(sample)):
        first = _saved(deed)[0].id
        yield [*deed, OweLetter(told[first], first, 1)] if first in told else deed


def _own_way(sample: Sample) -> Iterator[Deed]:
    for signup in sample.signups:
        yield Save(signup), Take(signup.session_id, signup.people), signups.claim(signup)


def _driving(sample: Sample) -> Iterator[Deed]:
    for offer in sample.offers:
        if not offer.either_with:
            yield Save(offer), wishes.claim(offer)


def _riding(sample: Sample) -> Iterator[Deed]:
    """Who would do either holds one claim, by the request."""
    either = {one.id: one for one in sample.offers if one.either_with}
    for request in sample.requests:
        other = [Save(either[request.either_with])] if request.either_with else []
        yield Save(request), *other, wishes.claim(request)


def _batches(deeds: Iterable[Deed], most: int) -> Iterator[list[Change]]:
    batch: list[Change] = []
    for deed in deeds:
        if len(batch) + len(deed) > most:
            yield batch
            batch = []
        batch.extend(deed)
    yield batch


def _commit_once(world: Adapters, batch: Sequence[Change]) -> None:
    """Store a batch that may be stored already, and may have been changed since."""
    try:
        world.commit(batch)
    except Conflict:
        if not _stored(world, _saved(batch)[0]):
            raise


def _saved(deed: Deed) -> list[Event | SignUp | Offer | Request]:
    things = (change.thing for change in deed if isinstance(change, Save))
    return [one for one in things if isinstance(one, (Event, SignUp, Offer, Request))]


def _stored(world: Adapters, thing: Event | SignUp | Offer | Request) -> bool:
    if not isinstance(thing, Event):
        return thing.id in world.bookings.many([thing.id])
    try:
        world.events.get(thing.id)
    except NotFound:
        return False
    return True
