"""The board's copy: how long it is shown, to whom, and that it hides nothing."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.services import board
from tests.builders import FRIDAY, TEN, Clock
from tests.chalicelib.services.boards import CHELSEA, HENDON, an_event_in, put


def test_a_copy_is_shown_for_15_seconds(world: Adapters, clock: Clock) -> None:
    put(world, an_event_in(HENDON))
    board.upcoming(world)
    put(world, an_event_in(CHELSEA))

    clock.forward(seconds=14)
    kept = board.upcoming(world)
    clock.forward(seconds=1)
    anew = board.upcoming(world)

    assert (len(kept), len(anew)) == (1, 2)


def test_a_stopped_clock_hides_nothing(world: Adapters) -> None:
    assert board.upcoming(world) == ()

    put(world, an_event_in(HENDON))

    assert len(board.upcoming(world)) == 1


def test_a_copy_is_its_own_worlds_alone(world: Adapters, clock: Clock) -> None:
    other = replace(world)
    board.upcoming(world)
    put(world, an_event_in(HENDON))

    clock.forward(seconds=1)

    assert len(board.upcoming(other)) == 1


def test_a_session_that_has_begun_since_is_not_shown(world: Adapters, clock: Clock) -> None:
    clock.at = TEN - timedelta(seconds=10)
    put(world, an_event_in(HENDON), {}, {"starts_at": TEN + timedelta(hours=1)})

    before = board.upcoming(world)
    clock.forward(seconds=10)
    after = board.upcoming(world)

    assert [one.id for one in before] == ["event-hendon-1", "event-hendon-2"]
    assert [one.id for one in after] == ["event-hendon-2"]


def test_the_board_looks_three_weeks_ahead(world: Adapters) -> None:
    edge = FRIDAY + timedelta(weeks=3)
    hours = timedelta(hours=2)
    last = {"starts_at": edge - timedelta(seconds=1), "ends_at": edge + hours}
    put(world, an_event_in(HENDON), last, {"starts_at": edge, "ends_at": edge + hours})

    assert [one.id for one in board.upcoming(world)] == ["event-hendon-1"]


def test_what_is_not_published_is_not_on_the_board(world: Adapters) -> None:
    put(world, an_event_in(HENDON), {"published": False})

    assert board.upcoming(world) == ()
