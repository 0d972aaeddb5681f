"""What a table is: which runs a size needs, and the rows that their outcomes make.

Begin with `Table`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from statistics import median

from bench.matching.asks import Ask, Outcome


@dataclass(frozen=True)
class Size:
    """People of a day, how many seeds (1, 2, ...), and how many seconds a run may last."""

    people: int
    seeds: int
    seconds: tuple[float, ...]

    @property
    def each_seed(self) -> range:
        """1, 2, ..."""
        return range(1, self.seeds + 1)


Cells = list[str]


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes
    ----------
    title
        What is run, and what a column means that its name does not say.
    columns
        Their names, and the widths that they need beyond those.
    asks
        The runs of one size.
    rows
        Its rows, made of the outcomes of those runs that did not fail.
    sizes, short
        What is run when nobody says otherwise, and for a short look.
    """

    title: str
    columns: Mapping[str, int]
    asks: Callable[[Size], list[Ask]]
    rows: Callable[[Size, list[Outcome]], list[Cells]]
    sizes: tuple[Size, ...]
    short: tuple[Size, ...]

    def head(self) -> str:
        """The columns' names as a line."""
        return self.line(list(self.columns))

    def line(self, cells: Cells) -> str:
        """A row's cells, one for each column, as a line."""
        columns = zip(cells, self.columns.items(), strict=True)
        return "  ".join(f"{cell:>{max(width, len(name))}}" for cell, (name, width) in columns)


def middle(numbers: Iterable[float]) -> float:
    """The median; infinite when there are none."""
    every = list(numbers)
    return median(every) if every else inf


def worst(numbers: Iterable[float]) -> float:
    """The largest; infinite when there are none."""
    return max(numbers, default=inf)


def told_s(outcome: Outcome, phase: str) -> float:
    """Seconds that the plan gives for a phase; infinite when it gives none."""
    return outcome.seconds.get(phase, inf)


def shown(number: float, form: str = ".2f") -> str:
    """The number; a dash when it is not finite."""
    return format(number, form) if isfinite(number) else "-"


def seeds(size: Size) -> str:
    """The seeds as a cell."""
    return "1" if size.seeds == 1 else f"1-{size.seeds}"


def wrong(outcomes: Iterable[Outcome]) -> str:
    """All broken promises as a cell."""
    return str(sum(each.wrong for each in outcomes))
