"""Is the solver sound on a sample, and would the long run tell if it were not?"""

from dataclasses import replace

import pytest

from bench.matching.small import small_day
from bench.matching.soundness import TINY, cases, main, not_best
from matching.plan import Plan
from matching.problem import Problem
from matching.solve import solve


@pytest.mark.parametrize("first", [1, 51, 101])
def test_no_plan_of_a_sample_breaks_a_promise(
    first: int, capfd: pytest.CaptureFixture[str]
) -> None:
    status = main(["--problems", "50", "--brute", "0", "--seed", str(first)])

    printed = capfd.readouterr()
    assert (status, printed.out) == (0, "")
    assert printed.err == "50 of 50 checked, 0 failed\n"


def test_no_tiny_problem_with_limits_to_the_second_has_a_better_plan() -> None:
    wrong = {str(case): not_best(case, solve) for case in cases(TINY, range(5_000, 5_060))}

    assert {case: text for case, text in wrong.items() if text} == {}


def _lazy(problem: Problem) -> Plan:
    return replace(solve(problem), worth=-1)


def _broken(problem: Problem) -> Plan:
    raise ZeroDivisionError


def test_each_failure_is_printed_with_what_makes_it_again(
    capfd: pytest.CaptureFixture[str],
) -> None:
    one_day, one_brute = ["--problems", "1", "--brute", "0"], ["--problems", "0", "--brute", "1"]

    assert main([*one_day, "--seed", "4"], _lazy) == 1
    assert main([*one_brute, "--seed", "4"], _lazy) == 1
    assert main([*one_day, "--seed", "4"], _broken) == 1

    checked, compared, broken = capfd.readouterr().out.splitlines()
    assert checked.startswith("small_day(4): worth plan: is -1, not ")
    assert compared.startswith("tiny_problem(4): (-1, ")
    assert broken == "small_day(4): ZeroDivisionError: "


def test_small_days_have_everything_in_them() -> None:
    days = [small_day(seed) for seed in range(1, 30)]

    for name in ("pins", "told", "either", "forbidden", "drive_s"):
        assert any(getattr(day, name) for day in days), name
    assert any(pin.closed for day in days for pin in day.pins)
    assert any(rider.needs.keys() - {"standard"} for day in days for rider in day.riders)
