"""R7: a place that somebody gives back is offered again within 5 minutes.

Two cars, six riders in them, and one who waits: again and again somebody leaves, each time
after another pause, and the clock says when the one who waits has been asked or brought there.
And a driver with riders withdraws while places are free elsewhere: only those are moved, and
nobody loses the way back. Begin with `tried`.
"""

import multiprocessing
import os
import time
from collections import Counter

from simulation.living import living
from simulation.moments import kept, put_back
from simulation.oracles.rows import Fact
from simulation.report import Result, result
from simulation.script import Script

MOST_S = 300
"""Within so many seconds a place is offered again (PROMISES R7)."""

ROUNDS = 250
"""Cancellations in one world."""

Links = dict[str, str]
RIDERS = ("ria", "bo", "cy", "di", "ed", "flo", "gil")


def tried(count: int, seed: int) -> list[Result]:
    """So many cancellations, on all cores."""
    tasks = [(seed + at, min(ROUNDS, count - at * ROUNDS)) for at in range(-(-count // ROUNDS))]
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(os.cpu_count() or 1, maxtasksperchild=20) as pool:
        return list(pool.imap(_world, tasks))


def _world(task: tuple[int, int]) -> Result:
    return world(*task)


def world(seed: int, count: int) -> Result:
    """One day with two full cars, from which somebody leaves so many times."""
    with living(seed, 0.0, among=0.0) as life:
        began, script = time.monotonic(), Script(life)
        life.functions.restless = False
        _two_cars(script)
        moment, links = kept(life), _links(script)
        for number in range(count):
            put_back(life, moment)
            life.wait_quietly(life.draws.uniform(1, 240))
            if number % 5:
                _rider_leaves(script, links)
            else:
                _driver_leaves(script, links)
        life.journal.operations = count
        return result(life, seed, 0.0, time.monotonic() - began)


def _two_cars(script: Script) -> None:
    """Dan and Eve take three each; the seventh waits."""
    script.event()
    for name in ("dan", "eve"):
        script.driver(name, auto="yes")
    for name in RIDERS:
        script.rider(name)
    script.quiet(600)
    # Those who joined late moved the others twice; for an hour nobody may move them again.
    script.quiet(7200)


def _links(script: Script) -> Links:
    """By the letters of that moment: those of a round are gone with it."""
    return {name: script.link(name, "manage").path for name in (*RIDERS, "dan", "eve")}


def _leave(script: Script, links: Links, name: str) -> None:
    page = script.press(name, f"{links[name]}/cancel", sure="yes")
    if page.status != 200:
        script.life.journal.breaks(f"R7 {name} could not cancel: {page.status}")


def _rider_leaves(script: Script, links: Links) -> None:
    """Whoever waits is brought to the place that is free now."""
    life = script.life
    requests = life.scene.rows.of("request")
    waiting = [one["id"] for one in requests.values() if one["state"] == "waiting"]
    placed = [name for name in RIDERS if requests[script.things[name]]["state"] == "confirmed"]
    _leave(script, links, life.draws.choice(placed))
    since = life.cloud.clock()
    while any(requests[one]["state"] == "waiting" for one in waiting):
        life.wait_quietly(2)
        if (life.cloud.clock() - since).total_seconds() > 2 * MOST_S:
            break
    took = (life.cloud.clock() - since).total_seconds()
    life.journal.took("cancelled until offered again", took)
    if took > MOST_S:
        life.journal.breaks(f"R7 offered again after {took:.0f} s")
    life.journal.reached["a rider left"] += bool(waiting)


def _driver_leaves(script: Script, links: Links) -> None:
    """Three lose their lift; of the others nobody is moved, and none loses the way back."""
    life = script.life
    requests = life.scene.rows.of("request")
    lifts = life.scene.rows.of("lift")
    script.driver("kim", auto="yes")
    before = {key: _plan(lifts, one) for key, one in requests.items()}
    gone = life.draws.choice(("dan", "eve"))
    theirs = {key for key, plan in before.items() if plan and plan[0] == script.things[gone]}
    _leave(script, links, gone)
    life.wait_quietly(MOST_S)
    moved = {
        key for key, one in requests.items() if before[key] and _plan(lifts, one) != before[key]
    }
    life.journal.reached[f"a driver left: {len(theirs)} lost their lift"] += 1
    life.journal.reached[f"a driver left: {len(moved - theirs)} others were moved"] += 1
    if moved - theirs:
        life.journal.breaks(f"R7 {len(moved - theirs)} were moved whose driver stays")
    found = Counter(bool(_plan(lifts, requests[key])) for key in theirs)
    life.journal.reached["a driver left: a lift again"] += found[True]
    life.journal.reached["a driver left: none yet"] += found[False]


def _plan(lifts: dict[str, Fact], request: Fact) -> tuple[str, bool] | None:
    """By which offer they travel, and whether they are brought back; None while they wait."""
    lift = lifts.get(request["lift_id"])
    if lift is None or request["state"] != "confirmed":
        return None
    place = next(one for one in lift["places"] if one["request_id"] == request["id"])
    return lift["offer_id"], place["drop_at"] is not None
