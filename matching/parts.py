"""A part of a day as a day of its own, and its loads back in the numbers of the whole.

The tables of drives are shared, not copied. Begin with `Part`.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Numbers, Way, Whole
from matching.loads import Loads


@dataclass(frozen=True)
class Part:
    """These drivers, riders and sessions of a day, in rising numbers; `day` has them renumbered."""

    day: Day
    drivers: Whole
    riders: Whole
    sessions: Whole

    def whole(self, loads: Loads) -> Loads:
        """*loads* of the part in the numbers of the whole day."""
        riders: Numbers = np.append(self.riders, -1).astype(np.int32)
        return replace(
            loads,
            driver=self.drivers[loads.driver],
            session=self.sessions[loads.session],
            riders=riders[loads.riders],
            drops=riders[loads.drops],
        )

    def own(self, loads: Loads) -> Loads:
        """Those of *loads*, all in the whole day's numbers, that are the part's."""
        mine = np.isin(loads.driver, self.drivers) & np.isin(loads.session, self.sessions)
        named = np.append(self.riders, -1)
        mine &= np.isin(loads.riders, named).all(axis=1)
        found = loads.pick(mine)
        return replace(
            found,
            driver=np.searchsorted(self.drivers, found.driver),
            session=np.searchsorted(self.sessions, found.session),
            riders=_renumbered(found.riders, self.riders),
            drops=_renumbered(found.drops, self.riders),
        )


def _renumbered(rows: Numbers, riders: Whole) -> Numbers:
    found = np.where(rows < 0, -1, np.searchsorted(riders, rows))
    return np.asarray(found, dtype=np.int32)


def part_of(day: Day, drivers: Whole, riders: Whole, sessions: Whole, coming: Whole) -> Part:
    """The part with these, where so many people are coming to the whole day's sessions."""
    at_driver, at_rider = _places(drivers, len(day.drivers)), _places(riders, len(day.riders))
    at_session = _places(sessions, len(day.sessions))
    driver_person = at_driver[np.minimum(day.person_of_rider[riders], len(day.drivers) - 1)]
    either = (day.person_of_rider[riders] < len(day.drivers)) & (driver_person >= 0)
    own = len(drivers) + np.arange(len(riders))
    told_session, told_driver = day.told_session[drivers], day.told_driver[riders]
    small = replace(
        day,
        drivers=tuple(day.drivers[d] for d in drivers),
        riders=tuple(day.riders[r] for r in riders),
        sessions=tuple(day.sessions[s] for s in sessions),
        home=day.home[drivers],
        start=day.start[riders],
        seats=day.seats[drivers],
        needs=day.needs[riders],
        driver_both=day.driver_both[drivers],
        rider_both=day.rider_both[riders],
        driver_ok=day.driver_ok[np.ix_(drivers, sessions)],
        rider_ok=day.rider_ok[np.ix_(riders, sessions)],
        coming=coming[sessions],
        out=_way(day.out, drivers, riders, sessions),
        back=_way(day.back, drivers, riders, sessions),
        person_of_rider=np.where(either, driver_person, own),
        apart_riders=_pairs(day.apart_riders, at_rider, at_rider),
        apart_driver=_pairs(day.apart_driver, at_driver, at_rider),
        told_session=np.where(told_session >= 0, at_session[told_session], -1),
        told_driver=np.where(told_driver >= 0, at_driver[told_driver], -1),
        pins={
            int(at_driver[d]): (int(at_session[s]), tuple(int(at_rider[r]) for r in own_), closed)
            for d, (s, own_, closed) in day.pins.items()
            if at_driver[d] >= 0
        },
    )
    return Part(small, drivers, riders, sessions)


def _way(way: Way, drivers: Whole, riders: Whole, sessions: Whole) -> Way:
    return replace(
        way,
        driver_direct=way.driver_direct[np.ix_(drivers, sessions)],
        driver_limit=way.driver_limit[np.ix_(drivers, sessions)],
        rider_direct=way.rider_direct[np.ix_(riders, sessions)],
        rider_limit=way.rider_limit[np.ix_(riders, sessions)],
    )


def _places(chosen: Whole, size: int) -> Whole:
    """By number of the whole: the number in the part, -1 for those outside."""
    found = np.full(max(1, size), -1, dtype=np.int64)
    found[chosen] = np.arange(len(chosen))
    return found


def _pairs(
    pairs: frozenset[tuple[int, int]], first: Whole, second: Whole
) -> frozenset[tuple[int, int]]:
    named = ((int(first[a]), int(second[b])) for a, b in pairs)
    return frozenset((a, b) for a, b in named if a >= 0 and b >= 0)
