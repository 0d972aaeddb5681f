"""What road services do wrong: one list for whoever asks them."""

import math
from collections.abc import Callable
from typing import Any

Matrix = list[list[Any]]


def _first(value: Any) -> Callable[[Matrix], Matrix]:
    return lambda rows: [[value, *rows[0][1:]], *rows[1:]]


MATRICES: dict[str, Callable[[Matrix], Matrix]] = {
    "not a number": _first(math.nan),
    "endless": _first(math.inf),
    "negative": _first(-1),
    "a text": _first("60"),
    "a truth": _first(True),
    "milliseconds": _first(90_000_000),
    "a list": _first([]),
    "a row too few": lambda rows: rows[1:],
    "a row too many": lambda rows: [*rows, rows[0]],
    "a number too few": lambda rows: [rows[0][1:], *rows[1:]],
    "no rows": lambda rows: rows[:0],
    "numbers for rows": lambda rows: rows[0][: len(rows)],
}
"""Answers of the right form with a wrong matrix."""

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a page": b"<html>503</html>",
    "half an answer": b'{"code": "Ok", "dura',
    "null": b"null",
    "a number": b"7",
    "an empty object": b"{}",
    "a list of objects": b"[{}]",
    "too deep": b"[" * 200_000,
    "not text": b"\xff\xfe\x00",
}
"""Answers that are no answers."""

STATUSES = {"status 500": 500, "status 503": 503, "status 400": 400, "status 429": 429}
MANNERS = ("redirect", "closes", "cut short", "hangs", "drips", "without end", "bad header")
FAULTS = (*MATRICES, *BODIES, *STATUSES, *MANNERS)
