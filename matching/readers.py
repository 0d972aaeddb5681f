"""Readers of what a JSON parser made: each takes a path and data, and gives a value.

Part of `files`. What is not of the form is refused with its path; a misspelt key is never
ignored. The keys of an object are a dataclass's fields, read off them. Begin with `an_object`.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import Any

from matching.values import InvalidProblem, a_number, a_whole, an_id

Reader = Callable[[str, Any], Any]

MOST_LETTERS = 40  # of a key, in a message


def an_object(cls: type[Any], **readers: Reader) -> Reader:
    """Reads an object of *cls*'s fields, some of them by *readers*."""
    needed_by_name = {each.name: _needed(each) for each in fields(cls)}

    def read(path: str, data: Any) -> Any:
        _check_keys(path, data, needed_by_name)
        values = {
            key: readers[key](under(path, key), value) if key in readers else value
            for key, value in data.items()
        }
        try:
            return cls(**values)
        except InvalidProblem as error:
            raise (error.under(path) if path else error) from None

    return read


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _check_keys(path: str, data: Any, needed_by_name: Mapping[str, bool]) -> None:
    """Refuse what is no object, a key too many, and one too few."""
    if not isinstance(data, Mapping):
        raise InvalidProblem(path, "must be an object")
    for key in data:
        if key not in needed_by_name:
            raise InvalidProblem(under(path, str(key)), "is no key of this form")
    for each, needed in needed_by_name.items():
        if needed and each not in data:
            raise InvalidProblem(under(path, each), "is missing")


def a_list(item: Reader) -> Reader:
    """Reads a list into a tuple."""

    def read(path: str, data: Any) -> Any:
        if not isinstance(data, list | tuple):
            raise InvalidProblem(path, "must be a list")
        return tuple(item(f"{path}[{at}]", each) for at, each in enumerate(data))

    return read


def a_pair(item: Reader) -> Reader:
    """Reads a list of two into a tuple."""

    def read(path: str, data: Any) -> Any:
        pair = a_list(item)(path, data)
        if len(pair) != 2:
            raise InvalidProblem(path, "must be a list of two")
        return pair

    return read


def optional(reader: Reader) -> Reader:
    """Reads null as None, all else by *reader*."""
    return lambda path, data: None if data is None else reader(path, data)


def one_of(enum: type[StrEnum]) -> Reader:
    """Reads one of the texts of *enum*."""

    def read(path: str, data: Any) -> Any:
        if data not in list(enum):
            raise InvalidProblem(path, f"must be one of {', '.join(enum)}")
        return enum(data)

    return read


def as_it_is(_: str, data: Any) -> Any:
    """What a dataclass checks for itself."""
    return data


def name(path: str, data: Any) -> Any:
    """Reads an id."""
    an_id(path, data)
    return data


def whole(path: str, data: Any) -> Any:
    """Reads any whole number that a plan may claim."""
    a_whole(path, data, least=-(2**40), most=2**40)
    return data


def number(path: str, data: Any) -> Any:
    """Reads any number that a plan may claim."""
    a_number(path, data, least=-(2.0**40), most=2.0**40)
    return data


def numbers_by_name(path: str, data: Any) -> Any:
    """Reads an object of numbers, whatever its keys."""
    if not isinstance(data, Mapping):
        raise InvalidProblem(path, "must be an object")
    return {name(path, key): number(under(path, key), value) for key, value in data.items()}


def under(path: str, key: str) -> str:
    """The path of *key*, shortened if it is endless, in what is at *path*."""
    short = key if len(key) <= MOST_LETTERS else f"{key[: MOST_LETTERS - 3]}..."
    return f"{path}.{short}" if path else short
