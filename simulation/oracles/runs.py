"""R9: a stale run changes nothing. R11: nothing is done to what has expired."""

from collections.abc import Sequence

from simulation.journal import Action
from simulation.oracles.rows import KINDS, Change
from simulation.oracles.scene import Scene


def watch(scene: Scene) -> None:
    """Look at every commit."""

    def committed(changes: Sequence[Change], action: Action | None) -> None:
        if action is None:
            return
        for change in changes:
            if change.kind == "run" and change.new:
                _begun(scene, change, action)
        _fenced(scene, changes, action)
        _expired(scene, changes, action)

    scene.commits.append(committed)


def _begun(scene: Scene, change: Change, action: Action) -> None:
    token = int((change.new or {})["run"])
    before = int((change.old or {"run": 0})["run"])
    if token <= before:
        scene.journal.breaks(f"R9 {change.id}: run {token} began after {before}")
    running = [one for one in scene.journal.pile if one.run and one.run[0] == change.id]
    if any(one is not action for one in running):
        scene.journal.reached["run overtaken"] += 1
    # A retry of the client's after a lost answer counts twice; then the later is the run's.
    action.run = change.id, token
    scene.journal.reached["run begun"] += 1


def _fenced(scene: Scene, changes: Sequence[Change], action: Action) -> None:
    if action.run is None or action.who != "match":
        return
    day, token = action.run
    newest = scene.rows.of("run").get(day, {"run": 0})["run"]
    things = [one.id for one in changes if one.kind in KINDS | {"session"}]
    if things and newest > token:
        scene.journal.breaks(f"R9 {day}: run {token} stored {things} after {newest:.0f} began")


def _expired(scene: Scene, changes: Sequence[Change], action: Action) -> None:
    now = scene.now().timestamp()
    for change in changes:
        if change.kind not in KINDS or change.old is None or change.new is None:
            continue
        until = change.old["row"].get("expires_at")
        if until is not None and until <= now:
            scene.journal.breaks(f"R11 {change.id}: was over, and {action.deed} changed it")
