"""A carrier that is away for a while, and the minutes that go by meanwhile."""

from dataclasses import dataclass, field

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.states import RequestState
from chalicelib.mime import Letter
from chalicelib.services import letters, outbox
from tests.builders import Clock, ListedQueues, a_person, a_request


@dataclass
class Carrier:
    """A mailer that is away for a while, and counts how often it is tried then."""

    error: Exception | None = None
    reports: bool = True
    tried: int = 0
    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        self.tried += 1
        if self.error:
            raise self.error
        self.letters.append(letter)
        return f"message-{self.tried}"


@dataclass
class Post:
    """A world with such a carrier, and its minutes."""

    world: Adapters
    clock: Clock
    carrier: Carrier

    def owe(self, name: LetterName, number: int) -> str:
        """A new letter, handed to the queue as the relay does."""
        state = RequestState.WAITING
        if name is LetterName.CONFIRM_ADDRESS:
            state = RequestState.UNCONFIRMED
        request = a_request(
            id=f"request-20261128-{number:012}",
            state=state,
            person=a_person(f"Ria{number} Shah"),
        )
        self.world.commit([Save(request), OweLetter(name, request.id, 1)])
        row = f"{name}:{request.id}:1"
        self.world.queues.mail(row)
        return row

    def work(self) -> None:
        """The mail worker empties its queue."""
        queues = self.world.queues
        assert isinstance(queues, ListedQueues)
        while queues.letters:
            letters.deliver(self.world, queues.letters.pop(0))

    def minute(self) -> None:
        """A minute goes by: the sweep, and what it brings."""
        self.clock.forward(minutes=1)
        outbox.sweep(self.world)
        self.work()
