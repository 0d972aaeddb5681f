"""R2, R6: only legal steps, and each only by whom may take it.

So what a page or a letter has confirmed stays until its owner, its driver, its organiser or
the end of the session ends it. Begin with `LEGAL`.
"""

from collections.abc import Callable, Mapping, Sequence

from simulation.journal import Action
from simulation.oracles.rows import KINDS, Change, Fact, instant
from simulation.oracles.scene import Scene

Allowed = Callable[[Scene, Change, Action], bool]
NEW = "-"


def watch(scene: Scene) -> None:
    """Look at every commit."""

    def committed(changes: Sequence[Change], action: Action | None) -> None:
        for change in changes:
            if change.kind in {*KINDS, "event"}:
                _look(scene, change, action)

    scene.commits.append(committed)


def _look(scene: Scene, change: Change, action: Action | None) -> None:
    old = change.old["state"] if change.old else NEW
    if change.new is None:
        if action is not None:
            scene.journal.breaks(f"R2 {change.id}: was removed by {action.deed}")
        return
    new = change.new["state"]
    if old == new:
        return
    scene.journal.reached[f"{change.kind}: {old} to {new}"] += 1
    allowed = LEGAL.get(change.kind, {}).get((old, new))
    if allowed is None:
        scene.journal.breaks(f"R6 {change.id}: from {old} to {new}")
    elif action is None or not any(one(scene, change, action) for one in allowed):
        deed = f"{action.deed} {action.thing}" if action else "nobody"
        scene.journal.breaks(f"R2 {change.id}: from {old} to {new} by {deed}")


def _own(deed: str) -> Allowed:
    return lambda _, change, action: action.deed == deed and action.thing == change.id


def _undo(_: Scene, change: Change, action: Action) -> bool:
    """By its owner, within ten minutes; a request that began in time may end a little later."""
    row = change.old or {}
    ended = row.get("ended_at") or row.get("cancelled_at")
    in_time = bool(ended) and (action.at - instant(str(ended))).total_seconds() <= 600
    return action.deed == "undo" and action.thing == change.id and in_time


def _by(*deeds: str) -> Allowed:
    return lambda _scene, _change, action: action.deed in deeds


def _other_self(deed: str) -> Allowed:
    """By the same person's other wish."""

    def allowed(_: Scene, change: Change, action: Action) -> bool:
        row = change.new or {}
        return action.deed == deed and action.thing == row.get("either_with")

    return allowed


def _of_driver(deed: str) -> Allowed:
    """By the driver of the lift that it was in, or now is in."""

    def allowed(scene: Scene, change: Change, action: Action) -> bool:
        lifts = [(row or {}).get("lift_id") for row in (change.old, change.new)]
        cars = [scene.rows.of("lift").get(lift or "") for lift in lifts]
        return action.deed == deed and any(
            action.thing in {car["offer_id"], car["id"]} for car in cars if car
        )

    return allowed


def _of_lift(*deeds: str) -> Allowed:
    """By the driver of this lift, or by a rider in it."""

    def allowed(_: Scene, change: Change, action: Action) -> bool:
        lift = change.old or change.new or {}
        held = {one["request_id"] for one in (*lift["places"], *lift.get("asks", ()))}
        return action.deed in deeds and action.thing in {lift["id"], lift["offer_id"], *held}

    return allowed


def _lift_over(scene: Scene, change: Change, action: Action) -> bool:
    """Time, or the session, ended it; a run or the clock found that out."""
    if action.deed not in {"match", "deadlines"}:
        return False
    lift = change.old or {}
    if change.kind in {"request", "offer"}:
        lift = scene.rows.of("lift").get(lift["lift_id"], {})
    return bool(lift) and (_off(scene, lift) or _unanswered(scene, lift, change.id))


def _off(scene: Scene, lift: Fact) -> bool:
    """Whether its session is not as its people were told."""
    session = scene.rows.of("session").get(lift["session_id"])
    return session is None or not session["published"] or session["edition"] != lift["edition"]


def _unanswered(scene: Scene, lift: Fact, thing: str) -> bool:
    now = scene.now()
    if lift["state"] in {"proposed", "cancelled"} and instant(lift["respond_by"]) <= now:
        return True
    if thing.startswith("lift"):
        return all(instant(one["until"]) <= now for one in lift["asks"]) and not lift["places"]
    # An ask whose time is over is taken from the lift in the same commit.
    return all(one["request_id"] != thing for one in lift["places"])


def _session_over(scene: Scene, change: Change, action: Action) -> bool:
    """By the clock, once the session's end has passed."""
    row = change.old or {}
    lift = scene.rows.of("lift").get(row.get("lift_id", ""), row)
    ends = str(lift.get("ends_at") or lift.get("session_ends_at") or "")
    return action.deed in {"match", "deadlines"} and bool(ends) and instant(ends) <= scene.now()


