"""Several processes at work on one thing, which they share without copying.

Where a machine has one core, or cannot fork, or forbids it, the work is done here, in the same
order and with the same answer. Begin with `Crew`.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import Any, Generic, TypeVar

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Answer = TypeVar("Answer")
_SHARED: dict[int, Any] = {}  # what a forked process finds in its memory


class Crew(Generic[Shared]):
    """So many processes; use it in a `with`, and change nothing of *shared* thereafter."""

    def __init__(self, shared: Shared, workers: int) -> None:
        self.workers = max(1, workers)
        self._shared, self._key = shared, id(self)
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1 and "fork" in multiprocessing.get_all_start_methods():
            _SHARED[self._key] = shared
            context = multiprocessing.get_context("fork")
            self._pool = ProcessPoolExecutor(workers, mp_context=context)

    def __enter__(self) -> "Crew[Shared]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        _SHARED.pop(self._key, None)

    def each(
        self, deed: Callable[[Shared, Task], Answer], tasks: Iterable[Task]
    ) -> Iterator[Answer]:
        """In order, what *deed*, a function of a module, makes of each of *tasks*."""
        if self._pool is None:
            return (deed(self._shared, task) for task in tasks)
        return self._pool.map(_done, ((self._key, deed, task) for task in tasks))


def _done(order: tuple[int, Callable[[Any, Task], Answer], Task]) -> Answer:
    key, deed, task = order
    return deed(_SHARED[key], task)
