"""One simulated world that lives: people, functions, faults and a clock, by one seed.

Nothing runs but what is chosen here, one thing after another; while one waits for AWS another
may be let in between. Begin with `living.living`, then `Life.go_on` and `Life.come_to_rest`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import app as web
from simulation import post
from simulation.deeds import named
from simulation.faults import Died
from simulation.functions import Functions
from simulation.gateway import Gateway, Page
from simulation.journal import Journal
from simulation.oracles import watching
from simulation.oracles.rows import Fact, instant
from simulation.oracles.scene import Scene
from simulation.people.crowd import Crowd
from simulation.people.person import Person, Press
from simulation.wire import Attempt, Wire

MEANWHILE = frozenset({"person", "match", "deadlines", "relay", "nightly", "hourly"})
"""What may be kept waiting by others. Not the letter that is being sent: what is stored while
one lies between writing and sending is told by the next, and the two could change places."""

DEEP = 3
LAG_S = 4.0


class Life:
    """A world, from its first visitor to the day when all is quiet."""

    def __init__(self, there: Wire, faults: float, *, among: float = 0.03) -> None:
        self.wire, self.cloud = there, there.cloud
        self.journal = Journal()
        self.draws = self.cloud.chance.stream("what happens")
        self.gateway = Gateway(web.app)
        self.functions = Functions(self.cloud, self.cloud.chance.stream("sources"), self._run)
        clock, database = self.cloud.clock, self.cloud.database
        self.scene = Scene(self.journal, self.cloud.faults, clock, self.functions.lost_news)
        watching.watch(self.scene)
        self.crowd = Crowd(self._visit, clock, self.cloud.chance.stream("people"))
        self.among, self.faults = among, faults
        self._read, self._ticked = 0, clock()
        database.listeners.append(self.scene.committed)
        there.listeners[:] = [self._attempted]
        there.meanwhile[:] = [self._meanwhile]

    def _visit(self, _person: Person, press: Press) -> Page:
        """Somebody presses something, and is led on where the answer leads."""
        self.journal.operations += 1
        page = self._asked(press)
        for _ in range(4):
            if page.status not in {301, 302, 303}:
                break
            page = self._asked(Press("GET", page.location, {}))
        self._pass(self.draws.expovariate(1 / 12))
        return page

    def _asked(self, press: Press) -> Page:
        deed, thing = named(press)
        with self._acting("person", deed, thing) as action:
            action.path = press.path
            try:
                page = self.gateway.ask(*press)
            except Died:
                self.wire.restart()
                page = Page(0, press.path)
            self.journal.tell(f"    {page.status}")
            self.scene.answered(action, page)
        return page

    def _run(self, name: str, call: Callable[[], Any]) -> Any:
        with self._acting(name, name, ""):
            try:
                return call()
            except Died:
                self.journal.tell(f"    {name} died")
                self.wire.restart()
                raise
            except Exception as error:
                self.journal.tell(f"    {name} failed: {type(error).__name__}")
                raise

    def _acting(self, who: str, deed: str, thing: str) -> Any:
        database = self.cloud.database
        return self.journal.acting(who, deed, thing, self.cloud.clock(), database.commits)

    def _attempted(self, attempt: Attempt) -> None:
        if self.journal.now is not None:
            self.journal.now.attempted(attempt.operation, attempt.call)
        if attempt.operation.startswith("ses"):
            self._letters()

    def _letters(self) -> None:
        """What SES has taken lies in its readers' mailboxes."""
        letters = self.cloud.ses.letters
        while self._read < len(letters):
            letter = letters[self._read]
            self._read += 1
            self.scene.accepted(letter)
            self.crowd.deliver(post.read(letter))

    def go_on(self, operations: int) -> None:
        """Let that many things be done by people, and all that follows from them."""
        until = self.journal.operations + operations
        self.cloud.database.lag_s = LAG_S
        self.cloud.faults.rate = self.faults
        while self.journal.operations < until:
            self.crowd.act()
            self._pump()
            self._pass(self._pause())

    def _pause(self) -> float:
        """Seconds until somebody does something again; nights are quiet."""
        hour = self.cloud.clock().hour
        return self.draws.expovariate(1 / (60 if 7 <= hour < 22 else 900))

    def _pump(self) -> None:
        """Deliver what can be delivered, in any order; now and then something is left lying."""
        for _ in range(200):
            found = self.functions.ready()
            if not found or self.draws.random() < 0.05:
                return
            self.draws.choice(found)()
            self._pass(self.draws.random())

    def deliver(self) -> None:
        """Deliver all that lies ready at this moment."""
        while found := self.functions.ready():
            found[0]()

    def deliver_letters(self) -> None:
        """The same, but no day is matched."""
        while found := [one for one in self.functions.ready() if one != self.functions.match]:
            found[0]()

    def wait(self, seconds: float) -> None:
        """Time goes on, without people."""
        self._pass(seconds)
        self.deliver()

    def wait_quietly(self, seconds: float) -> None:
        """The same, but no letter goes out: only the relay and the matching work."""
        self._pass(seconds)
        quiet = (self.functions.relay, self.functions.match)
        while found := [one for one in self.functions.ready() if one in quiet]:
            found[0]()

    def start_from(self, at: datetime) -> None:
        """Have it be that instant again."""
        self.cloud.clock.at = self._ticked = at

    def _meanwhile(self, operation: str) -> None:
        """While one thing waits for AWS, another may happen; most likely before it is stored."""
        pile = self.journal.pile
        if not pile or len(pile) >= DEEP or any(one.who not in MEANWHILE for one in pile):
            return
        likely = 4 if operation.endswith("TransactWriteItems") else 1
        if self.draws.random() >= self.among * likely:
            return
        self.journal.reached["something came in between"] += 1
        found = self.functions.ready()
        if found and self.draws.random() < 0.5:
            self.draws.choice(found)()
        elif self.draws.random() < 0.1:
            self.functions.tick("deadlines")
        else:
            self.crowd.interfere()

    def _pass(self, seconds: float) -> None:
        """Let time go on; schedules beat on the way, where they have something to do."""
        if self.journal.pile:
            self.cloud.clock.forward(seconds=seconds)
            return
        until = self.cloud.clock() + timedelta(seconds=seconds)
        while self._ticked + timedelta(minutes=1) <= until:
            self._ticked += timedelta(minutes=1)
            self.cloud.clock.forward_to(self._ticked)
            self._beat()
        self.cloud.clock.forward_to(until)

    def _beat(self) -> None:
        """The schedules of this minute; one that would find nothing is mostly left out."""
        at = self._ticked
        for name in ("sweep", "deadlines"):
            if self._is_due(name) or self.draws.random() < 0.002:
                self.functions.tick(name)
        # When all is quiet, three of four hourly runs would find nothing new.
        if at.minute == 0 and (self.functions.restless or at.hour % 4 == 0):
            self.functions.tick("hourly")
        if (at.hour, at.minute) == (20, 0):
            self.functions.tick("nightly")
        if (at.hour, at.minute) == (2, 30):
            self.functions.tick("count")
            if self.draws.random() < 0.5:
                self.cloud.database.expire()
        if at.minute % 5 == 0:
            self._pump()

    def _is_due(self, name: str) -> bool:
        now = self._ticked.isoformat()
        if name == "sweep":
            owed = self.scene.rows.of("outbox").values()
            return any(_swept_at(one) <= now for one in owed if "owed" in one)
        return any(
            "due" in one and one["due_at"] <= now
            for things in self.scene.rows.days.values()
            for one in things.values()
        )

    def settle(self, minutes: int = 45) -> None:
        """No faults and no people for a while: what is owed gets done, and is compared."""
        faults, self.cloud.faults.rate = self.cloud.faults.rate, 0.0
        restless, self.functions.restless = self.functions.restless, False
        for _ in range(minutes * 2):
            self._pass(30)
            self._pump()
        self.scene.quiet()
        self.cloud.faults.rate, self.functions.restless = faults, restless

    def come_to_rest(self, *, days: int = 5) -> None:
        """No more faults and no more people: what is owed is done, and every day ends."""
        self.cloud.faults.off()
        self.wire.restart()
        self.cloud.database.catch_up()
        self.functions.restless, self.among = False, 0.0
        self.crowd.plans.clear()
        for _ in range(days * 24 * 4):
            self._pass(900)
            self._pump()
        self.settle()
        self.scene.over()
        for name, queue in self.cloud.queues.all.items():
            self.journal.reached[f"left in {name}"] += len(queue.messages)


def _swept_at(row: Fact) -> str:
    """From when on the sweep has something to do about a row that is owed, about."""
    waits = {"sending": 15, "failed": 10_000}.get(row["owed"], 0)
    if row["owed_at"] == row["made_at"]:
        waits = 2
    return (instant(row["owed_at"]) + timedelta(minutes=waits)).isoformat()
