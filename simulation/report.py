"""One simulation from its seed to its end, what it reached, and what was wrong.

A run that did not reach what `FLOORS` asks has tried too little, and fails like one that broke
a promise. Begin with `tried`.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from simulation import contest
from simulation.journal import Broken, Enough
from simulation.life import Life
from simulation.living import living

Promises = Sequence[str]
SETTLED_EVERY = 500
"""Operations after which all becomes quiet, and what people were told is compared."""

FLOORS: Mapping[str, float] = {
    "event: published to cancelled": 0.2,
    "event: unconfirmed to published": 2,
    "event: in_review to published": 1,
    "signup: unconfirmed to coming": 4,
    "signup: coming to cancelled": 0.5,
    "signup: coming to completed": 2,
    "signup: coming to no_show": 0.3,
    "offer: unconfirmed to open": 12,
    "offer: open to withdrawn": 1,
    "offer: withdrawn to open": 0.3,
    "offer: open to closed": 3,
    "request: unconfirmed to waiting": 15,
    "request: waiting to offered": 4,
    "request: offered to confirmed": 2,
    "request: offered to waiting": 1,
    "request: confirmed to waiting": 0.5,
    "request: confirmed to cancelled": 0.5,
    "request: confirmed to completed": 3,
    "request: confirmed to no_show": 0.3,
    "request: waiting to not_placed": 5,
    "request: cancelled to waiting": 0.3,
    "lift: proposed to accepted": 2,
    "lift: proposed to cancelled": 1,
    "lift: accepted to cancelled": 0.5,
    "lift: locked to completed": 3,
    "letter lift_confirmed": 5,
    "letter place_asked": 0.5,
    "letter changed refused": 0.1,
    "letter changed rider_joined": 0.5,
    "letter changed pickup_joined": 0.5,
    "letter changed session": 1,
    "letter cancelled driver": 0.3,
    "letter cancelled expired": 0.1,
    "letter riders_stranded": 0.1,
    "letter reminder day_before": 2,
    "letter reminder morning": 5,
    "letter afterwards": 8,
    "calendar REQUEST": 20,
    "calendar CANCEL": 2,
    "last place refused": 1,
    "form sent again": 1,
    "form refused": 0.5,
    "something came in between": 50,
    "last letter compared": 100,
}
"""What is reached -> how often at least for each `FLOOR_OPERATIONS`, over many worlds."""

FLOOR_OPERATIONS = 2000


@dataclass(slots=True)
class Result:
    """What one simulation came to; simple enough to cross from one process to another.

    Attributes
    ----------
    faults
        Kind -> how often it was met at the wire.
    digest
        The same for the same history.
    """

    seed: int
    rate: float
    operations: int
    wall_s: float = 0.0
    until: datetime | None = None
    calls: int = 0
    letters: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    spans: dict[str, list[float]] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    digest: str = ""

    @property
    def shallow(self) -> list[str]:
        """What was not reached as often as it must be."""
        times = self.operations / FLOOR_OPERATIONS
        return [
            f"{name}: {self.reached[name]} of {least * times:.1f}"
            for name, least in FLOORS.items()
            if self.reached[name] < least * times
        ]


def tried(
    seed: int,
    rate: float,
    operations: int,
    *,
    show: bool = False,
    until_broken: Promises = (),
    **more: float,
) -> Result:
    """Let a world live for so many operations, then come to rest, and say what it came to.

    Parameters
    ----------
    until_broken
        Stop as soon as one of these promises is.
    more
        As `living` takes it.
    """
    began, promises = time.monotonic(), tuple(until_broken)
    with living(seed, rate, **more) as life:
        life.journal.stops_at = promises
        with suppress(Enough):
            for done in range(0, operations, SETTLED_EVERY):
                contest.begin(life, done)
                left = min(SETTLED_EVERY, operations - done)
                life.go_on(max(0, done + left - life.journal.operations))
                life.settle()
                if show:
                    print(f"  {done + SETTLED_EVERY} operations, {life.cloud.clock():%d %B %H:%M}")
            life.come_to_rest()
        return result(life, seed, rate, time.monotonic() - began)


def result(life: Life, seed: int, rate: float, wall_s: float) -> Result:
    """What a life has come to so far."""
    faults = Counter[str]()
    for (kind, _), count in life.cloud.faults.counts.items():
        faults[str(kind)] += count
    return Result(
        seed,
        rate,
        life.journal.operations,
        wall_s,
        life.cloud.clock(),
        sum(life.wire.counts.values()),
        len(life.cloud.ses.letters),
        life.journal.reached,
        faults,
        life.journal.spans,
        life.journal.broken,
        life.journal.digest,
    )


def lines(found: Result, *, whole: bool = True) -> Iterator[str]:
    """What is printed of it."""
    speed = found.operations / found.wall_s if found.wall_s else 0
    yield (
        f"seed {found.seed}, faults {found.rate:.0%}: {found.operations} operations until "
        f"{found.until:%d %B %H:%M}, {found.wall_s:.0f} s, {speed:.0f} a second, "
        f"{found.calls} calls, {found.letters} letters"
    )
    if whole:
        yield from _table("faults at the wire", found.faults)
        yield from _table("reached", found.reached)
    for name, seconds in sorted(found.spans.items()):
        ranked = sorted(seconds)
        middle, most = ranked[len(ranked) // 2], ranked[-1]
        yield f"  {name}: {len(ranked)} times, median {middle:.0f} s, longest {most:.0f} s"
    for broken in found.broken[:10]:
        yield f"  BROKEN at operation {broken.operation} of seed {found.seed}: {broken.sentence}"
    if found.broken:
        yield from (f"    {step}" for step in found.broken[0].steps)


def _table(title: str, counts: Counter[str]) -> Iterator[str]:
    yield f"  {title}:"
    yield from (f"    {count:>7}  {name}" for name, count in sorted(counts.items()))
