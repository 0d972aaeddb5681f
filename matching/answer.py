"""From the chosen loads to the plan that is answered, and the clock that times all this."""

import time

from matching.day import Day
from matching.driven import driven
from matching.found import Found
from matching.goals import goals_of
from matching.plan import Plan, Status
from matching.reasons import unplaced
from matching.routes import lifts_of

SPARE = 0.15  # of the deadline, for what must follow the search
SPARE_S = 15  # at most


class Watch:
    """Seconds by phase, and how many are left. The only clock in the package."""

    def __init__(self, deadline_s: float) -> None:
        self._began = self._last = time.monotonic()
        spare_s = min(deadline_s * SPARE, SPARE_S)
        self._until = self._began + deadline_s - spare_s
        self._end = self._began + deadline_s - spare_s / 2
        self.seconds: dict[str, float] = {}

    def left_s(self) -> float:
        """Until the search must end; negative thereafter."""
        return self._until - time.monotonic()

    def late(self) -> bool:
        """Whether the search must end."""
        return self.left_s() <= 0

    def overdue(self) -> bool:
        """Whether the spare time after the search runs out too."""
        return time.monotonic() >= self._end

    def mark(self, name: str) -> None:
        """Note when *name* happened, in seconds from the start; the last time counts."""
        self.seconds[name] = round(time.monotonic() - self._began, 3)

    def phase(self, name: str) -> None:
        """Book the time since the last call as *name*."""
        now = time.monotonic()
        self.seconds[name] = round(now - self._last, 3)
        self.seconds["total"] = round(now - self._began, 3)
        self._last = now


def plan_of(day: Day, found: Found, watch: Watch) -> Plan:
    """The lifts of *found* with their clock times, what they are worth, and who is left out."""
    worth, driver_s, rider_s = (goal.of(found.loads) for goal in goals_of(day))
    proven = max(found.proven, int(worth == found.bound))
    bound, worth = found.bound - day.told_price, worth - day.told_price
    lifts = lifts_of(day, found.loads)
    left_out = unplaced(day, driven(day, found.loads), watch.overdue)
    watch.phase("reasons")
    return Plan(
        status=_status(proven, found.cut),
        worth=worth,
        driver_extra_s=-driver_s,
        rider_extra_s=-rider_s,
        bound=bound,
        gap=round((bound - worth) / max(1, bound), 6),
        proven_levels=proven,
        lifts=lifts,
        unplaced=left_out,
        seconds=watch.seconds,
    )


def _status(proven: int, cut: bool) -> Status:
    if proven:
        return Status.OPTIMAL
    return Status.DEADLINE if cut else Status.FEASIBLE
