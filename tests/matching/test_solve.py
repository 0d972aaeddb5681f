"""Does `solve` find the best plan, always a valid one, and the same one every time?"""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.check import violations
from matching.files import plan_from_json, plan_to_json, problem_from_json, problem_to_json
from matching.generate import generate
from matching.plan import Plan, Status
from matching.problem import InvalidProblem, Pin, Problem, Told
from matching.solve import solve
from tests.matching.brute import best
from tests.matching.days import EXAMPLE, a_day, a_driver, a_rider, a_session
from tests.matching.tiny import tiny_problem

ANSWER = """
{"version": 1, "status": "optimal", "worth": 14400, "driver_extra_s": 2110, "rider_extra_s": 0,
 "bound": 14400, "gap": 0.0, "proven_levels": 3, "seconds": {"total": 0.04},
 "lifts": [{"driver": "d1", "session": "s1", "leave_s": 33810,
            "stops": [{"rider": "r1", "at_s": 34450}], "arrive_s": 35700,
            "back": {"leave_s": 43200, "drops": [{"rider": "r1", "at_s": 44410}],
                     "home_s": 45125}}],
 "unplaced": []}
"""


def test_the_published_example_has_the_published_answer() -> None:
    plan = solve(problem_from_json(EXAMPLE))

    assert plan == plan_from_json(ANSWER)
    assert json.loads(plan_to_json(plan)).keys() == json.loads(ANSWER).keys()


@pytest.mark.parametrize("block", range(8))
def test_no_tiny_problem_has_a_better_plan_at_any_level(block: int) -> None:
    for seed in range(block * 75, block * 75 + 75):
        problem = tiny_problem(seed)
        expected = best(problem)

        if expected is None:
            with pytest.raises(InvalidProblem, match=r"pins\[0\]"):
                solve(problem)
            continue
        plan = solve(problem)

        found = (plan.worth, plan.driver_extra_s, plan.rider_extra_s)
        assert found == expected, f"seed {seed}"
        assert plan.proven_levels == 3, f"seed {seed}"
        assert violations(problem, plan) == [], f"seed {seed}"


def generated() -> st.SearchStrategy[Problem]:
    """Realistic days of up to 40 people."""
    return st.builds(
        generate,
        people=st.integers(0, 40),
        seed=st.integers(0, 10**6),
        sessions=st.integers(1, 4),
        out_only=st.booleans(),
        drivers=st.sampled_from([0.0, 0.2, 0.5, 1.0]),
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problem=generated(), dwell_s=st.sampled_from([0, 60, 300]))
def test_no_plan_breaks_a_promise(problem: Problem, dwell_s: int) -> None:
    """Whatever is asked, the answer holds: seats, detours, everyone once."""
    asked = replace(problem, dwell_s=dwell_s)

    assert violations(asked, solve(asked)) == []


def test_two_drivers_and_four_riders_use_both_cars_when_that_seats_more() -> None:
    """Carpool Vote #110: one driver is best for all four, but has only three places."""
    riders = tuple(a_rider(id=f"r{n}", start=n) for n in (1, 2, 3, 4))
    near = a_driver(id="near", home=5)
    far = a_driver(id="far", home=9)

    plan = solve(a_day(drivers=(near, far), riders=riders))

    assert {lift.driver for lift in plan.lifts} == {"near", "far"}
    assert sum(len(lift.stops) for lift in plan.lifts) == 4
    assert plan.unplaced == ()


def test_a_party_is_never_split_nor_left_out_of_every_list() -> None:
    party = a_rider(id="party", needs={"standard": 2})
    cars = tuple(a_driver(id=f"d{n}", seats={"standard": 1}) for n in (1, 2))

    plan = solve(a_day(drivers=cars, riders=(party,)))

    assert [person.id for person in plan.unplaced] == ["party"]


def test_a_wheelchair_needs_its_own_kind_of_place() -> None:
    rider = a_rider(needs={"wheelchair": 1})

    without = solve(a_day(riders=(rider,)))
    with_one = solve(a_day(riders=(rider,), drivers=(a_driver(seats={"wheelchair": 1}),)))

    assert [person.id for person in without.unplaced] == ["r"]
    assert with_one.unplaced == ()


def test_what_people_were_told_is_kept_where_it_costs_nothing() -> None:
    twins = (a_driver(id="d1"), a_driver(id="d2"))
    told = (Told("d2", "s", ("r",)),)

    plan = solve(a_day(drivers=twins, riders=(a_rider(),), told=told))

    [stop_of] = [lift.driver for lift in plan.lifts if lift.stops]
    assert stop_of == "d2"


