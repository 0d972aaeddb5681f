"""What an oracle sees: rows, letters and answers, as they come, and the journal to tell.

Each oracle's `watch` puts its own functions into a scene's lists. Begin with `Scene.committed`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from simulation.faults import Faults
from simulation.journal import Action, Journal
from simulation.oracles.rows import Change, Rows
from simulation.ses import Letter
from simulation.tables.store import Write


class Answer(Protocol):
    """A page, as the browser got it."""

    @property
    def status(self) -> int: ...
    @property
    def html(self) -> str: ...


@dataclass(slots=True)
class Scene:
    """Everything that oracles look at.

    Attributes
    ----------
    commits, answers, letters
        Called with what was stored, answered and accepted, and by what.
    quiets
        Called when all is quiet for a while, without faults.
    ends
        Called when, besides, all days are over.
    lost_news
        Ids of letters of which no news ever reached the service.
    """

    journal: Journal
    faults: Faults
    now: Callable[[], datetime]
    lost_news: set[str]
    rows: Rows = field(default_factory=Rows)
    commits: list[Callable[[Sequence[Change], Action | None], None]] = field(default_factory=list)
    answers: list[Callable[[Action, Answer], None]] = field(default_factory=list)
    letters: list[Callable[[Letter], None]] = field(default_factory=list)
    quiets: list[Callable[[], None]] = field(default_factory=list)
    ends: list[Callable[[], None]] = field(default_factory=list)

    def committed(self, writes: Sequence[Write]) -> None:
        """A commit; a listener of the database's."""
        action = self.journal.now
        for write in writes:
            self.journal.wrote(write)
        if action is not None:
            action.writes += writes
        changes = self.rows.take(writes)
        for one in self.commits:
            one(changes, action)

    def answered(self, action: Action, answer: Answer) -> None:
        """A browser got an answer."""
        for one in self.answers:
            one(action, answer)

    def accepted(self, letter: Letter) -> None:
        """SES has taken a letter."""
        for one in self.letters:
            one(letter)

    def quiet(self) -> None:
        """All is quiet for a while."""
        for one in self.quiets:
            one()

    def over(self) -> None:
        """All is quiet, and nothing lies ahead."""
        for one in [*self.quiets, *self.ends]:
            one()
