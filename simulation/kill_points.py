"""R14: whoever dies before or after any call to AWS, and is called again, breaks nothing.

The last deed of each story is killed at every one of its calls in turn, in a world of its own
each time. Then it is delivered or pressed again, all becomes quiet, and every oracle looks.
Begin with `tried`.
"""

import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from simulation.living import living
from simulation.stories import STORIES

When = Literal["before", "after"]
SIDES: tuple[When, ...] = ("before", "after")
MOST = 400
"""Calls of one deed; far beyond any."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of killing one story at one call; not `reached`: it has no such call."""

    story: str
    call: int
    when: When
    reached: bool
    broken: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.story}, {self.when} call {self.call}: {'; '.join(self.broken)}"


def tried(*, every: int = 1) -> list[Found]:
    """Every kill point of every story; or each *every*-th of them."""
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(os.cpu_count() or 1) as pool:
        tasks = [(number, every) for number in range(len(STORIES))]
        found = []
        for part in pool.imap_unordered(_story, tasks):
            for one_story in {one.story for one in part}:
                broken = sum(bool(one.broken) for one in part)
                print(f"{one_story:<40} {len(part):>4} points, {broken} broken", flush=True)
            found += part
    return found


def _story(task: tuple[int, int]) -> list[Found]:
    return list(points(*task))


def points(number: int, every: int) -> Iterator[Found]:
    """Each point of one story, until it has no more calls; a sample begins with an early one."""
    for call in range(1 + number % min(every, 5), MOST, every):
        for when in SIDES:
            found = one(number, call, when)
            if not found.reached:
                return
            yield found


def one(number: int, call: int, when: When) -> Found:
    """One world, killed at one point."""
    story = STORIES[number]
    with living(7, 0.0, among=0.0) as life:
        life.functions.restless = False
        deed = story.tell(life)
        faults = life.cloud.faults
        faults.kill_at(call, when)
        deed()
        if faults.death is not None:
            return Found(story.name, call, when, reached=False)
        faults.spare()
        deed()
        life.settle(minutes=60)
        return Found(
            story.name, call, when, True, tuple(one.sentence for one in life.journal.broken)
        )
