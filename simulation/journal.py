"""What happens in a simulation, as it happens: who does what, and what is stored by it.

Whatever runs is an `Action`; one may run while another waits for AWS, so they are a pile.
Begin with `Journal.acting`.
"""

import hashlib
import json
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from simulation.tables.store import Write

SHOWN = 30
"""Steps before a violation that are printed with it."""


@dataclass(slots=True)
class Action:
    """One request of a browser, or one call of a function.

    Attributes
    ----------
    who
        "person" or the function's name.
    deed, thing
        What is done to what: "cancel" and a request's id; else the function's name and "".
    writes
        What it has stored itself, without what ran meanwhile.
    calls
        Attempts of each call on the wire, one after another.
    path
        The address, where it is a browser's request.
    started
        Commits before it began.
    """

    number: int
    who: str
    deed: str
    thing: str
    at: datetime
    started: int
    writes: list[Write] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)
    run: tuple[str, int] | None = None
    last: str = ""
    path: str = ""

    def attempted(self, operation: str, call: str) -> None:
        """Count one attempt of a call."""
        if self.calls and self.last == call:
            self.calls[-1] = operation, self.calls[-1][1] + 1
        else:
            self.calls.append((operation, 1))
        self.last = call


class Enough(BaseException):
    """What was looked for is found. No `Exception`: nobody may catch it but who looks."""


@dataclass(slots=True)
class Broken:
    """A promise that did not hold, and the steps before it."""

    sentence: str
    operation: int
    steps: tuple[str, ...]


@dataclass(slots=True)
class Journal:
    """Everything that is told of one simulation.

    Attributes
    ----------
    reached
        State, transition or event -> how often it was reached.
    spans
        Name -> seconds of virtual time that something took, each time.
    stops_at
        Raise `Enough` when one of these promises is broken.
    """

    pile: list[Action] = field(default_factory=list)
    steps: deque[str] = field(default_factory=lambda: deque(maxlen=SHOWN))
    broken: list[Broken] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    spans: dict[str, list[float]] = field(default_factory=dict)
    operations: int = 0
    actions: int = 0
    stops_at: tuple[str, ...] = ()
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    @property
    def digest(self) -> str:
        """A hash of every step and every write: the same for the same history."""
        return self._digest.hexdigest()

    @property
    def now(self) -> Action | None:
        """What is running."""
        return self.pile[-1] if self.pile else None

    @contextmanager
    def acting(
        self, who: str, deed: str, thing: str, at: datetime, started: int
    ) -> Iterator[Action]:
        """Something begins, and ends with the block."""
        self.actions += 1
        action = Action(self.actions, who, deed, thing, at, started)
        self.tell(f"{at:%d %H:%M:%S} {'  ' * len(self.pile)}{who}: {deed} {thing}")
        self.pile.append(action)
        try:
            yield action
        finally:
            self.pile.pop()

    def tell(self, sentence: str) -> None:
        """Keep a step."""
        self.steps.append(f"[{self.operations}] {sentence}")
        self._digest.update(sentence.encode())

    def wrote(self, write: Write) -> None:
        """Take a write into the digest, but for what a run measured of its own speed."""
        if str(write.key[1]).startswith("run-"):
            return
        text = json.dumps([write.key, dict(write.new) if write.new else None], default=str)
        self._digest.update(text.encode())

    def breaks(self, sentence: str) -> None:
        """A promise did not hold. Each sentence is told once."""
        if all(one.sentence != sentence for one in self.broken):
            self.broken.append(Broken(sentence, self.operations, tuple(self.steps)))
        if self.stops_at and sentence.startswith(self.stops_at):
            raise Enough

    def took(self, name: str, seconds: float) -> None:
        """Something took so long."""
        self.spans.setdefault(name, []).append(seconds)
