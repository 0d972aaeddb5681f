"""Is no plan better than a linear program's bound, whichever way its loads are come by?"""

import numpy as np

from matching.choosing import Work
from matching.day import Day
from matching.exact import best_of
from matching.goals import goals_of, most_seconds, together
from matching.loads import Loads, joined
from matching.pools import Grown, Listed
from matching.prices import FINE, Kept, Level
from matching.relaxation import Relaxed, Until, relaxed
from tests.matching.brute import best
from tests.matching.listed import every_load, kept_days

ROUNDS = 12  # of cuts


def test_no_plan_is_worth_more_than_the_bound() -> None:
    for name, problem, day, plan in kept_days(120):
        expected, worth = best(problem), goals_of(day)[0]
        assert expected is not None, name

        found = {
            (rounds, grown): _relaxed(day, plan, Level(worth), rounds=rounds, grown=grown)
            for rounds in (0, ROUNDS)
            for grown in (False, True)
        }

        for way, answer in found.items():
            most = answer.bound.whole(worth.step) - day.told_price
            assert most >= expected[0], f"{name} {way}"
        apart = found[0, False].bound.whole(worth.step) - found[0, True].bound.whole(worth.step)
        assert abs(apart) <= worth.step, name


def test_no_plan_is_worth_more_than_the_bound_of_worth_and_seconds_together() -> None:
    for name, problem, day, plan in kept_days(120):
        expected, both = best(problem), together(day)
        assert expected is not None, name

        for grown in (False, True):
            answer = _relaxed(day, plan, Level(both), rounds=ROUNDS, grown=grown)

            least = both.worth * (expected[0] + day.told_price) - expected[1]
            assert answer.bound.total >= least * FINE, f"{name} {grown}"
            most = (answer.bound.total // FINE + most_seconds(day)) // both.worth
            assert most - day.told_price >= expected[0], f"{name} {grown}"


def test_no_plan_of_the_best_worth_costs_less_than_the_bounds_of_seconds() -> None:
    for name, problem, day, first in kept_days(120):
        expected, goals = best(problem), goals_of(day)
        assert expected is not None, name
        worth = Kept(goals[0], expected[0] + day.told_price)
        work = Work(nodes=400, pools=(2_500,), cuts=True, levels=3, left_s=_ample)

        every = joined([first, every_load(day)])
        plan = best_of(day, Listed(day, every), np.arange(len(first)), work).loads
        assert tuple(goal.of(plan) for goal in goals) == (
            worth.least,
            -expected[1],
            -expected[2],
        ), name

        driver_s = Kept(goals[1], -expected[1])
        for grown in (False, True):
            second = _relaxed(day, plan, Level(goals[1], (worth,)), rounds=3, grown=grown)
            third = _relaxed(day, plan, Level(goals[2], (worth, driver_s)), rounds=3, grown=grown)
            assert second.bound.whole(1) >= -expected[1], f"{name} {grown}"
            assert third.bound.whole(1) >= -expected[2], f"{name} {grown}"


def test_a_bound_holds_however_early_its_program_stops() -> None:
    for name, problem, day, plan in kept_days(120):
        expected, worth = best(problem), goals_of(day)[0]
        assert expected is not None, name

        for efforts in (1, 2):
            until = Until(_ample, close=10**9, efforts=efforts, slow=10)
            answer = relaxed(
                day, Grown(day, plan, lambda: True), Level(worth), np.arange(len(plan)), until
            )

            assert answer is not None, name
            most = answer.bound.whole(worth.step) - day.told_price
            assert most >= expected[0], f"{name} {efforts}"


def _relaxed(day: Day, plan: Loads, level: Level, *, rounds: int, grown: bool) -> Relaxed:
    start = np.arange(len(plan))
    every = joined([plan, every_load(day)])
    pool = Grown(day, plan, bool) if grown else Listed(day, every)
    found = relaxed(day, pool, level, start, Until(_ample, rounds=rounds))
    assert found is not None
    return found


def _ample() -> float:
    return 60.0
