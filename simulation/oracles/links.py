"""R11, S1: a link that has ended opens nothing."""

import hashlib
import re

from simulation.journal import Action
from simulation.oracles.scene import Answer, Scene

_LINK = re.compile(r"/(confirm|manage|respond|still|happened|review)/([\w-]+)/([\w-]{43})")
OPENED = frozenset({200, 303, 409, 422})
CLOCK_S = 30
"""A request may begin before the end of a link and be answered after it."""


def watch(scene: Scene) -> None:
    """Look at every page that a link opens."""

    def answered(action: Action, page: Answer) -> None:
        found = _LINK.match(action.path)
        if found is None or page.status not in OPENED:
            return
        _, thing, token = found.groups()
        row = scene.rows.of("link").get(f"{thing} {hashlib.sha256(token.encode()).hexdigest()}")
        scene.journal.reached["link opened"] += 1
        if row is not None and row["expires_at"] + CLOCK_S < action.at.timestamp():
            scene.journal.breaks(f"R11 {action.deed} {thing}: opened by a link that had ended")

    scene.answers.append(answered)
