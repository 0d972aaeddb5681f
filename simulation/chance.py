"""The one source of chance of a simulated world: a seed, and a stream of it for each use.

A stream depends on the seed and on its name only, so that a draw more in one place moves
no other. Begin with `Chance.stream`; `Chance.token` is what `Adapters.token` calls.
"""

import base64
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from botocore import handlers

from simulation.swapped import swapped


class Chance:
    """The draws of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._streams: dict[str, random.Random] = {}

    def stream(self, name: str) -> random.Random:
        """The stream of that name; whoever asks again goes on where the last one stopped."""
        if name not in self._streams:
            self._streams[name] = random.Random(f"{self.seed}/{name}")  # noqa: S311  (a game)
        return self._streams[name]

    def token(self) -> str:
        """43 characters that a URL may hold, as `secrets.token_urlsafe(32)` draws them."""
        drawn = self.stream("token").randbytes(32)
        return base64.urlsafe_b64encode(drawn).rstrip(b"=").decode()

    def uuid(self) -> uuid.UUID:
        """A random UUID."""
        return uuid.UUID(int=self.stream("uuid").getrandbits(128), version=4)

    def take_over(self) -> None:
        """Have Python's common source, from which botocore draws its pauses, begin anew."""
        random.seed(f"{self.seed}/pauses")


@contextmanager
def drawing(chance: Callable[[], Chance]) -> Iterator[None]:
    """Have botocore's draws come from that chance, asked for each time.

    They are the idempotency tokens of transactions, and the length of its pauses: Python's
    common source, which is put back afterwards.
    """
    before = random.getstate()
    chance().take_over()
    try:
        with swapped(handlers, "uuid", SimpleNamespace(uuid4=lambda: chance().uuid())):
            yield
    finally:
        random.setstate(before)
