"""The JSON forms of problems and plans.

Reading refuses what it does not know, with its path (`readers`). The keys are the dataclasses'
fields, so that none can be forgotten here. Raises `InvalidProblem` or `InvalidPlan` for bad
input, and nothing else.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any

from matching.plan import Back, Drop, Lift, Plan, Reason, Relax, Status, Stop, Unplaced
from matching.problem import Driver, InvalidProblem, Pin, Problem, Rider, Session, Told
from matching.readers import (
    a_list,
    a_pair,
    an_object,
    as_it_is,
    name,
    number,
    numbers_by_name,
    one_of,
    optional,
    under,
    whole,
)

VERSION = 1
Source = str | bytes | Mapping[str, Any]


class InvalidPlan(InvalidProblem):
    """A plan's file that is not of the form; `check` finds the plans that are wrong."""


def problem_from_json(source: Source) -> Problem:
    """The problem in *source*: JSON text, or what a parser made of it.

    Raises
    ------
    InvalidProblem
        With the path of the first thing that is wrong.
    """
    problem: Problem = _PROBLEM("", _versioned(source))
    return problem


def problem_to_json(problem: Problem) -> str:
    """The problem on one line, keys in the order of the fields, without what may be left out."""
    needed = {each.name for each in fields(problem) if each.default is MISSING}
    data = {
        key: value
        for key, value in asdict(problem).items()
        if key in needed or value not in ((), None)
    }
    return _text({"version": VERSION, **data})


def plan_from_json(source: Source) -> Plan:
    """The plan in *source*.

    Raises
    ------
    InvalidPlan
        With the path of the first thing that is wrong.
    """
    try:
        plan: Plan = _PLAN("", _versioned(source))
    except InvalidProblem as error:
        raise InvalidPlan(error.path, error.reason) from error
    return plan


def plan_to_json(plan: Plan, *, seconds: bool = True) -> str:
    """The plan on one line; without *seconds*, equal plans are equal texts."""
    data = asdict(plan)
    data["unplaced"] = [_sparse(each, each.pop("relax")) for each in data["unplaced"]]
    if not seconds:
        del data["seconds"]
    return _text({"version": VERSION, **data})


def _sparse(person: dict[str, Any], relax: dict[str, Any] | None) -> dict[str, Any]:
    """An unplaced person, with those keys alone of the relaxation that say something."""
    if relax is None:
        return person
    return {**person, "relax": {key: value for key, value in relax.items() if value is not None}}


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _versioned(source: Source) -> dict[str, Any]:
    data = _parsed(source) if isinstance(source, str | bytes) else source
    if not isinstance(data, Mapping):
        raise InvalidProblem("version", "must be given, in an object")
    version = data.get("version")
    if type(version) is not int or version != VERSION:
        raise InvalidProblem("version", f"must be {VERSION}")
    return {key: value for key, value in data.items() if key != "version"}


def _parsed(source: str | bytes) -> Any:
    try:
        text = source.decode() if isinstance(source, bytes) else source
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except InvalidProblem:
        raise
    except (ValueError, RecursionError) as error:
        raise InvalidProblem("file", f"must be JSON in UTF-8 ({error})") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = next(key for key in times if times[key] > 1)
        raise InvalidProblem(under("", twice), "is given twice")
    return data


def _no_constant(name: str) -> Any:
    raise InvalidProblem("file", f"{name} is no number of JSON")


_IDS = a_list(name)
_WISHES = {"sessions": optional(_IDS)}
_PROBLEM = an_object(
    Problem,
    places=a_list(a_pair(as_it_is)),
    sessions=a_list(an_object(Session)),
    drivers=a_list(an_object(Driver, **_WISHES)),
    riders=a_list(an_object(Rider, **_WISHES)),
    either=a_list(a_pair(name)),
    forbidden=a_list(a_pair(name)),
    pins=a_list(an_object(Pin, riders=_IDS)),
    told=a_list(an_object(Told, riders=_IDS)),
    drive_s=optional(a_list(a_list(as_it_is))),
)
_BACK = an_object(
    Back, leave_s=whole, drops=a_list(an_object(Drop, rider=name, at_s=whole)), home_s=whole
)
_LIFT = an_object(
    Lift,
    driver=name,
    session=name,
    leave_s=whole,
    stops=a_list(an_object(Stop, rider=name, at_s=whole)),
    arrive_s=whole,
    back=optional(_BACK),
)
_RELAX = an_object(
    Relax,
    driver=optional(name),
    detour_limit_s=optional(whole),
    earliest_s=optional(whole),
    extra_limit_s=optional(whole),
    session=optional(name),
)
_PLAN = an_object(
    Plan,
    status=one_of(Status),
    worth=whole,
    driver_extra_s=whole,
    rider_extra_s=whole,
    bound=whole,
    gap=number,
    proven_levels=whole,
    lifts=a_list(_LIFT),
    unplaced=a_list(an_object(Unplaced, id=name, reason=one_of(Reason), relax=optional(_RELAX))),
    seconds=numbers_by_name,
)
