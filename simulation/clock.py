"""The time of the simulated world: it stands until somebody moves it.

Begin with `Clock`; it is what `Adapters.now` calls. Inside `sleeping` the pauses that
botocore makes between two attempts move this clock and cost no time. (PynamoDB sleeps
only under a rate limit and while it deletes tables; we ask for neither.)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from botocore import endpoint

from simulation.swapped import swapped

BEGINNING = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A Friday, eight days before the campaign day of the tests' things."""


@dataclass(slots=True)
class Clock:
    """An aware instant in UTC; calling the clock answers it."""

    at: datetime = BEGINNING

    def __call__(self) -> datetime:
        """The instant it stands at."""
        return self.at

    def forward(self, **span: float) -> None:
        """Go on by that span: `clock.forward(hours=2)`. It never goes back.

        Raises
        ------
        ValueError
            When the span is negative.
        """
        step = timedelta(**span)
        if step < timedelta():
            raise ValueError("time does not go back")
        self.at += step

    def forward_to(self, at: datetime) -> None:
        """Go on to that instant, unless it is past already."""
        self.at = max(self.at, at)


@contextmanager
def sleeping(clock: Callable[[], Clock]) -> Iterator[None]:
    """Have botocore's pauses between attempts move that clock instead, asked for each time."""
    pause = SimpleNamespace(sleep=lambda seconds: clock().forward(seconds=seconds))
    with swapped(endpoint, "time", pause):
        yield
