"""Which people belong to which session, roughly; and sessions in blocks that are near each other.

People go where they count most, as in a market without cars: a flow from people to sessions
whose places below the target are worth twice those beyond (`engine.flow`). Blocks are cut so
that each has about as many people. Begin with `blocks`.
"""

from collections.abc import Sequence

import numpy as np

from matching.day import Day, Whole, weight
from matching.engine import flow
from matching.values import Place

CHOICES = 10  # sessions looked at for each person: those where they count most, then nearest
FAR_S = 3_600  # an hour's drive counts like so many seconds of worth
NEAR = 60  # the worth that an hour's drive costs, against sessions that count alike


def wanted(day: Day, people: Whole, coming: Whole) -> Whole:
    """By each of *people* (persons by number, drivers or riders): a session, or -1 for none.

    A person who is both is asked for as the driver.
    """
    if not day.sessions:
        return np.full(len(people), -1)
    drivers = people < len(day.drivers)
    ok = np.zeros((len(people), len(day.sessions)), dtype=bool)
    direct = np.zeros(ok.shape)
    riders = people[~drivers] - len(day.drivers)
    ok[drivers], ok[~drivers] = day.driver_ok[people[drivers]], day.rider_ok[riders]
    direct[drivers] = day.out.driver_direct[people[drivers]]
    direct[~drivers] = day.out.rider_direct[riders]
    now = day.holding(coming)
    unit = np.array([weight(session) for session in day.sessions])
    below = np.array([session.target for session in day.sessions]) - coming
    below = np.clip(below, 0, now.room)
    worth = np.where(ok & (now.room > 0), 2 * unit - NEAR * direct / FAR_S, -np.inf)
    choice = np.argsort(-worth, axis=1, kind="stable")[:, :CHOICES]
    at, place = np.nonzero(np.take_along_axis(worth, choice, axis=1) > -np.inf)
    session = choice[at, place]
    cost = np.rint(NEAR * direct[at, session] / FAR_S).astype(np.int64)
    found = flow(len(people), at, session, cost, unit, below, now.room - below)
    nearest = np.where(ok, direct, np.inf).argmin(axis=1)
    return np.where(found >= 0, found, np.where(ok.any(axis=1), nearest, -1))


def blocks(day: Day, size: Whole, most: int, turn: int) -> list[Whole]:
    """The sessions in blocks of at most *most* people, where `size[s]` are at session s.

    Every *turn* cuts elsewhere.
    """
    places = [day.problem.places[session.place] for session in day.sessions]
    return cut(places, size, most, (0.5, 0.35, 0.65)[turn % 3])


def cut(places: Sequence[Place], size: Whole, most: int, part: float) -> list[Whole]:
    """*places* in groups near each other, cut in two where *part* of the people are on one side."""
    plane = np.array(places, dtype=float).reshape(-1, 2)
    plane[:, 1] *= np.cos(np.radians(plane[:, 0].mean())) if len(plane) else 1
    found: list[Whole] = []
    waiting = [np.arange(len(plane))] if len(plane) else []
    while waiting:
        some = waiting.pop()
        if len(some) == 1 or size[some].sum() <= most:
            found.append(np.sort(some))
            continue
        axis = int(np.ptp(plane[some], axis=0).argmax())
        order = some[np.lexsort((some, plane[some, axis]))]
        reached = np.cumsum(size[order]) - size[order] / 2
        middle = int(np.searchsorted(reached, size[some].sum() * part))
        middle = min(max(middle, 1), len(order) - 1)
        waiting += [order[middle:], order[:middle]]
    return found
