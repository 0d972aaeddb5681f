"""R9: runs of one day that overlap, stepped one call to AWS at a time, in any order.

Each world is a small day, kept as it was at several moments of its life. Each round begins at
one of them again: some runs are begun, in threads of which one goes on at a time, up to its
next call. A run whose number is not the newest must change nothing, and every write must leave
a valid plan. Begin with `tried`.
"""

import multiprocessing
import os
import threading
import time
from random import Random

from chalicelib.services import runs
from chalicelib.wiring import adapters
from matching.solve import solve
from simulation.contest import begin
from simulation.journal import Action
from simulation.life import Life
from simulation.living import living
from simulation.moments import Moment, kept, put_back
from simulation.report import Result, result

TOGETHER = (2, 2, 3)
"""How many runs overlap in one round."""

RUNS = 400
"""Runs in one world, over all its rounds."""

MOMENTS = 4
"""How often a day is kept while its people go on."""

WAIT_S = 60.0


class Baton:
    """Lets one thread go on at a time: whoever waits for AWS hands it on, by chance."""

    def __init__(self, draws: Random) -> None:
        self.draws, self.turn = draws, threading.Condition()
        self.alive: list[int] = []
        self.now = -1

    def pass_on(self) -> None:
        """Another's turn, or the same one's again."""
        self.now = self.draws.choice(self.alive) if self.alive else -1
        self.turn.notify_all()

    def wait(self, me: int) -> None:
        """Until it is my turn."""
        if not self.turn.wait_for(lambda: self.now == me, WAIT_S):
            raise TimeoutError(f"thread {me} never had its turn")


class Steps:
    """The runs of one round."""

    def __init__(self, life: Life, day: str, count: int) -> None:
        self.life, self.day, self.count = life, day, count
        self.baton = Baton(life.draws)
        self.actions: dict[int, Action] = {}
        self.failed: list[BaseException] = []

    def go(self) -> None:
        """Run all of them, interleaved; returns when the last has ended."""
        self.baton.alive = list(range(self.count))
        threads = [threading.Thread(target=self._one, args=(at,)) for at in range(self.count)]
        self.life.wire.meanwhile[:] = [self._stepped]
        for thread in threads:
            thread.start()
        with self.baton.turn:
            self.baton.pass_on()
        for thread in threads:
            thread.join()
        self.life.wire.meanwhile[:] = []
        if self.failed:
            raise self.failed[0]

    def _one(self, me: int) -> None:
        threading.current_thread().name = str(me)
        journal = self.life.journal
        with self.baton.turn:
            self.baton.wait(me)
            journal.actions += 1
            at = self.life.cloud.clock()
            action = Action(journal.actions, "match", "match", "", at, 0)
            self.actions[me], journal.pile[:] = action, [action]
            try:
                runs.run(adapters(), self.day, solve=solve)
            except BaseException as error:
                self.failed.append(error)
            self.baton.alive.remove(me)
            self.baton.pass_on()

    def _stepped(self, _: str) -> None:
        """Before each call: perhaps another run goes on first."""
        me = int(threading.current_thread().name)
        self.baton.pass_on()
        self.baton.wait(me)
        self.life.journal.pile[:] = [self.actions[me]]


def tried(count: int, seed: int) -> list[Result]:
    """So many runs in all, over as many worlds as that takes, on all cores."""
    tasks = [(seed + at, min(RUNS, count - at * RUNS)) for at in range(-(-count // RUNS))]
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(os.cpu_count() or 1, maxtasksperchild=20) as pool:
        return list(pool.imap(_world, tasks))


def _world(task: tuple[int, int]) -> Result:
    return world(*task)


def world(seed: int, count: int) -> Result:
    """One small day, and so many runs of it."""
    with living(seed, 0.0, among=0.0) as life:
        began, moments = time.monotonic(), _moments(life)
        meanwhile, done = list(life.wire.meanwhile), 0
        while done < count:
            put_back(life, life.draws.choice(moments))
            day = max(life.scene.rows.days)
            steps = Steps(life, day, life.draws.choice(TOGETHER))
            steps.go()
            _count(life, steps)
            done += steps.count
            life.wire.meanwhile[:] = meanwhile
        life.journal.operations = done
        return result(life, seed, 0.0, time.monotonic() - began)


def _moments(life: Life) -> list[Moment]:
    """The day before anybody is matched, and as it goes on: matched, answered, left."""
    begin(life, 0)
    found = [kept(life)]
    for _ in range(MOMENTS - 1):
        life.wait(200)
        for _ in range(12):
            life.crowd.interfere()
        life.deliver_letters()
        found.append(kept(life))
    return found


def _count(life: Life, steps: Steps) -> None:
    """How many runs were overtaken, and how many stored something."""
    life.journal.pile.clear()
    tokens = [one.run[1] for one in steps.actions.values() if one.run]
    life.journal.reached["run overtaken"] += sum(one < max(tokens) for one in tokens)
    for action in steps.actions.values():
        things = [one for one in action.writes if str(one.key[1]).startswith("lift-")]
        life.journal.reached["run that stored a lift"] += bool(things)
