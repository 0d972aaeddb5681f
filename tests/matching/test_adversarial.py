"""Does a hostile or absurd day get a valid plan in little memory, or one clear refusal?

Days are solved by the command line in a process of its own, whose memory is limited. How long
that takes is not asserted; a process that does not end at all is stopped.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from matching.check import violations
from matching.files import plan_from_json, problem_to_json
from matching.plan import Plan, Reason, Status
from matching.problem import Problem
from tests.matching import extremes
from tests.matching.days import EXAMPLE, a_day, a_driver, a_rider, a_session

MEMORY_KB = 4 * 2**20
HANGS_S = 120  # the deadline of each day is a second


def _run(text: str | bytes) -> subprocess.CompletedProcess[bytes]:
    line = f"ulimit -v {MEMORY_KB} && exec {sys.executable} -m matching solve -"
    return subprocess.run(  # noqa: S603 - ours
        ["bash", "-c", line],  # noqa: S607
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
        timeout=HANGS_S,
    )


def _solved(problem: Problem, deadline_s: float = 1) -> Plan:
    """The plan of the command line, which the checker has accepted."""
    problem = replace(problem, deadline_s=deadline_s)
    run = _run(problem_to_json(problem))
    assert run.returncode == 0, run.stderr.decode()[-2_000:]
    plan = plan_from_json(run.stdout)
    assert violations(problem, plan) == []
    return plan


@pytest.mark.parametrize("name", extremes.DAYS)
def test_an_extreme_day_gets_a_valid_plan_in_little_memory(name: str) -> None:
    problem = extremes.DAYS[name]()

    plan = _solved(problem)

    assert plan.bound >= plan.worth


@pytest.mark.parametrize("name", ["all live at the venue", "all live at one other point"])
def test_more_time_does_not_take_more_memory(name: str) -> None:
    """Where everybody is alike, there are millions of equally good car-loads to be found."""
    plan = _solved(extremes.DAYS[name](), deadline_s=8)

    assert plan.bound >= plan.worth


def test_a_session_in_the_past_is_too_early_for_everybody() -> None:
    past = a_day(sessions=(a_session(start_s=0, end_s=60),), riders=(a_rider(),))

    plan = _solved(past)

    assert {person.reason for person in plan.unplaced} == {Reason.TOO_EARLY}


def test_a_party_of_twenty_rides_where_there_are_twenty_places() -> None:
    party = a_rider(needs={"standard": 20})
    day = a_day(sessions=(a_session(maximum=21),), riders=(party,))

    small = _solved(day)
    large = _solved(replace(day, drivers=(a_driver(seats={"standard": 20}),)))

    assert [person.id for person in small.unplaced] == ["r"]
    assert large.unplaced == ()


def test_a_minibus_is_full_though_a_street_of_500_waits() -> None:
    plan = _solved(extremes.street(500, seats=8))

    assert len(plan.lifts[0].stops) == 8
    assert len(plan.unplaced) == 492


def test_a_large_day_without_any_time_has_a_plan_that_says_so() -> None:
    plan = _solved(extremes.crowd(5_000), deadline_s=0)

    assert plan.status is Status.DEADLINE


def test_a_crowd_of_thousands_fills_most_places() -> None:
    """166 cars with three places each, and 5,000 riders around."""
    plan = _solved(extremes.crowd(5_000), deadline_s=5)

    assert sum(len(lift.stops) for lift in plan.lifts) > 250


def _with(key: str, value: str) -> str:
    """The example, with *value* as JSON text in place of what *key* says."""
    data = {**json.loads(EXAMPLE), key: "HERE"}
    return json.dumps(data).replace('"HERE"', value)


def _twice(key: str) -> str:
    data = json.loads(EXAMPLE)
    return json.dumps({**data, key: data[key] * 2})


def _changed(key: str, **values: object) -> str:
    data = json.loads(EXAMPLE)
    data[key][0] |= values
    return json.dumps(data)


REFUSED: dict[str, tuple[Callable[[], str], str]] = {
    "a driver twice": (lambda: _twice("drivers"), "drivers[1].id: d1 is used twice"),
    "a rider twice": (lambda: _twice("riders"), "riders[1].id: r1 is used twice"),
    "a session twice": (lambda: _twice("sessions"), "sessions[1].id: s1 is used twice"),
    "a key twice": (lambda: '{"version": 1, "places": [], "places": []}', "places: is given"),
    "a place that is no number": (lambda: _with("places", "[[NaN, 0]]"), "file: NaN is no"),
    "a place without end": (lambda: _with("places", "[[0, -Infinity]]"), "file: -Infinity is"),
    "a place off the globe": (lambda: _with("places", "[[1e400, 0]]"), "places[0]: latitude"),
    "a deadline without end": (lambda: _with("deadline_s", "1e999"), "deadline_s: must be"),
    "a need without end": (lambda: _changed("sessions", need=1e300), "sessions[0].need: must"),
    "a time before the day": (
        lambda: _changed("sessions", start_s=-1),
        "sessions[0].start_s: must be",
    ),
    "a morning before the day": (
        lambda: _changed("drivers", earliest_s=-60),
        "drivers[0].earliest_s: must be",
    ),
    "a party too large for any car": (
        lambda: _changed("riders", needs={"standard": 100}),
        "riders[0].needs.standard: must be",
    ),
    "brackets without end": (lambda: "[" * 10**6, "file: must be JSON"),
    "objects without end": (lambda: '{"a": ' * 10**6, "file: must be JSON"),
    "a number of a million digits": (lambda: _with("dwell_s", "9" * 10**6), "file: must be"),
    "a name of ten million letters": (
        lambda: _changed("drivers", id="d" * 10**7),
        "drivers[0].id: must be a text of 1 to 200",
    ),
    "a key of a million letters": (lambda: _with("x" * 10**6, "1"), "xxxxxxxx"),
    "a key of two lines": (lambda: _with("one\ntwo", "1"), "one\\ntwo: is no key"),
    "a name of two lines": (lambda: _with("either", '[["d1", "r\\n1"]]'), "either[0]: there is no"),
    "a name that is a list": (lambda: _with("either", '[["d1", []]]'), "either[0]"),
    "half a million keys, one of them twice": (
        lambda: "{" + "".join(f'"{n}": 1, ' for n in range(500_000)) + '"499999": 1}',
        "499999: is given twice",
    ),
    "a million places that are none": (
        lambda: _with("places", "[" + "null, " * 10**6 + "null]"),
        "places[0]: must be a list",
    ),
    "bytes that are no text": (lambda: "\0" * 1_000, "file: must be JSON"),
    "nothing": (lambda: "", "file: must be JSON"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_one_line(name: str) -> None:
    make, message = REFUSED[name]

    run = _run(make())

    said = run.stderr.decode()
    assert (run.returncode, run.stdout) == (2, b""), said[-2_000:]
    assert said.startswith(f"matching: {message}")
    assert said.count("\n") == 1
    assert len(said) < 400
