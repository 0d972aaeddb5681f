"""One simulated world that lives: people, functions, faults and a clock, by one seed.

Nothing runs but what is chosen here, one thing after another; while one waits for AWS another
may be let in between. Begin with `living`, then `Life.go_on` and `Life.come_to_rest`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import app as web
from chalicelib import wiring
from chalicelib.adapters import Adapters
from simulation import cloud as clouds
from simulation import post, service, wire
from simulation.faults import Died
from simulation.functions import Functions
from simulation.gateway import Gateway, Page
from simulation.journal import Journal
from simulation.oracles import watching
from simulation.oracles.scene import Scene
from simulation.people.crowd import REVIEWER, TRUSTED, Crowd
from simulation.people.person import Person, Press
from simulation.wire import Attempt, Wire

MEANWHILE = frozenset({"person", "match", "deadlines", "relay", "nightly", "hourly"})
"""What may be kept waiting by others. Not the letter that is being sent: what is stored while
one lies between writing and sending is told by the next, and the two could change places."""

DEEP = 3
LAG_S = 4.0


class Life:
    """A world, from its first visitor to the day when all is quiet."""

    def __init__(self, there: Wire, faults: float, *, among: float = 0.02) -> None:
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

    # ---- what runs -----------------------------------------------------------------------

    def _visit(self, person: Person, press: Press) -> Page:
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

    # ---- what happens next ---------------------------------------------------------------

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

    def _meanwhile(self, _: str) -> None:
        """While one thing waits for AWS, another may happen."""
        pile = self.journal.pile
        if not pile or len(pile) >= DEEP or any(one.who not in MEANWHILE for one in pile):
            return
        if self.draws.random() >= self.among:
            return
        self.journal.reached["something came in between"] += 1
        found = self.functions.ready()
        if found and self.draws.random() < 0.5:
            self.draws.choice(found)()
        elif self.draws.random() < 0.1:
            self.functions.tick("deadlines")
        else:
            self.crowd.act()

    # ---- time ----------------------------------------------------------------------------

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
        if at.minute == 0:
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
            return any("owed" in one and one["owed_at"] <= now for one in owed)
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

    def come_to_rest(self, *, days: int = 6) -> None:
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


def named(press: Press) -> tuple[str, str]:
    """What a request does to what, by its address: ("cancel", "request-...")."""
    parts = urlsplit(press.path).path.strip("/").split("/")
    if press.method == "GET":
        return "look", "/".join(parts[:2])
    if parts[0] == "form":
        return ("send" if parts[2] == "check" else "answer"), parts[1]
    if parts[0] == "start":
        return "begin", press.fields.get("given-key", "")
    deed = parts[3] if len(parts) > 3 else parts[0]
    return deed, parts[1]


@contextmanager
def living(seed: int, faults: float, **more: Any) -> Iterator[Life]:
    """A new world; nothing outlives the block."""
    logging.disable(logging.CRITICAL)
    cloud = clouds.made(seed)
    try:
        with wire.connected(cloud) as there, service.serving(there) as world:
            with wiring.lend(campaigning(world)):
                yield Life(there, faults, **more)
    finally:
        logging.disable(logging.NOTSET)


def campaigning(world: Adapters) -> Adapters:
    """A campaign that trusts few organisers, and gives drivers hours, not a day."""
    campaign = replace(
        world.campaign,
        trusted=(TRUSTED,),
        contact=REVIEWER,
        respond_within=timedelta(hours=6),
    )
    return replace(world, campaign=campaign)
