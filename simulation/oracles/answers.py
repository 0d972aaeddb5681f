"""R3: refusals are true, and what a page refuses it has not done. R12: unknown is told so.

Begin with `watch`.
"""

import re
from collections.abc import Sequence

from simulation.journal import Action
from simulation.oracles.rows import Change
from simulation.oracles.scene import Answer, Scene
from simulation.tables.store import Write

REFUSED = frozenset({403, 404, 409, 410, 422})
FULL = "There are not enough places left in this session"
UNKNOWN = ("may be stored or not", "may not be stored", "Nothing was stored")
_TAG = re.compile(r"<[^>]+>")
_REFERENCE = re.compile(r"reference", re.IGNORECASE)


class _Sessions:
    """How few places were free at any moment of what is running."""

    def __init__(self) -> None:
        self.lowest: dict[int, dict[str, float]] = {}


def watch(scene: Scene) -> None:
    """Look at every answer."""
    seen: dict[int, dict[str, float]] = {}

    def committed(changes: Sequence[Change], _: Action | None) -> None:
        for change in changes:
            if change.kind == "session" and change.old:
                for action in scene.journal.pile:
                    lowest = seen.setdefault(action.number, {})
                    before = lowest.get(change.id, change.old["free"])
                    lowest[change.id] = min(before, (change.new or change.old)["free"])

    def answered(action: Action, page: Answer) -> None:
        lowest = seen.pop(action.number, {})
        scene.journal.reached[f"answer {page.status}"] += 1
        _statuses(scene, action, page)
        if page.status in REFUSED:
            _refused(scene, action, page, lowest)

    scene.commits.append(committed)
    scene.answers.append(answered)


def _statuses(scene: Scene, action: Action, page: Answer) -> None:
    if page.status == 500:
        scene.journal.breaks(f"R12 500 for {action.deed} {action.thing.partition('-')[0]}")
    if page.status == 503 and not any(words in page.html for words in UNKNOWN):
        scene.journal.breaks(f"R12 {action.deed}: 503 does not say what is unknown")
    if page.status == 503 and "Nothing was stored" in page.html and _stored(action.writes):
        scene.journal.breaks(f"R12 {action.deed} {action.thing}: stored, and told that not")


def _stored(writes: Sequence[Write]) -> list[Write]:
    """Writes that mean something to somebody."""
    tables = ("-bookings", "-events", "-outbox")
    return [one for one in writes if one.table.endswith(tables)]


def _refused(scene: Scene, action: Action, page: Answer, lowest: dict[str, float]) -> None:
    stored = _stored(action.writes)
    if stored and not _is_reason(stored):
        scene.journal.breaks(
            f"R3 {action.deed} {action.thing}: answered {page.status}, and stored "
            f"{sorted({str(one.key[1] or one.key[0]) for one in stored})}"
        )
    if FULL in page.html:
        _full(scene, action, lowest)


def _is_reason(stored: Sequence[Write]) -> bool:
    """Why no car took somebody is kept with their request, which goes on waiting."""
    return all(str(one.key[1]).startswith("request-") for one in stored)


def _full(scene: Scene, action: Action, lowest: dict[str, float]) -> None:
    """A refusal for want of room was true at a moment of the request."""
    thing = scene.rows.thing(action.thing)
    if thing is None or "session_id" not in thing:
        return
    session = scene.rows.of("session").get(thing["session_id"])
    if session is None:
        return
    free = min(session["free"], lowest.get(thing["session_id"], session["free"]))
    scene.journal.reached["last place refused"] += 1
    if action.deed in {"confirm", "undo"} and free >= thing["people"]:
        scene.journal.breaks(f"R3 {action.thing}: told full, and {free:.0f} were free")
