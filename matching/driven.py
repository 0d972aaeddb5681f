"""A plan as the search for reasons sees it: who is used, and what is still free."""

from dataclasses import dataclass

import numpy as np

from matching.day import Day, Flags, Whole
from matching.loads import Loads


@dataclass(frozen=True)
class Driven:
    """The plan that consists of `loads`.

    Attributes
    ----------
    used
        By person.
    session
        Where each driver goes, -1 for nowhere.
    spare
        Places left in each car, by type.
    left
        How many people more each session can take.
    """

    loads: Loads
    used: Flags
    session: Whole
    spare: Whole
    left: Whole


def driven(day: Day, loads: Loads) -> Driven:
    """What *loads* use and leave."""
    used = np.zeros(day.persons, dtype=bool)
    used[loads.driver] = True
    used[day.person_of_rider[loads.riders[loads.riders >= 0]]] = True
    session = np.full(len(day.drivers), -1, dtype=np.int64)
    session[loads.driver] = loads.session
    spare = day.seats.copy()
    spare[loads.driver] -= np.vstack([day.needs, 0 * spare[:1]])[loads.riders].sum(axis=1)
    left = day.room
    np.subtract.at(left, loads.session, loads.people)
    return Driven(loads, used, session, spare, left)
