"""Owing, sending and failing to send letters, for the tests beside this file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.mail import Outbox
from chalicelib.mime import Letter
from chalicelib.services import letters


def owe(world: Adapters, name: LetterName, thing: Any, about: str = "", *others: Any) -> str:
    """Store *thing* and *others*, and owe the letter with them; the outbox row's id."""
    owed = OweLetter(name, thing.id, thing.version + 1, about)
    world.commit([*(Save(one) for one in (thing, *others)), owed])
    return row_of(owed)


def row_of(owed: OweLetter) -> str:
    """The id of the outbox row of a letter that is owed at once."""
    part = f":{owed.about}" if owed.name is LetterName.REMINDER else ""
    return f"{owed.name}:{owed.thing_id}:{owed.version}{part}"


def sent(world: Adapters) -> list[Letter]:
    assert isinstance(world.mailer, Outbox)
    return world.mailer.letters


def deliver_all(world: Adapters) -> list[Letter]:
    """Deliver everything owed; what has been sent, by its row's id."""
    before = len(sent(world))
    for row in world.outbox.owed("mail", older_than=timedelta(seconds=-1)):
        letters.deliver(world, row["id"])
    return sent(world)[before:]


@dataclass
class Failing:
    """A mailer that takes the letter, perhaps, and raises."""

    error: Exception
    letters: list[Letter] = field(default_factory=list)
    reports: bool = False

    def send(self, letter: Letter) -> str:
        self.letters.append(letter)
        raise self.error


class Died(BaseException):
    """The process is gone: nothing after this runs, not even what handles errors."""


@dataclass
class Mortal:
    """Passes calls on, and dies before or after the call of that number."""

    fatal: int
    after: bool
    made: int = 0

    def guard(self, thing: Any) -> Any:
        guard = self

        class Guarded:
            def __getattr__(self, name: str) -> Any:
                found = getattr(thing, name)
                return guard.call(found) if callable(found) else found

        return Guarded()

    def call(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.made += 1
            if self.made == self.fatal and not self.after:
                raise Died
            done = deed(*args, **kwargs)
            if self.made == self.fatal:
                raise Died
            return done

        return call
