"""Do the JSON forms carry everything, and refuse what they do not know?"""

import json
from typing import Any

import pytest

from matching.files import (
    InvalidPlan,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from matching.generate import generate
from matching.problem import InvalidProblem
from matching.solve import solve
from tests.matching.days import EXAMPLE
from tests.matching.tiny import tiny_problem


@pytest.mark.parametrize("seed", range(40))
def test_a_problem_and_its_plan_survive_the_way_through_a_file(seed: int) -> None:
    problem = tiny_problem(seed)
    again = problem_from_json(problem_to_json(problem))

    assert again == problem
    try:
        plan = solve(problem)
    except InvalidProblem:
        return
    assert plan_from_json(plan_to_json(plan)) == plan


def test_an_unplaced_person_reads_as_published() -> None:
    plans = [json.loads(plan_to_json(solve(generate(30, seed)))) for seed in range(3)]

    people = [person for plan in plans for person in plan["unplaced"]]
    assert {"id", "reason"} <= people[0].keys() <= {"id", "reason", "relax"}
    assert any(person.get("relax", {}).keys() == {"driver", "detour_limit_s"} for person in people)


def _changed(path: list[str | int], value: Any) -> str:
    data = json.loads(EXAMPLE)
    *way, last = path
    inner = data
    for key in way:
        inner = inner[key]
    inner[last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (_changed(["colour"], 1), "colour: is no key of this form"),
        (_changed(["drivers", 0, "detour"], 1), "drivers[0].detour: is no key of this form"),
        (_changed(["riders", 0, "needs", "sofa"], 1), "riders[0].needs: 'sofa' is no type"),
        (_changed(["drivers", 0, "seats"], {"child": -1}), "drivers[0].seats.child: must be"),
        (_changed(["drivers", 0, "home"], 3), "drivers[0].home: must be"),
        (_changed(["drivers", 0, "home"], None), "drivers[0].home: must be"),
        (_changed(["drivers", 0], 5), "drivers[0]: must be an object"),
        (_changed(["drivers"], {}), "drivers: must be a list"),
        (_changed(["places", 1], [1]), "places[1]: must be a list of two"),
        (_changed(["drive_s", 1, 1], "0"), "drive_s[1][1]: must be a whole number"),
        (_changed(["sessions", 0, "need"], "high"), "sessions[0].need: must be a number"),
        (_changed(["version"], 2), "version: must be 1"),
        (_changed(["version"], True), "version: must be 1"),
        (_changed(["pins"], [{"driver": "d1"}]), "pins[0].session: is missing"),
        (_changed(["either"], [["d1", "r1", "r2"]]), "either[0]: must be a list of two"),
        ("[]", "version: must be given"),
        ("{", "file: must be JSON in UTF-8"),
        ("[" * 100_000, "file: must be JSON in UTF-8"),
        ('{"version": 1, "version": 1}', "version: is given twice"),
        ('{"version": 1, "dwell_s": NaN}', "file: NaN is no number of JSON"),
        ('{"version": 1, "dwell_s": 1' + "0" * 5_000 + "}", "file: must be JSON"),
        ('{"version": 1}', "places: is missing"),
    ],
)
def test_a_bad_problem_is_refused_with_its_path(text: str, message: str) -> None:
    with pytest.raises(InvalidProblem) as refused:
        problem_from_json(text)

    assert str(refused.value).startswith(message)


def test_bytes_that_are_no_utf8_are_refused() -> None:
    with pytest.raises(InvalidProblem, match="UTF-8"):
        problem_from_json(b"\xff")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("status", "best", "status: must be one of optimal, feasible, deadline"),
        ("status", ["optimal"], "status: must be one of"),
        ("lifts", [{"driver": "d"}], "lifts[0].session: is missing"),
        ("unplaced", [{"id": "r", "reason": "no"}], "unplaced[0].reason: must be one of"),
        ("worth", "much", "worth: must be a whole number"),
        ("seconds", {"total": "long"}, "seconds.total: must be a number"),
        ("note", "", "note: is no key of this form"),
    ],
)
def test_a_bad_plan_is_refused_with_its_path(key: str, value: Any, message: str) -> None:
    data = json.loads(plan_to_json(solve(problem_from_json(EXAMPLE))))
    data[key] = value

    with pytest.raises(InvalidPlan) as refused:
        plan_from_json(json.dumps(data))

    assert str(refused.value).startswith(message)
