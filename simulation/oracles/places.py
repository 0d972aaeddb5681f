"""R1, R4: places are never given twice, at every write.

The audit's own rules, held against the campaign days that a commit touches.
"""

from collections.abc import Sequence
from datetime import timedelta

from simulation import audit
from simulation.journal import Action
from simulation.oracles.rows import KINDS, Change, Fact, instant
from simulation.oracles.scene import Scene

KEPT = timedelta(days=7)
"""After so long bookings go and sessions stay: nothing can be added up any more."""


def watch(scene: Scene) -> None:
    """Look at every commit."""

    def committed(changes: Sequence[Change], action: Action | None) -> None:
        days = {_day(one) for one in changes if one.kind in {*KINDS, "session"}}
        for day in sorted(days - {""}):
            for sentence in audit.broken(scene.rows.days.get(day, {}), _sessions(scene, day)):
                who = f"{action.deed} {action.thing}" if action else "?"
                scene.journal.breaks(f"{sentence} [{who}]")

    scene.commits.append(committed)


def _day(change: Change) -> str:
    row = change.new or change.old or {}
    if change.kind != "session":
        return str(row.get("row", {}).get("day", ""))
    return str(row["starts_at"])[:10]


def _sessions(scene: Scene, day: str) -> dict[str, Fact]:
    """Open sessions of that day; all start in daytime, so UTC's date is theirs."""
    now = scene.now()
    return {
        key: one
        for key, one in scene.rows.of("session").items()
        if one["starts_at"].startswith(day)
        and "listing" in one
        and instant(one["ends_at"]) + KEPT > now
    }
