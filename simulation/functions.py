"""The Lambda functions of one simulated deployment, called as their sources would call them.

Each method lets one source look once: a stream's batch, a queue's batch, an SNS message, a
schedule. What fails or dies comes back by the rules of its source. Begin with `Functions.ready`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import solver
from chalicelib import jobs
from simulation import notices
from simulation.cloud import PREFIX, Cloud
from simulation.faults import Died
from simulation.ses import Notice

Handler = Callable[[Any, Any], Any]

STREAM_ATTEMPTS = 3
"""After so many a record that fails is given up, as the mapping has it: the sweep finds it."""

NEWS_ATTEMPTS = 3
"""SNS's event comes so often: once, and two times more."""

MAIL_BATCH = 5
OUTBOX, MAIL, MATCH = f"{PREFIX}-outbox", f"{PREFIX}-mail", f"{PREFIX}-match.fifo"
SCHEDULES: dict[str, Handler] = {
    "sweep": jobs.sweep,
    "deadlines": jobs.pass_deadlines,
    "hourly": jobs.hourly,
    "nightly": jobs.nightly,
    "count": jobs.count,
}


@dataclass(slots=True)
class News:
    """An event of SES's that is under way to us."""

    notice: Notice
    due: datetime
    tried: int = 0


@dataclass(slots=True)
class Functions:
    """The functions, and what is under way to them.

    Attributes
    ----------
    run
        Calls a handler inside the simulation: (name, deed) -> its answer.
    solved
        The solver function's handler.
    """

    cloud: Cloud
    draws: Random
    run: Callable[[str, Callable[[], Any]], Any]
    solved: Handler = solver.handler
    news: list[News] = field(default_factory=list)
    lost_news: set[str] = field(default_factory=set)
    failures: int = 0
    restless: bool = True
    busy: set[str] = field(default_factory=set)

    def ready(self) -> list[Callable[[], None]]:
        """What could be delivered now."""
        self._collect()
        now, found = self.cloud.clock(), list[Callable[[], None]]()
        if self._stream.waiting and "relay" not in self.busy:
            found.append(self.relay)
        queues = self.cloud.queues.ready()
        if MAIL in queues:
            found.append(self.mail)
        if MATCH in queues:
            found.append(self.match)
        if any(one.due <= now for one in self.news):
            found.append(self.mail_events)
        return found

    @property
    def _stream(self) -> Any:
        return self.cloud.database.table(OUTBOX).stream

    def relay(self) -> None:
        """Hand the stream's next records to the relay; one call at a time, in order."""
        if not self._stream.waiting:
            return
        event = self._stream.batch(self.draws.choice((1, 3, 10)))
        self.busy.add("relay")
        try:
            failed = self._failed(lambda: self.run("relay", lambda: jobs.relay(event, None)))
        finally:
            self.busy.discard("relay")
        first = event["Records"][0]["dynamodb"]["SequenceNumber"]
        numbers = failed if failed is not None else [first]
        self.failures = self.failures + 1 if first in numbers else 0
        if self.failures == STREAM_ATTEMPTS:
            numbers, self.failures = [], 0
            event = {"Records": event["Records"][:1]}
        self._stream.settle(event, numbers)

    def mail(self) -> None:
        """Hand letters that are owed to the mail function, in any order, now and then twice."""
        twice = self.restless and self.draws.random() < 0.05
        self._from_queue(MAIL, self.draws.choice((1, MAIL_BATCH)), "mail", jobs.mail, twice=twice)

    def match(self) -> None:
        """Hand a day to the solver."""
        self._from_queue(MATCH, 1, "match", self.solved, twice=False)

    def _from_queue(self, name: str, most: int, who: str, handler: Handler, *, twice: bool) -> None:
        queue = self.cloud.queues
        batch = queue.receive(name, most, reordered=not name.endswith("fifo"), duplicated=twice)
        if batch is None:
            return
        failed = self._failed(lambda: self.run(who, lambda: handler(batch.event, None)))
        if failed is not None:
            queue.settle(batch, failed)

    def _failed(self, call: Callable[[], Any]) -> list[str] | None:
        """What a batch's handler says has failed; None when it died or raised."""
        try:
            answer = call() or {}
        except (Died, Exception):
            return None
        return [one["itemIdentifier"] for one in answer.get("batchItemFailures", [])]

    def mail_events(self) -> None:
        """Tell the service what has become of a letter; it comes again when that fails."""
        now = self.cloud.clock()
        due = [one for one in self.news if one.due <= now]
        if not due:
            return
        one = self.draws.choice(due)
        self.news.remove(one)
        event = notices.event(one.notice, now)
        try:
            self.run("mail_events", lambda: jobs.mail_events(event, None))
        except (Died, Exception):
            one.tried += 1
            one.due = now + timedelta(minutes=one.tried)
            if one.tried < NEWS_ATTEMPTS:
                self.news.append(one)
            else:
                self.lost_news.add(one.notice.letter.id)
        else:
            if self.restless and self.draws.random() < 0.03:
                self.news.append(News(one.notice, now + timedelta(seconds=5), NEWS_ATTEMPTS - 1))

    def _collect(self) -> None:
        """SES's events set out, and come within a minute, in any order."""
        while self.cloud.ses.notices:
            notice = self.cloud.ses.notices.popleft()
            delay = timedelta(seconds=self.draws.uniform(0, 60) if self.restless else 1)
            self.news.append(News(notice, self.cloud.clock() + delay))

    def tick(self, name: str) -> None:
        """One beat of a schedule. What fails is forgotten: there is another."""
        event: dict[str, Any] = {"version": "0", "id": name, "detail-type": "Scheduled Event"}
        event |= {"source": "aws.events", "account": "", "region": "", "time": ""}
        event |= {"resources": [], "detail": {}}
        try:
            self.run(name, lambda: SCHEDULES[name](event, None))
        except (Died, Exception):
            return
