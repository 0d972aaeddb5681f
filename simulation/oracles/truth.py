"""R6: when all is quiet, the last letter tells the stored truth, and so does the calendar.

A letter is known by its outbox row; what each says is the table `SAYS`. Begin with `watch`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from simulation import post
from simulation.oracles.letters import tag
from simulation.oracles.rows import Fact, instant
from simulation.oracles.scene import Scene
from simulation.ses import Letter

LONDON = ZoneInfo("Europe/London")
WAITING = frozenset({"waiting", "offered"})
PLACED = frozenset({"confirmed", "completed", "no_show"})
COMING = frozenset({"coming", "completed", "no_show"})
LEFT_OUT = WAITING | {"not_placed", "expired", "cancelled"}

SAYS: dict[tuple[str, str], dict[str, frozenset[str]]] = {
    ("request_waiting", ""): {"request": WAITING},
    ("lift_confirmed", ""): {"request": PLACED},
    ("changed", "pickup"): {"request": PLACED},
    ("changed", "pickup_joined"): {"request": PLACED},
    ("changed", "way_back"): {"request": PLACED},
    ("changed", "refused"): {"request": WAITING},
    ("changed", "session_lift"): {"request": WAITING},
    ("cancelled", "by_you"): {
        "request": frozenset({"cancelled"}),
        "signup": frozenset({"cancelled"}),
        "offer": frozenset({"withdrawn"}),
        "event": frozenset({"cancelled"}),
    },
    ("cancelled", "by_you_lift"): {
        "request": frozenset({"cancelled"}),
        "offer": frozenset({"withdrawn"}),
    },
    ("cancelled", "driver"): {"request": LEFT_OUT},
    ("cancelled", "event_lift"): {"request": LEFT_OUT},
    ("cancelled", "event"): {"request": LEFT_OUT, "signup": frozenset({"cancelled"})},
    ("cancelled", "way_back"): {"request": frozenset({"completed"})},
    ("not_placed", ""): {"request": frozenset({"not_placed"})},
    ("signup_coming", ""): {"signup": COMING},
    ("reminder", ""): {"request": PLACED, "signup": COMING},
    ("afterwards", ""): {"request": PLACED, "signup": COMING},
    ("offer_open", ""): {"offer": frozenset({"open", "closed", "expired"})},
    ("lift_accepted", ""): {"offer": frozenset({"open", "closed"})},
    ("event_published", ""): {"event": frozenset({"published", "completed"})},
    ("event_in_review", ""): {"event": frozenset({"in_review"})},
}
"""(letter, about) -> kind of thing -> the states of which it tells. Others tell of none."""


@dataclass(slots=True)
class _Told:
    """What people know, by thing and by entry of their calendar."""

    last: dict[str, tuple[str, str]] = field(default_factory=dict)
    entries: dict[str, tuple[int, str, str]] = field(default_factory=dict)


def watch(scene: Scene) -> None:
    """Read every letter."""
    told = _Told()
    scene.letters.append(lambda letter: _read(scene, told, letter))
    scene.quiets.append(lambda: _compare(scene, told))


def _read(scene: Scene, told: _Told, letter: Letter) -> None:
    row = scene.rows.of("outbox").get(tag(letter, "row"))
    if row is None:
        return
    name = row["letter"]
    about = row["about"] if name in {"changed", "cancelled"} else ""
    if (name, about) in SAYS:
        told.last[_subject(scene, row["thing"])] = name, about
    calendar = post.read(letter).calendar
    if calendar:
        _entry(scene, told, calendar)


def _subject(scene: Scene, thing_id: str) -> str:
    """A letter about a lift tells its driver where their offer stands."""
    lift = scene.rows.of("lift").get(thing_id)
    return str(lift["offer_id"]) if lift else thing_id


def _entry(scene: Scene, told: _Told, calendar: dict[str, str]) -> None:
    uid, number = calendar["UID"].partition("@")[0], int(calendar["SEQUENCE"])
    entry = number, calendar["METHOD"], calendar["DTSTART"]
    before = told.entries.get(uid)
    if before is not None and (number < before[0] or (number == before[0] and entry != before)):
        scene.journal.breaks(f"R6 {uid}: SEQUENCE {number} after {before[0]}")
    told.entries[uid] = entry
    scene.journal.reached[f"calendar {entry[1]}"] += 1


def _compare(scene: Scene, told: _Told) -> None:
    unheard = _unheard(scene)
    for kind in ("request", "signup", "offer", "event"):
        for thing_id, row in scene.rows.of(kind).items():
            if thing_id in unheard or _address(row) in unheard:
                continue
            _last(scene, told, kind, thing_id, row)
            _calendar(scene, told, kind, thing_id, row)


def _unheard(scene: Scene) -> set[str]:
    """Things and addresses about which not every letter may go."""
    held = {"over_budget", "suppressed", "too_late", "refused", "owed", "sending"}
    rows = scene.rows.of("outbox").values()
    return {one["thing"] for one in rows if one["state"] in held and "thing" in one}


def _address(row: Fact) -> str:
    return str((row.get("person") or row.get("organiser") or {}).get("email", ""))


def _last(scene: Scene, told: _Told, kind: str, thing_id: str, row: Fact) -> None:
    if row["state"] in {"unconfirmed", "expired"} or thing_id not in told.last:
        if row["state"] in {"confirmed", "coming", "waiting", "published"}:
            scene.journal.breaks(f"R6 {thing_id}: {row['state']}, and never told so")
        return
    states = SAYS[told.last[thing_id]].get(kind)
    scene.journal.reached["last letter compared"] += 1
    if states is not None and row["state"] not in states:
        letter = " ".join(told.last[thing_id]).strip()
        scene.journal.breaks(f"R6 {thing_id}: {row['state']}, and last told {letter}")


def _calendar(scene: Scene, told: _Told, kind: str, thing_id: str, row: Fact) -> None:
    entry = told.entries.get(thing_id)
    starts = _starts(scene, kind, thing_id, row)
    if starts is None:
        if entry and entry[1] == "REQUEST" and _is_out(kind, row):
            scene.journal.breaks(f"R6 {thing_id}: {row['state']}, and in their calendar")
    elif entry is None or entry[1:] != ("REQUEST", _local(starts)):
        scene.journal.breaks(f"R6 {thing_id}: starts {_local(starts)}, their calendar has {entry}")


def _starts(scene: Scene, kind: str, thing_id: str, row: Fact) -> datetime | None:
    """When it begins for somebody who has a place; None when they have none, or it is over."""
    lift = scene.rows.of("lift").get(row.get("lift_id", ""))
    if kind == "signup" and row["state"] == "coming":
        return instant(row["session_starts_at"])
    if kind == "request" and row["state"] == "confirmed" and lift:
        places = {one["request_id"]: one for one in lift["places"]}
        return instant(places[thing_id]["pickup_at"]) if thing_id in places else None
    if kind == "offer" and lift and lift["state"] in {"accepted", "locked"}:
        return instant(lift["leave_at"])
    return None


def _is_out(kind: str, row: Fact) -> bool:
    """Whether it must be gone from their calendar: it will not happen."""
    if kind == "offer":
        return row["state"] in {"open", "withdrawn"} and not row["lift_id"]
    return row["state"] in WAITING | {"cancelled", "not_placed"}


def _local(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%Y%m%dT%H%M}00"
