"""The breaker before the carrier: when it opens, who may try, and when it closes."""

from datetime import timedelta

from chalicelib.domain.breaker import (
    LONGEST,
    OPENS_AFTER,
    OPENS_AFTER_TOO_FAST,
    PROBE_EVERY,
    SHORTEST,
    Breaker,
    failed,
    may_try,
    probing,
    recovered,
)
from chalicelib.domain.urgency import Urgency
from tests.builders import FRIDAY

SECOND = timedelta(seconds=1)


def opened() -> Breaker:
    breaker = Breaker()
    for _ in range(OPENS_AFTER):
        breaker = failed(breaker, FRIDAY)
    return breaker


def test_one_failure_holds_nobody_up() -> None:
    breaker = failed(Breaker(), FRIDAY)

    assert not breaker.is_open
    assert all(may_try(breaker, urgency, FRIDAY) for urgency in Urgency)


def test_a_few_in_a_row_open_it() -> None:
    breaker = opened()

    assert breaker.is_open
    assert breaker.until == FRIDAY + SHORTEST
    assert not any(may_try(breaker, urgency, FRIDAY + SECOND) for urgency in Urgency)


def test_too_many_a_second_opens_it_only_when_nothing_gets_through_for_long() -> None:
    breaker = Breaker()
    for _ in range(OPENS_AFTER_TOO_FAST - 1):
        breaker = failed(breaker, FRIDAY, too_fast=True)

    assert not breaker.is_open
    assert failed(breaker, FRIDAY, too_fast=True).is_open


def test_the_urgent_are_probes_while_it_is_open_and_others_after_its_time() -> None:
    breaker, soon = opened(), FRIDAY + PROBE_EVERY

    assert may_try(breaker, Urgency.FIRST, soon)
    assert not may_try(breaker, Urgency.NORMAL, soon)
    assert all(may_try(breaker, urgency, FRIDAY + SHORTEST) for urgency in Urgency)


def test_one_probe_goes_at_a_time() -> None:
    at = FRIDAY + SHORTEST
    breaker = probing(opened(), at)

    assert not may_try(breaker, Urgency.FIRST, at + PROBE_EVERY - SECOND)
    assert may_try(breaker, Urgency.FIRST, at + PROBE_EVERY)


def test_waiting_doubles_up_to_a_quarter_of_an_hour() -> None:
    breaker, waits = opened(), []
    for _ in range(7):
        assert breaker.until is not None
        waits.append(breaker.wait_s)
        breaker = failed(breaker, breaker.until)

    assert waits == [30, 60, 120, 240, 480, 900, 900]
    assert breaker.wait_s == LONGEST.total_seconds()


def test_an_urgent_probe_that_fails_early_makes_the_others_wait_no_longer() -> None:
    breaker = opened()

    after = failed(breaker, FRIDAY + PROBE_EVERY)

    assert (after.until, after.wait_s) == (breaker.until, breaker.wait_s)
    assert after.seen_at == FRIDAY + PROBE_EVERY


def test_one_letter_that_is_taken_closes_it_and_begins_again_at_the_beginning() -> None:
    breaker = recovered(failed(opened(), FRIDAY + SHORTEST), FRIDAY + LONGEST)

    assert not breaker.is_open
    assert (breaker.failures, breaker.seen_at) == (0, FRIDAY + LONGEST)
