"""Are the answers of other tools judged by the same law as ours?"""

import importlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.rivals.case import Inexpressible
from matching.check import violations
from matching.generate import generate
from matching.plan import Plan
from matching.problem import Problem
from matching.solve import solve

TINY_S = 0.1

Tool = Callable[[Problem, float], Plan]


@pytest.fixture(
    params=["nearest", "insertion", "asking", "routing", "vroom", "pyvrp"], scope="module"
)
def tool(request: pytest.FixtureRequest) -> Tool:
    if request.param in {"vroom", "pyvrp"}:
        pytest.importorskip(request.param)
    found: Tool = importlib.import_module(f"bench.rivals.{request.param}").plan
    return found


def _simple(people: int, seed: int) -> Problem:
    return generate(people, seed, sessions=1, out_only=True, standard_only=True)


def _people(problem: Problem, plan: Plan) -> int:
    size = {rider.id: rider.people for rider in problem.riders}
    return sum(1 + sum(size[stop.rider] for stop in lift.stops) for lift in plan.lifts)


def test_an_answer_keeps_every_promise_and_beats_no_proven_plan(tool: Tool) -> None:
    problem = _simple(24, 3)
    best = solve(problem)

    plan = tool(problem, TINY_S)

    assert violations(problem, plan) == []
    assert any(lift.stops for lift in plan.lifts)
    assert plan.worth <= best.worth == best.bound


def test_a_full_session_is_filled_to_its_last_place(tool: Tool) -> None:
    problem = _simple(30, 1)
    [session] = problem.sessions
    small = replace(session, minimum=0, target=10, maximum=10, coming=3)
    problem = replace(problem, sessions=(small,))

    plan = tool(problem, TINY_S)

    assert violations(problem, plan) == []
    assert _people(problem, plan) == 7


def test_a_day_without_drivers_or_riders_is_no_error(tool: Tool) -> None:
    problem = _simple(12, 1)

    for lacking in (replace(problem, drivers=()), replace(problem, riders=())):
        assert violations(lacking, tool(lacking, TINY_S)) == []


def test_ways_back_several_sessions_and_pairs_are_known_to_asking_alone(tool: Tool) -> None:
    problem = generate(60, 2, sessions=2)

    if tool.__module__ == "bench.rivals.asking":
        assert violations(problem, tool(problem, TINY_S)) == []
    else:
        with pytest.raises(Inexpressible):
            tool(problem, TINY_S)
