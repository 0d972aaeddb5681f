"""What holds letters back: one conditional update each (PROMISES S11)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.breaker import Breaker
from chalicelib.domain.budget import Budget
from chalicelib.errors import Conflict
from chalicelib.storage.tables import LimitRow
from tests.builders import FRIDAY, Clock, a_person

KEY = a_person().key
THREE = Budget("three", 3)
TODAY = date(2026, 11, 20)


def test_an_address_is_left_alone_for_two_years_and_no_longer(
    world: Adapters, clock: Clock
) -> None:
    assert not world.limits.is_stopped(KEY)

    world.limits.stop(KEY, "bounced")

    assert world.limits.is_stopped(KEY)
    assert not world.limits.is_stopped(a_person("Bo Hall").key)
    clock.forward(days=729, hours=23)
    assert world.limits.is_stopped(KEY)
    clock.forward(hours=1)  # the row is still there: tables forget days late
    assert not world.limits.is_stopped(KEY)


def test_no_address_is_stored(world: Adapters) -> None:
    world.limits.stop(KEY, "bounced")
    world.limits.count(THREE, KEY, TODAY, "row")

    assert "@" not in str([row.to_dynamodb_dict() for row in LimitRow.scan()])


def test_a_budget_is_so_many_letters_and_one_letter_counts_once(world: Adapters) -> None:
    def counts(row: str, day: date = TODAY) -> bool:
        return world.limits.count(THREE, KEY, day, row)

    assert [counts(row) for row in ("a", "b", "b", "c", "d", "a")] == [True] * 4 + [False, True]
    assert counts("d", TODAY + timedelta(days=1))
    assert world.limits.count(replace(THREE, name="other"), KEY, TODAY, "d")
    assert world.limits.count(THREE, a_person("Bo Hall").key, TODAY, "d")


def test_no_more_than_the_budget_are_counted_at_once(world: Adapters) -> None:
    with ThreadPoolExecutor(8) as asking:
        rows = [f"row-{number}" for number in range(40)]
        counted = list(asking.map(lambda row: world.limits.count(THREE, KEY, TODAY, row), rows))

    assert sum(counted) == 3


def test_the_breaker_is_kept_by_whoever_is_first(world: Adapters) -> None:
    opened = replace(Breaker(), failures=3, wait_s=30, until=FRIDAY, probed_at=FRIDAY)

    kept = world.limits.keep_breaker(opened)

    assert world.limits.breaker() == kept == replace(opened, version=1)
    with pytest.raises(Conflict):
        world.limits.keep_breaker(opened)
    assert world.limits.keep_breaker(replace(kept, failures=4)).version == 2