def _session_off(scene: Scene, change: Change, action: Action) -> bool:
    """By a run or the clock, since what they wished for was cancelled, or its day is past."""
    if action.deed not in {"match", "deadlines"}:
        return False
    row = change.old or {}
    named = row.get("sessions") or [row.get("session_id")]
    found = [scene.rows.of("session").get(one) for one in named if one]
    is_open = [one for one in found if one and one["published"]]
    if change.kind == "signup":
        return not is_open
    return all(
        (instant(one["starts_at"]) - scene.now()).total_seconds() < 4 * 3600 for one in is_open
    )


def _other_used(scene: Scene, change: Change, action: Action) -> bool:
    """By a run, once the day is over on which the same person went by their other wish."""
    row = change.old or {}
    other = scene.rows.thing(row["either_with"]) if row["either_with"] else None
    day_over = str(row["row"]["day"]) < f"{scene.now():%Y-%m-%d}"
    return action.deed == "match" and day_over and other is not None and bool(other["lift_id"])


_RUN = _by("match")
_CONFIRM = (_own("confirm"), _other_self("confirm"))
_SEATED = (_RUN, _own("cars"), _own("confirm"))

LEGAL: Mapping[str, Mapping[tuple[str, str], tuple[Allowed, ...]]] = {
    "event": {
        (NEW, "unconfirmed"): (_by("send"),),
        ("unconfirmed", "in_review"): _CONFIRM,
        ("unconfirmed", "published"): _CONFIRM,
        ("in_review", "published"): (_own("review"),),
        ("in_review", "cancelled"): (_own("review"), _own("cancel")),
        ("published", "cancelled"): (_own("review"), _own("cancel")),
        ("cancelled", "published"): (_undo,),
        ("cancelled", "in_review"): (_undo,),
    },
    "signup": {
        (NEW, "unconfirmed"): (_by("send"),),
        ("unconfirmed", "coming"): _CONFIRM,
        ("coming", "cancelled"): (_own("cancel"), _session_off),
        ("coming", "completed"): (_own("happened"), _session_over),
        ("coming", "no_show"): (_own("happened"),),
        ("cancelled", "coming"): (_undo, _RUN),
    },
    "offer": {
        (NEW, "unconfirmed"): (_by("send"),),
        ("unconfirmed", "open"): _CONFIRM,
        ("open", "withdrawn"): (_own("cancel"),),
        ("open", "expired"): (_session_off, _other_used, _lift_over),
        ("open", "closed"): (_session_over,),
        ("withdrawn", "open"): (_undo,),
        ("expired", "open"): (_RUN,),
    },
    "request": {
        (NEW, "unconfirmed"): (_by("send"),),
        ("unconfirmed", "waiting"): _CONFIRM,
        # A confirmation may ask for the car that was chosen, and have it, in one commit.
        ("unconfirmed", "offered"): (_own("confirm"),),
        ("unconfirmed", "confirmed"): (_own("confirm"),),
        ("waiting", "offered"): (*_SEATED, _of_driver("again")),
        # Undone by its driver, or by itself; or its car takes whoever fits.
        ("waiting", "confirmed"): (*_SEATED, _of_driver("undo")),
        ("waiting", "cancelled"): (_own("cancel"),),
        ("waiting", "not_placed"): (_session_off,),
        # Who would drive or ride, and drove: what they did not need ends with its day.
        ("waiting", "expired"): (_other_used,),
        ("offered", "confirmed"): (_of_driver("respond"),),
        ("offered", "waiting"): (_of_driver("respond"), _of_driver("cancel"), _lift_over),
        ("offered", "cancelled"): (_own("cancel"),),
        ("offered", "not_placed"): (_lift_over,),
        ("confirmed", "waiting"): (_of_driver("cancel"), _lift_over),
        ("confirmed", "not_placed"): (_lift_over,),
        ("confirmed", "cancelled"): (_own("cancel"),),
        ("confirmed", "completed"): (_own("happened"), _session_over, _of_driver("cancel")),
        ("confirmed", "no_show"): (_own("happened"),),
        ("completed", "confirmed"): (_of_driver("undo"),),
        ("cancelled", "waiting"): (_undo,),
        ("cancelled", "confirmed"): (_undo,),
        ("not_placed", "waiting"): (_RUN,),
    },
    "lift": {
        (NEW, "proposed"): (_RUN, _by("cars", "confirm")),
        (NEW, "accepted"): (_RUN, _by("cars", "confirm")),
        ("proposed", "accepted"): (_of_lift("respond"),),
        ("proposed", "cancelled"): (_of_lift("respond", "cancel"), _lift_over, _session_over),
        ("accepted", "locked"): (_by("match", "deadlines"),),
        ("accepted", "completed"): (_session_over,),
        ("accepted", "cancelled"): (_of_lift("cancel", "respond"), _lift_over),
        ("locked", "completed"): (_session_over,),
        ("locked", "cancelled"): (_of_lift("cancel", "respond"), _lift_over),
        ("cancelled", "proposed"): (_of_lift("again"),),
        ("cancelled", "accepted"): (_of_lift("undo"),),
    },
}
"""Kind -> (from, to) -> who may bring that about: any one of them."""
