"""R5: the same form again has the effect of one; other contents under its key are refused.

A form's key is its draft's id. Whatever is sent under it may make things once, and never
changes them.
"""

from collections.abc import Sequence

from simulation.journal import Action
from simulation.oracles.rows import KINDS, Change
from simulation.oracles.scene import Answer, Scene


def watch(scene: Scene) -> None:
    """Look at what forms make."""
    made: dict[str, set[str]] = {}
    things = KINDS | {"event"}

    def committed(changes: Sequence[Change], action: Action | None) -> None:
        if action is None or action.deed != "send":
            return
        sent = [one for one in changes if one.kind in things]
        for change in sent:
            if change.old is not None:
                scene.journal.breaks(f"R5 {change.id}: changed by its form")
        ids = {one.id for one in sent}
        before = made.setdefault(action.thing, ids)
        if ids and before != ids:
            scene.journal.breaks(f"R5 form {action.thing}: made {sorted(ids | before)}")

    def answered(action: Action, page: Answer) -> None:
        if action.deed == "send" and page.status == 303 and not action.writes:
            scene.journal.reached["form sent again"] += 1
        if action.deed == "send" and page.status == 409:
            scene.journal.reached["form refused"] += 1

    scene.commits.append(committed)
    scene.answers.append(answered)
