"""Is every value of the wrong type refused where it is, whatever it is and wherever?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from matching.files import problem_from_json, problem_to_json
from matching.problem import InvalidProblem, Problem
from tests.matching.days import EXAMPLE

Way = tuple[str | int, ...]

FULL: dict[str, Any] = {
    **json.loads(EXAMPLE.replace('"sessions": null', '"sessions": ["s1"]')),
    "either": [["d1", "r1"]],
    "forbidden": [["d1", "r1"]],
    "pins": [{"driver": "d1", "session": "s1", "riders": ["r1"], "closed": False}],
    "told": [{"driver": "d1", "session": "s1", "riders": ["r1"]}],
}
VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0.5, 10**30, "", "text"),
    *([], [[]], [{}], [None], [1, 2], {}, {"a": 1}),
)


def _ways(data: Any, way: Way = ()) -> Iterator[Way]:
    """The way to everything in *data*."""
    if way:
        yield way
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from _ways(data[key], (*way, key))


def _put(way: Way, value: Any) -> tuple[Any, str]:
    """What is there in the full example, and that example with *value* in its place."""
    data = json.loads(json.dumps(FULL))
    inner = data
    for key in way[:-1]:
        inner = inner[key]
    before, inner[way[-1]] = inner[way[-1]], value
    return before, json.dumps(data)


def _read(text: str) -> Problem | InvalidProblem:
    try:
        return problem_from_json(text)
    except InvalidProblem as error:
        return error


def _kind(value: Any) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


@pytest.mark.parametrize("way", [*_ways(FULL)], ids=lambda way: ".".join(map(str, way)))
def test_a_value_of_the_wrong_type_is_refused_where_it_is(way: Way) -> None:
    path = "".join(f"[{key}]" if type(key) is int else f".{key}" for key in way)[1:]
    for value in VALUES:
        before, text = _put(way, value)
        found = _read(text)
        if isinstance(found, Problem):
            assert value is None or _kind(value) == _kind(before), value
            assert problem_from_json(problem_to_json(found)) == found
            continue
        assert len(str(found)) < 200
        if _kind(value) != _kind(before):
            assert path.startswith(found.path) or found.path.startswith(path), value


def test_nesting_of_any_depth_is_refused() -> None:
    """Among them such as a parser passes, but that cannot be written out in the refusal."""
    for depth in range(1, 1_200):
        for opening, closing in (("[", "]"), ('{"a": ', "}")):
            deep = opening * depth + "0" + closing * depth
            for key in ("places", "dwell_s", "told"):
                text = _put((key,), "HERE")[1].replace('"HERE"', deep)
                assert isinstance(_read(text), InvalidProblem), depth