def test_a_pin_is_kept_and_a_closed_one_takes_nobody_else() -> None:
    riders = (a_rider(id="r1"), a_rider(id="r2"))
    pinned = a_day(riders=riders, pins=(Pin("d", "s", ("r1",), closed=True),))

    [lift] = solve(pinned).lifts
    [open_lift] = solve(replace(pinned, pins=(Pin("d", "s", ("r1",)),))).lifts

    assert [stop.rider for stop in lift.stops] == ["r1"]
    assert len(open_lift.stops) == 2


@pytest.mark.parametrize(
    "pins",
    [
        pytest.param((Pin("d", "s", ("far",)),), id="beyond the detour"),
        pytest.param((Pin("d", "s", ("r", "r2", "r3", "r4")),), id="too many places"),
        pytest.param((Pin("d", "s", ("self",)),), id="the driver's other self"),
        pytest.param((Pin("d", "s", ("foe",)),), id="a forbidden pair"),
        pytest.param((Pin("d", "full"),), id="a full session"),
    ],
)
def test_a_pin_that_cannot_be_is_refused_by_name(pins: tuple[Pin, ...]) -> None:
    names = ("r", "r2", "r3", "r4", "self", "foe")
    problem = a_day(
        sessions=(a_session(), a_session(id="full", maximum=2, target=2, coming=2)),
        drivers=(a_driver(detour_limit_s=600),),
        riders=(a_rider(id="far", start=9), *(a_rider(id=name) for name in names)),
        either=(("d", "self"),),
        forbidden=(("foe", "d"),),
        pins=pins,
    )

    with pytest.raises(InvalidProblem, match=r"pins\[0\]"):
        solve(problem)


def test_the_order_of_the_lists_changes_nothing() -> None:
    problem = generate(30, 5)
    turned = replace(
        problem,
        drivers=problem.drivers[::-1],
        riders=problem.riders[::-1],
        sessions=problem.sessions[::-1],
    )

    assert solve(turned) == solve(problem)


def test_the_same_problem_gives_the_same_bytes_in_every_process() -> None:
    text = problem_to_json(generate(60, 11))

    answers = {_solved_elsewhere(text, hash_seed) for hash_seed in ("0", "1", "4242")}

    assert len(answers) == 1


def _solved_elsewhere(text: str, hash_seed: str) -> bytes:
    run = subprocess.run(
        [sys.executable, "-m", "matching", "solve", "--no-seconds", "-"],
        input=text.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    return run.stdout


STREET = tuple((51.53 + step * 1e-5, -0.1) for step in range(300))
UNUSUAL = {
    "nobody": Problem((), ()),
    "no session": a_day(sessions=(), riders=(a_rider(),)),
    "no drivers": a_day(drivers=(), riders=(a_rider(),)),
    "no riders": a_day(),
    "no room": a_day(sessions=(a_session(maximum=0, target=0),), riders=(a_rider(),)),
    "everything at one point": a_day(
        drivers=tuple(a_driver(id=f"d{n}", home=0) for n in range(4)),
        riders=tuple(a_rider(id=f"r{n:02}", start=0) for n in range(15)),
    ),
    "the largest numbers there may be": a_day(
        sessions=(a_session(start_s=604_799, end_s=604_800, maximum=10**6, minimum=10**6),),
        drivers=(a_driver(seats={"standard": 99}, detour_limit_s=604_800),),
        riders=tuple(
            a_rider(id=f"r{n}", start=n, needs={"standard": 20}, extra_limit_s=604_800)
            for n in range(1, 6)
        ),
        told=(Told("d", "s", ("r1",)),),
        change_price=10**6,
    ),
    "a street and a minibus": a_day(
        places=((51.5, -0.1), *STREET),
        drivers=(a_driver(home=1, seats={"standard": 8}),),
        riders=tuple(a_rider(id=f"r{n:03}", start=1 + n) for n in range(300)),
    ),
    "sixteen places": a_day(
        places=((51.5, -0.1), *STREET[::12]),
        drivers=(a_driver(home=1, seats={"standard": 16}),),
        riders=tuple(a_rider(id=f"r{n:02}", start=1 + n) for n in range(25)),
    ),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_an_unusual_day_gets_a_valid_plan_too(name: str) -> None:
    problem = replace(UNUSUAL[name], deadline_s=5)

    plan = solve(problem)

    assert violations(problem, plan) == []
    assert plan.bound >= plan.worth


@pytest.mark.parametrize("deadline_s", [0, 0.05, 1])
def test_a_deadline_leaves_a_valid_plan_that_says_so(deadline_s: float) -> None:
    problem = replace(generate(120, 1, sessions=2), deadline_s=deadline_s)

    plan = solve(problem)

    assert violations(problem, plan) == []
    assert plan.proven_levels < 3


def test_a_day_too_large_to_prove_is_improved_all_the_same() -> None:
    problem = replace(generate(260, 2, sessions=1), deadline_s=4)

    plan: Plan = solve(problem)

    assert violations(problem, plan) == []
    assert plan.status in (Status.FEASIBLE, Status.DEADLINE, Status.OPTIMAL)
