"""A commit is whole or nothing, and refusals are true (PROMISES R1, R3, R4, R9)."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Claim, Fence, LetterName, OweLetter, OweRun, Save, Take
from chalicelib.domain.states import EventState, RequestState
from chalicelib.errors import Busy, Conflict, NotFound, Overtaken
from chalicelib.storage.bookings import Booking
from tests.builders import (
    TEN,
    Clock,
    a_lift,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)

DAY = "2026-11-28"


def test_everything_comes_back_as_it_was_stored(world: Adapters) -> None:
    things: list[Booking] = [a_signup(), an_offer(told={"s": 2}), a_request(), a_lift()]

    store(world, an_event(), a_session(), *things)

    event, sessions = world.events.get(an_event().id)
    assert event == replace(an_event(), version=1)
    assert sessions == (replace(a_session(), version=1),)
    stored = world.bookings.many(thing.id for thing in things)
    assert stored == {thing.id: replace(thing, version=1) for thing in things}
    assert list(world.bookings.day(DAY)) == [
        replace(thing, version=1) for thing in sorted(things, key=lambda one: one.id)
    ]


def test_an_older_version_is_refused_and_nothing_else_is_stored(world: Adapters) -> None:
    store(world, an_event(), a_session(), a_request())
    world.commit([Save(replace(a_request(), version=1, reason="outbid"))])

    with pytest.raises(Conflict, match="changed since"):
        world.commit([Save(replace(a_request(), version=1)), Save(an_offer()), OweRun(DAY)])

    assert world.bookings.many([an_offer().id]) == {}
    assert world.outbox.owed("match", older_than=timedelta(seconds=-1)) == []


def test_r1_places_are_counted_in_the_store(world: Adapters) -> None:
    session = a_session(maximum=3, target=3, minimum=0, free=3)
    store(world, an_event(), session)

    world.commit([Save(a_signup()), Take(session.id, 2)])
    with pytest.raises(Conflict, match="not enough places"):
        world.commit([Save(a_request()), Take(session.id, 2)])

    assert world.events.sessions([session.id])[session.id].free == 1
    assert world.bookings.many([a_request().id]) == {}


def test_r1_nobody_is_over_booked_by_eight_at_once(world: Adapters) -> None:
    session = a_session(maximum=20, target=20, free=20)
    store(world, an_event(), session)

    def book(number: int) -> int:
        signup = a_signup(id=f"signup-20261128-{number:012}")
        for _ in range(20):
            try:
                world.commit([Save(signup), Take(session.id, 1)])
            except Busy:
                continue
            except Conflict:
                return 0
            return 1
        return 0

    with ThreadPoolExecutor(8) as pool:
        granted = sum(pool.map(book, range(60)))

    assert granted == 20
    assert world.events.sessions([session.id])[session.id].free == 0
    assert len(world.bookings.day(DAY)) == 20


def test_saving_a_session_does_not_undo_bookings(world: Adapters) -> None:
    session = a_session()
    store(world, an_event(), session)
    seen = world.events.sessions([session.id])[session.id]
    world.commit([Save(a_signup()), Take(session.id, 5)])

    world.commit([Save(replace(seen, title="Another title"))])

    after = world.events.sessions([session.id])[session.id]
    assert (after.title, after.free) == ("Another title", 25)


def test_r3_a_closed_session_takes_nobody_and_is_not_called_full(world: Adapters) -> None:
    store(world, an_event(), a_session(published=False))

    with pytest.raises(Conflict, match="not open any more"):
        world.commit([Save(a_signup()), Take(a_session().id, 1)])


def test_r4_a_claim_is_held_once_and_can_be_let_go(world: Adapters) -> None:
    first, second = a_request(), a_request(id="request-20261128-bbbbbbbbbbbb")
    claim = Claim(DAY, "lift-somebody", first.id, "Taken already")
    world.commit([Save(first), claim])

    with pytest.raises(Conflict, match="Taken already"):
        world.commit([Save(second), replace(claim, holder=second.id)])
    world.commit([Save(replace(first, version=1)), replace(claim, release=True)])
    world.commit([Save(second), replace(claim, holder=second.id)])

    assert world.bookings.get(type(second), second.id).version == 1


def test_r9_an_overtaken_run_stores_nothing(world: Adapters) -> None:
    first = world.bookings.begin_run(DAY)
    second = world.bookings.begin_run(DAY)

    with pytest.raises(Overtaken):
        world.commit([Fence(DAY, first), Save(a_request())])
    world.commit([Fence(DAY, second), Save(a_request())])

    assert second == first + 1
    assert world.bookings.get(type(a_request()), a_request().id).version == 1


def test_letters_and_runs_are_owed_with_the_change(world: Adapters) -> None:
    request = a_request()

    world.commit(
        [Save(request), OweLetter(LetterName.CANCELLED, request.id, 1, "by_you"), OweRun(DAY)]
    )

    assert owed(world) == [("cancelled", request.id, "by_you")]
    [run] = world.outbox.owed("match", older_than=timedelta(seconds=-1))
    assert run["day"] == DAY


def test_r11_a_row_past_its_date_is_dead_at_once(world: Adapters, clock: Clock) -> None:
    unconfirmed = a_request(state=RequestState.UNCONFIRMED)
    store(world, unconfirmed)

    clock.forward(hours=47)
    assert world.bookings.get(type(unconfirmed), unconfirmed.id).id == unconfirmed.id
    clock.forward(hours=2)

    with pytest.raises(NotFound):
        world.bookings.get(type(unconfirmed), unconfirmed.id)
    assert world.bookings.day(DAY) == ()


def test_r11_events_are_kept_for_a_month_and_unconfirmed_ones_for_two_days(
    world: Adapters, clock: Clock
) -> None:
    unconfirmed = an_event(id="event-neverconfirmed", state=EventState.UNCONFIRMED)
    store(world, an_event(), a_session(), unconfirmed)

    clock.forward(hours=49)
    with pytest.raises(NotFound):
        world.events.get(unconfirmed.id)
    clock.at = an_event().ends_at + timedelta(days=29)
    assert world.events.get(an_event().id)
    clock.forward(days=2)

    with pytest.raises(NotFound):
        world.events.get(an_event().id)
    assert world.events.sessions([a_session().id]) == {}


def test_the_board_lists_what_is_published_by_its_start(world: Adapters) -> None:
    event = an_event()
    late = a_session(event, 2, starts_at=TEN + timedelta(hours=5), ends_at=TEN + timedelta(hours=7))
    hidden = a_session(event, 3, published=False)
    store(world, event, late, a_session(event), hidden)

    board = world.events.board(TEN, TEN + timedelta(hours=5, seconds=1))
    before = world.events.board(TEN, TEN + timedelta(hours=5))

    assert [one.id for one in board] == [a_session(event).id, late.id]
    assert [one.id for one in before] == [a_session(event).id]


def test_random_commits_keep_free_and_taken_in_step(world: Adapters) -> None:
    """R1 by a model: whatever is taken and given back, `free` is what the model says."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    session = a_session(maximum=12, target=12, free=12)
    store(world, an_event(), session)
    taken: list[int] = []

    for number in range(60):
        if taken and chance.random() < 0.4:
            world.commit([Take(session.id, -taken.pop())])
            continue
        people = chance.randint(1, 4)
        try:
            world.commit(
                [Save(a_signup(id=f"signup-20261128-{number:012}")), Take(session.id, people)]
            )
        except Conflict:
            assert sum(taken) + people > 12
        else:
            taken.append(people)

        assert world.events.sessions([session.id])[session.id].free == 12 - sum(taken)
