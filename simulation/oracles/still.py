"""Liveness: when faults have stopped and all days are over, nothing is left undone."""

from simulation.oracles.rows import Fact, instant
from simulation.oracles.scene import Scene

OPEN: dict[str, tuple[str, ...]] = {
    "request": ("waiting", "offered", "confirmed"),
    "lift": ("proposed", "accepted", "locked"),
    "offer": ("open",),
    "signup": ("coming",),
}
"""Kind -> states in which nothing may be left once its day is over."""


def watch(scene: Scene) -> None:
    """Look when all days are over."""
    scene.quiets.append(lambda: _late(scene))
    scene.ends.append(lambda: _undone(scene))


def _late(scene: Scene) -> None:
    """R6: every hold has a deadline, and ends at it."""
    now = scene.now()
    for lift in scene.rows.of("lift").values():
        if lift["state"] == "proposed" and instant(lift["respond_by"]) < now:
            scene.journal.breaks(f"liveness {lift['id']}: proposed past its deadline")
        asks = lift["asks"] if lift["state"] in {"accepted", "locked"} else ()
        if any(instant(one["until"]) < now for one in asks):
            scene.journal.breaks(f"liveness {lift['id']}: an ask past its deadline")


def _undone(scene: Scene) -> None:
    for kind, states in OPEN.items():
        for thing_id, row in scene.rows.of(kind).items():
            if row["state"] in states and not _is_ahead(scene, row):
                scene.journal.breaks(f"liveness {thing_id}: still {row['state']} after its day")
    for row_id, row in scene.rows.of("outbox").items():
        if row["state"] in {"owed", "sending"}:
            scene.journal.breaks(f"liveness {row_id}: still {row['state']}")


def _is_ahead(scene: Scene, row: Fact) -> bool:
    return str(row["row"]["day"]) >= f"{scene.now():%Y-%m-%d}"
