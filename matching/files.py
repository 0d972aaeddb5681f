"""The JSON forms of problems and plans.

Reading refuses what it does not know, with its path: a misspelt key is never ignored. The
keys are the dataclasses' fields, read off them, so that none can be forgotten here. Raises
`InvalidProblem` or `InvalidPlan` for bad input, and nothing else.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from typing import Any

from matching.plan import Back, Drop, Lift, Plan, Reason, Relax, Status, Stop, Unplaced
from matching.problem import Driver, InvalidProblem, Pin, Problem, Rider, Session, Told
from matching.values import a_number, a_whole, an_id

VERSION = 1
Reader = Callable[[str, Any], Any]
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
    """The problem on one line, keys in the order of the fields, empty lists left out."""
    data = {key: value for key, value in asdict(problem).items() if value not in ((), None)}
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
        keys = [key for key, _ in pairs]
        raise InvalidProblem(next(key for key in keys if keys.count(key) > 1), "is given twice")
    return data


def _no_constant(name: str) -> Any:
    raise InvalidProblem("file", f"{name} is no number of JSON")


def _object(cls: type[Any], **readers: Reader) -> Reader:
    """Reads an object of *cls*'s fields, some of them by *readers*."""
    known = {each.name: each for each in fields(cls)}
    needed = [
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING
    ]

    def read(path: str, data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise InvalidProblem(path, "must be an object")
        for key in data:
            if key not in known:
                raise InvalidProblem(_under(path, str(key)), "is no key of this form")
        for name in needed:
            if name not in data:
                raise InvalidProblem(_under(path, name), "is missing")
        values = {
            key: readers[key](_under(path, key), value) if key in readers else value
            for key, value in data.items()
        }
        try:
            return cls(**values)
        except InvalidProblem as error:
            raise (error.under(path) if path else error) from None

    return read


def _list(item: Reader) -> Reader:
    """Reads a list into a tuple."""

    def read(path: str, data: Any) -> Any:
        if not isinstance(data, list | tuple):
            raise InvalidProblem(path, "must be a list")
        return tuple(item(f"{path}[{at}]", each) for at, each in enumerate(data))

    return read


def _optional(reader: Reader) -> Reader:
    return lambda path, data: None if data is None else reader(path, data)


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _as_it_is(_: str, data: Any) -> Any:
    """What a dataclass checks for itself."""
    return data


def _id(path: str, data: Any) -> Any:
    an_id(path, data)
    return data


def _time(path: str, data: Any) -> Any:
    a_whole(path, data, least=-(2**40), most=2**40)
    return data


def _number(path: str, data: Any) -> Any:
    a_number(path, data, least=-(2.0**40), most=2.0**40)
    return data


def _pair(path: str, data: Any) -> Any:
    pair = _list(_as_it_is)(path, data)
    if len(pair) != 2:
        raise InvalidProblem(path, "must be a list of two")
    return pair


def _one_of(enum: type[Status] | type[Reason]) -> Reader:
    def read(path: str, data: Any) -> Any:
        if data not in list(enum):
            raise InvalidProblem(path, f"must be one of {', '.join(enum)}")
        return enum(data)

    return read


def _seconds(path: str, data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise InvalidProblem(path, "must be an object")
    return {_id(path, key): _number(_under(path, key), value) for key, value in data.items()}


_IDS = _list(_id)
_WISHES = {"sessions": _optional(_IDS)}
_PROBLEM = _object(
    Problem,
    places=_list(_pair),
    sessions=_list(_object(Session)),
    drivers=_list(_object(Driver, **_WISHES)),
    riders=_list(_object(Rider, **_WISHES)),
    either=_list(_pair),
    forbidden=_list(_pair),
    pins=_list(_object(Pin, riders=_IDS)),
    told=_list(_object(Told, riders=_IDS)),
    drive_s=_optional(_list(_list(_as_it_is))),
)
_BACK = _object(
    Back, leave_s=_time, drops=_list(_object(Drop, rider=_id, at_s=_time)), home_s=_time
)
_LIFT = _object(
    Lift,
    driver=_id,
    session=_id,
    leave_s=_time,
    stops=_list(_object(Stop, rider=_id, at_s=_time)),
    arrive_s=_time,
    back=_optional(_BACK),
)
_RELAX = _object(
    Relax,
    driver=_optional(_id),
    detour_limit_s=_optional(_time),
    earliest_s=_optional(_time),
    extra_limit_s=_optional(_time),
    session=_optional(_id),
)
_PLAN = _object(
    Plan,
    status=_one_of(Status),
    worth=_time,
    driver_extra_s=_time,
    rider_extra_s=_time,
    bound=_time,
    gap=_number,
    proven_levels=_time,
    lifts=_list(_LIFT),
    unplaced=_list(_object(Unplaced, id=_id, reason=_one_of(Reason), relax=_optional(_RELAX))),
    seconds=_seconds,
)
