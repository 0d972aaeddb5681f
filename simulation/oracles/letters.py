"""R8: each owed letter is accepted once, for a stored state, and none after "stop". R7: calm.

What a letter is, its tags say: the outbox row that it stands for, which edition of it, and a
hash of its reader's address. Begin with `watch`.
"""

import base64
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulation.journal import Action
from simulation.oracles.rows import Change, Fact, instant
from simulation.oracles.scene import Scene
from simulation.ses import Letter

SENT = frozenset({"sent", "bounced", "complained"})
UNSENT = frozenset({"moot", "suppressed", "over_budget", "too_late"})
UNSOLICITED = frozenset({"pickup", "pickup_joined", "driver", "rider_left"})
"""What tells somebody of a change that others brought about, and their plan goes on with."""

Edition = tuple[str, str]


@dataclass(slots=True)
class _Seen:
    """What has become of every letter that was ever owed."""

    states: dict[Edition, str] = field(default_factory=dict)
    taken: dict[Edition, list[str]] = field(default_factory=lambda: defaultdict(list))
    moves: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    replaced: Counter[str] = field(default_factory=Counter)


def watch(scene: Scene) -> None:
    """Look at what is owed, and at what goes out."""
    seen = _Seen()

    def committed(changes: Sequence[Change], _: Action | None) -> None:
        for change in changes:
            if change.kind == "outbox" and not change.id.startswith("run:"):
                _owed(scene, seen, change)

    scene.commits.append(committed)
    scene.letters.append(lambda letter: _accepted(scene, seen, letter))
    scene.quiets.append(lambda: _compare(scene, seen))


def tag(letter: Letter, name: str) -> str:
    """A tag's text; they go over the wire as base64url without its padding."""
    text = letter.tags.get(name, "")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def _owed(scene: Scene, seen: _Seen, change: Change) -> None:
    old, new = change.old, change.new
    if new is None:
        if old and old["state"] in {"owed", "sending"}:
            scene.journal.breaks(f"R8 {change.id}: was forgotten while {old['state']}")
        return
    seen.states[change.id, new["made_at"]] = new["state"]
    if old is None or old["made_at"] != new["made_at"]:
        scene.journal.reached[f"owed {new['letter']} {new['about']}".rstrip()] += 1
        _calm(scene, seen, new)


def _calm(scene: Scene, seen: _Seen, row: Fact) -> None:
    """R7: at most two such changes an hour."""
    if row["about"] not in UNSOLICITED or row["letter"] not in {"changed", "cancelled"}:
        return
    at = instant(row["owed_at"])
    moves = seen.moves[row["thing"]]
    if at in moves and at > scene.now():
        return  # it takes the place of a letter that is held until then
    moves.append(at)
    if len([one for one in moves if at - timedelta(hours=1) < one <= at]) > 2:
        scene.journal.breaks(f"R7 {row['thing']}: a third change within the hour")


def _accepted(scene: Scene, seen: _Seen, letter: Letter) -> None:
    row_id, edition = tag(letter, "row"), tag(letter, "edition")
    row = scene.rows.of("outbox").get(row_id)
    if row is None or (row_id, edition) not in seen.states:
        scene.journal.breaks(f"R8 {row_id}: sent, and never owed")
        return
    scene.journal.reached[f"letter {row['letter']} {row['about']}".rstrip()] += 1
    thing = scene.rows.thing(row["thing"])
    if thing is None or thing["row"]["version"] < row["version"]:
        scene.journal.breaks(f"R8 {row_id}: sent for what is not stored")
    if f"stop:{letter.tags['reader']}" in scene.rows.of("limits"):
        scene.journal.breaks(f"R8 {row_id}: sent after stop")
    before = seen.taken[row_id, edition]
    if any(one not in scene.lost_news for one in before):
        scene.journal.breaks(f"R8 {row_id}: sent twice")
    before.append(letter.id)


def _compare(scene: Scene, seen: _Seen) -> None:
    """When all is quiet, what the rows say of letters is what SES knows of them."""
    for (row_id, edition), state in seen.states.items():
        count = len(seen.taken.get((row_id, edition), ()))
        row = scene.rows.of("outbox").get(row_id)
        if row is not None and row["made_at"] != edition:
            continue  # another letter has taken its place
        if (
            state in {"owed", "sending"}
            and instant(row["owed_at"] if row else edition) < scene.now()
        ):
            scene.journal.breaks(f"R8 {row_id}: still {state} when all is quiet")
        elif state in SENT and not count:
            scene.journal.breaks(f"R8 {row_id}: {state}, and SES never had it")
        elif state in UNSENT and count:
            scene.journal.breaks(f"R8 {row_id}: {state}, and SES has it")
    seen.states = {one: state for one, state in seen.states.items() if state in {"owed", "sending"}}
