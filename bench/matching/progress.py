"""How far the runs are, on the standard error: which day, how many done, about how long yet."""

import sys
import time
from collections.abc import Sequence

from bench.matching.asks import AGAIN, GREEDY, OURS, Ask

START_S = 2.0  # to start an interpreter and make up a small day
PEOPLE_A_SECOND = 200  # made up, planned by greedy and checked
SEARCHED_A_SECOND = 10  # people: our search ends of itself on small days


class Progress:
    """What is still to run. The time left is the expected one, scaled by what came of it so far."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        self._left = list(asks)
        self._all = len(asks)
        self._expected_s = 0.0
        self._began = time.monotonic()

    def begins(self, ask: Ask) -> None:
        """Tell that the next one, *ask*, begins."""
        day, done = ask.day, self._all - len(self._left)
        line = (
            f"{done} of {self._all} done, about {_spoken(self._left_s())} left; now "
            f"{ask.tool}, {day.people} people, seed {day.seed}, {ask.seconds:g} s"
        )
        print(f"\r{line:<79}" if sys.stderr.isatty() else line, end=self._end(), file=sys.stderr)
        sys.stderr.flush()
        self._expected_s += _expected_s(self._left.pop(0))

    def pauses(self) -> None:
        """Clear the line, for rows to be printed."""
        if sys.stderr.isatty():
            print(f"\r{'':79}\r", end="", file=sys.stderr, flush=True)

    def _end(self) -> str:
        return "" if sys.stderr.isatty() else "\n"

    def _left_s(self) -> float:
        elapsed_s = time.monotonic() - self._began
        pace = elapsed_s / self._expected_s if self._expected_s else 1.0
        return pace * sum(map(_expected_s, self._left))


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _expected_s(ask: Ask) -> float:
    """Roughly; the pace of what is done already mends it."""
    people = ask.day.people
    search_s = min(ask.seconds, people / SEARCHED_A_SECOND)
    run_s = {OURS: search_s, AGAIN: 3 * search_s} | dict.fromkeys(GREEDY, 0.0)
    return START_S + people / PEOPLE_A_SECOND + run_s.get(ask.tool, ask.seconds)
