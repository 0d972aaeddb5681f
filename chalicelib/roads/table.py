"""What a road service is to us: a table of seconds, from some points to others."""

import math
from collections.abc import Sequence
from typing import Any, Protocol

from chalicelib.domain.drives import Point, Rows

LONGEST_S = 86_400
"""No drive of a campaign day lasts longer; what does is in other units than seconds."""


class Table(Protocol):
    """Somebody who knows the roads."""

    @property
    def name(self) -> str:
        """What its answers are kept under: another name for other roads."""

    @property
    def side(self) -> int:
        """Most origins, and most destinations, of one question."""

    def ask(self, origins: Sequence[Point], destinations: Sequence[Point]) -> Rows | None:
        """The drives from each origin (a row) to each destination, or None for no usable answer."""


def checked(rows: Any, origins: Sequence[Point], destinations: Sequence[Point]) -> Rows | None:
    """The answer *rows*, if it is one to that question: its shape, and a time in every place.

    One wrong number makes the whole of it unusable: whoever sends that may be wrong elsewhere.
    """
    if not isinstance(rows, list) or len(rows) != len(origins):
        return None
    if not all(isinstance(row, list) and len(row) == len(destinations) for row in rows):
        return None
    if not all(_is_time(value) for row in rows for value in row):
        return None
    return [[None if value is None else math.ceil(value) for value in row] for row in rows]


def _is_time(value: Any) -> bool:
    """NaN is none: it is not within anything. True is none either."""
    return value is None or (type(value) in (int, float) and 0 <= value <= LONGEST_S)
