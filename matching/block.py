"""A large day in blocks, each solved as a small day of its own.

A block is some sessions near each other with the people who go there, or would best go there.
Begin with `solved_blocks`.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.choosing import Work
from matching.crew import Crew
from matching.day import Day, Whole
from matching.exact import best_of
from matching.loads import Loads, persons_of
from matching.parts import part_of
from matching.pools import Grown
from matching.prices import no_prices
from matching.shares import blocks, cut, wanted

PEOPLE = 500  # in a block, at most, but for sessions that have more
FEW = 150  # in a block that is solved quickly
MOST = 2  # times as many, for a session that has more; beyond it, its people are split too


@dataclass(frozen=True)
class Block:
    """Sessions with the people to share out among them, in the day's numbers.

    Every load of `plan` is theirs; `coming` counts for their sessions, in place of the day's.
    `near` are loads worth knowing; where there are any, prices are known too, and not asked for
    again. `until` is when the clock ends the work; a `quick` one does only what must be done.
    """

    drivers: Whole
    riders: Whole
    sessions: Whole
    coming: Whole
    plan: Loads
    near: Loads
    until: float
    quick: bool


@dataclass(frozen=True)
class Solved:
    """A block's plan, the loads that its linear program knew, and its prices, in 1024ths.

    `persons` and `sessions` are those whose prices `person` and `place` are; of a block for
    which there was no time, nobody's.
    """

    plan: Loads
    near: Loads
    persons: Whole
    person: Whole
    sessions: Whole
    place: Whole


@dataclass(frozen=True)
class Size:
    """How a day is cut: the `turn`, which says where, and whether into many to solve quickly."""

    turn: int
    quick: bool = False

    @property
    def people(self) -> int:
        """In a block, at most."""
        return FEW if self.quick else PEOPLE


def solved_blocks(
    day: Day, crew: Crew[Day], plan: Loads, near: Loads, session: Whole, size: Size, left_s: float
) -> list[Solved]:
    """Everyone shared out anew, each among the sessions near `session[person]` (-1: none).

    *near* are loads worth knowing, if there are any.
    """
    until = time.monotonic() + left_s
    return list(crew.each(_solved, _cut(day, plan, near, session, size, until)))


def sessions_of(day: Day, plan: Loads) -> Whole:
    """By person: where *plan* takes them; else where they were told of, or count most."""
    persons = persons_of(day, plan)
    found = np.full(day.persons, -1)
    for place in range(persons.shape[1]):
        there = persons[:, place] >= 0
        found[persons[there, place]] = plan.session[there]
    coming = day.coming.copy()
    np.add.at(coming, plan.session, plan.people)
    people = np.unique(np.append(np.arange(len(day.drivers)), day.person_of_rider))
    free = people[found[people] < 0]
    found[free] = wanted(day, free, coming)
    return _told(day, found, free)


def _told(day: Day, session: Whole, free: Whole) -> Whole:
    """Who was told of a lift and is *free* belongs where it went."""
    open_now = np.zeros(day.persons, dtype=bool)
    open_now[free] = True
    drivers = np.flatnonzero(open_now[: len(day.drivers)] & (day.told_session >= 0))
    session[drivers] = day.told_session[drivers]
    there = np.append(day.told_session, -1)[day.told_driver]
    riders = np.flatnonzero(open_now[day.person_of_rider] & (day.told_driver >= 0) & (there >= 0))
    session[day.person_of_rider[riders]] = there[riders]
    return session


def _cut(
    day: Day, plan: Loads, near: Loads, session: Whole, size: Size, until: float
) -> Iterator[Block]:
    """The blocks, the largest first."""
    there = np.bincount(session[session >= 0], minlength=len(day.sessions))
    driver, rider = session[: len(day.drivers)], session[day.person_of_rider]
    found = blocks(day, there, size.people, size.turn)
    for some in sorted(found, key=lambda some: (-there[some].sum(), some[0])):
        drivers = np.flatnonzero(np.isin(driver, some))
        riders = np.flatnonzero(np.isin(rider, some))
        own, known = (each.pick(np.isin(each.session, some)) for each in (plan, near))
        block = Block(drivers, riders, some, day.coming, own, known, until, size.quick)
        if len(drivers) + len(riders) > MOST * size.people:
            yield from _split(day, block, size.people)
        else:
            yield block


def _split(day: Day, block: Block, people: int) -> Iterator[Block]:
    """A block of one session that too many would go to, by where they live.

    Riders in a car belong where its driver does; what room there is is shared out by people.
    """
    places = [day.problem.places[day.drivers[d].home] for d in block.drivers]
    places += [day.problem.places[day.riders[r].start] for r in block.riders]
    group = np.zeros(len(places), dtype=np.int64)
    for at, some in enumerate(cut(places, np.ones(len(places), dtype=np.int64), people, 0.5)):
        group[some] = at
    driver, rider = np.zeros(len(day.drivers), dtype=np.int64), np.zeros(len(day.riders), np.int64)
    driver[block.drivers], rider[block.riders] = np.split(group, [len(block.drivers)])
    row, place = np.nonzero(block.plan.riders >= 0)
    riding = block.plan.riders[row, place]
    rider[riding] = driver[block.plan.driver[row]]
    either = block.riders[day.person_of_rider[block.riders] < len(day.drivers)]
    riding = np.intersect1d(either, riding)
    driver[day.person_of_rider[riding]] = rider[riding]  # both selves together
    rider[either] = driver[day.person_of_rider[either]]
    [session] = block.sessions
    room = int(day.room[session] - block.plan.people.sum())
    for at in range(int(group.max()) + 1):
        drivers = block.drivers[driver[block.drivers] == at]
        riders = block.riders[rider[block.riders] == at]
        own, near = (each.pick(np.isin(each.driver, drivers)) for each in (block.plan, block.near))
        part = room * (len(drivers) + len(riders)) // len(places) + int(own.people.sum())
        coming = day.coming.copy()
        coming[session] += day.room[session] - part
        yield replace(block, drivers=drivers, riders=riders, coming=coming, plan=own, near=near)


def _solved(day: Day, block: Block) -> Solved:
    part = part_of(day, block.drivers, block.riders, block.sessions, block.coming)

    def left_s() -> float:
        return block.until - time.monotonic()

    bounds = not (block.quick or len(block.near))
    work = Work(
        nodes=0,
        pools=(),
        cuts=False,
        levels=1,
        left_s=left_s,
        dives=0,
        efforts=1 if block.quick else 3,
        bounds=bounds,
    )
    own = part.own(block.plan)
    pool = Grown(part.day, own, work.late)
    pool.add(part.own(block.near))
    choice = best_of(part.day, pool, np.arange(len(own)), work)
    plan, near = part.whole(choice.loads), part.whole(choice.near)
    if choice.prices is None:
        nobody = no_prices(0, 0)
        return Solved(plan, near, nobody.person, nobody.person, nobody.place, nobody.place)
    small = part.day.person_of_rider
    persons = np.append(block.drivers, day.person_of_rider[block.riders])
    priced = np.append(np.arange(len(block.drivers)), small)
    person, place = choice.prices.person[priced], choice.prices.place
    return Solved(plan, near, persons, person, block.sessions, place)
