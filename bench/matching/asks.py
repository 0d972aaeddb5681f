"""What is run and what it gave: the two things that a table and a run hand each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.generate import generate
from matching.problem import Problem

OURS = "solver"
GREEDY = ("nearest", "insertion", "asking")  # need no time
AGAIN, ANEW, TOLD = "again", "anew", "told"


@dataclass(frozen=True)
class Day:
    """A made-up day, by the arguments of `matching.generate`.

    Attributes
    ----------
    simple
        Out only, and standard places only.
    """

    people: int
    seed: int
    sessions: int | None = 1
    simple: bool = True

    def problem(self) -> Problem:
        """The day itself."""
        return generate(
            self.people,
            self.seed,
            sessions=self.sessions,
            out_only=self.simple,
            standard_only=self.simple,
        )


@dataclass(frozen=True)
class Ask:
    """A tool, the day that it is to plan, and the seconds that it has for that.

    The tool is `OURS`, the name of a file in `bench.rivals`, or `AGAIN`: the day is planned,
    some people change their minds, and it is planned again, `ANEW` and then with what people
    were `TOLD`.
    """

    tool: str
    day: Day
    seconds: float

    @staticmethod
    def of(given: dict[str, Any]) -> "Ask":
        """An ask that was a dictionary in between."""
        return Ask(**{**given, "day": Day(**given["day"])})


@dataclass(frozen=True)
class Outcome:
    """What a run gave, judged by `matching.check`.

    Attributes
    ----------
    tool
        As in `ask`; but `ANEW` or `TOLD` where that is `AGAIN`.
    sessions, drivers
        Of the day.
    people
        Who are in a lift, drivers too; a party of three counts as three.
    elapsed_s
        By the clock, with the reading of the day and the writing of the plan.
    seconds
        What the plan says of its time, by phase.
    wrong
        Promises that the plan breaks.
    told, moved
        People who were told of a lift that there can still be, and those of them who are not
        in it now.
    memory_mb
        The most that was seen, of the run and its own processes together.
    """

    ask: Ask
    tool: str
    sessions: int
    drivers: int
    people: int
    worth: int
    bound: int
    gap: float
    proven: bool
    elapsed_s: float
    seconds: Mapping[str, float]
    wrong: int
    told: int
    moved: int
    memory_mb: int
