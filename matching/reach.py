"""What a driver may still be worth to a chain of stops that waits at its head.

For pricing (`growing`): before a chain is made longer, an upper bound on the best load that can
come of it says whether it is worth the while. A chain with head h, reached `time` before the
venue, is driven by someone who can reach h in time, and picks up at most as many more riders as
that car has places left. Begin with `reach_of`.
"""

from dataclasses import dataclass

import numpy as np

from matching.cuts import Cuts
from matching.day import Day, Flags, Numbers, Whole

MINUTE = 60  # drivers are sorted into these by what time they have left
NONE = -(1 << 60)  # worth of what cannot be


@dataclass(frozen=True)
class Market:
    """One session's riders and drivers at some prices, all in 1024ths of the goal.

    `rider_worth[j]` and `driver_worth[d]` are upper bounds on what each brings to a load beyond
    their price, a driver's less what a load must be worth to be looked for: so loads worth more
    than nothing are sought. `second` is what a second of the drive costs, `size[d]` how many
    people driver d can take here; `cut[c]` is the price of the c-th of `cuts`. Counts within
    `riders` and `drivers`, which are numbers of the day; `persons` are the riders' as people.
    """

    session: int
    riders: Whole
    persons: Whole
    drivers: Whole
    rider_worth: Whole
    driver_worth: Whole
    size: Whole
    second: int
    cuts: Cuts
    cut: Whole


@dataclass(frozen=True)
class Reach:
    """Upper bounds for chains.

    `sizes` are the kinds of cars by people they take; `car[c, h, m]` the worth of the best
    driver of kind c who can still reach head h when `m` minutes or more are needed from there;
    `more[h, n]` the worth of the n best riders who could stand before h. `slack[d, h]` are the
    seconds that a driver who drives to h has left to the venue, `to_head[d, h]` what that driver
    is worth there.
    """

    sizes: Whole
    car: Whole
    more: Whole
    slack: Whole
    to_head: Whole

    def most(self, head: Whole | Numbers, people: Whole, time: Whole, worth: Whole) -> Whole:
        """The best load that can come of chains worth *worth*; `NONE` or less if none can."""
        best = np.full(len(head), NONE)
        minute = np.minimum(time // MINUTE, self.car.shape[2] - 1)
        for kind, size in enumerate(self.sizes):
            left = np.maximum(size - people, 0)
            bound = self.car[kind, head, minute] + self.more[head, left]
            np.maximum(best, np.where(people <= size, bound, NONE), out=best)
        return np.asarray(best + worth)

    def now(self, head: Whole | Numbers, people: Whole, time: Whole, worth: Whole) -> Whole:
        """The same for chains that grow no longer."""
        best = np.full(len(head), NONE)
        minute = np.minimum(time // MINUTE, self.car.shape[2] - 1)
        for kind, size in enumerate(self.sizes):
            bound = self.car[kind, head, minute]
            np.maximum(best, np.where(people <= size, bound, NONE), out=best)
        return np.asarray(best + worth)


def trimmed(day: Day, market: Market) -> Market:
    """*market* without the riders who are in no load worth looking for."""
    positive = np.sort(np.maximum(market.rider_worth, 0))[::-1]
    others = np.concatenate([[0], np.cumsum(positive)])
    way, s, drivers = day.out, market.session, market.drivers
    venue = day.sessions[s].place
    shorter = way.driver_direct[drivers, s] - way.least[day.home[drivers], venue]
    driver_worth = market.driver_worth + market.second * shorter
    least = np.full(len(market.riders), False)
    for size in np.unique(market.size[market.size > 0]):
        best = int(driver_worth[market.size == size].max())
        rest = int(others[min(int(size) - 1, len(positive))])
        fits = day.people[market.riders] <= size
        least |= fits & (market.rider_worth + rest + best > 0)
    return _with(market, least)


def _with(market: Market, chosen: Flags) -> Market:
    return Market(
        market.session,
        market.riders[chosen],
        market.persons[chosen],
        market.drivers,
        market.rider_worth[chosen],
        market.driver_worth,
        market.size,
        market.second,
        market.cuts,
        market.cut,
    )


def reach_of(day: Day, market: Market) -> Reach:
    """The tables for *market*."""
    s, way = market.session, day.out
    start, home = day.start[market.riders], day.home[market.drivers]
    least = way.least[np.ix_(home, start)].astype(np.int64)
    limit = way.driver_limit[market.drivers, s][:, None]
    direct = way.driver_direct[market.drivers, s][:, None]
    slack = limit - least
    to_head = market.driver_worth[:, None] - market.second * (least - direct)
    sizes = np.unique(market.size[market.size > 0])
    cars = _cars(market, sizes, slack, to_head)
    return Reach(sizes, cars, _more(day, market, slack), slack, to_head)


def _cars(market: Market, sizes: Whole, slack: Whole, to_head: Whole) -> Whole:
    minutes = np.maximum(slack, 0) // MINUTE
    heads = np.arange(slack.shape[1])
    table = np.full((len(sizes), slack.shape[1], int(minutes.max(initial=0)) + 2), NONE)
    for d in np.flatnonzero(market.size > 0):
        cells = table[np.searchsorted(sizes, market.size[d])]
        worth = np.where(slack[d] >= 0, to_head[d], NONE)
        cells[heads, minutes[d]] = np.maximum(cells[heads, minutes[d]], worth)
    return np.maximum.accumulate(table[..., ::-1], axis=2)[..., ::-1].copy()


def _more(day: Day, market: Market, slack: Whole) -> Whole:
    """By head: the worth of the best so many riders before it."""
    s, dwell_s = market.session, day.problem.dwell_s
    start, venue = day.start[market.riders], day.sessions[s].place
    onward = day.out.least[start, venue].astype(np.int64) + dwell_s
    limit = np.minimum(day.out.rider_limit[market.riders, s], slack.max(axis=0, initial=-1))
    time = day.out.least[np.ix_(start, start)] + dwell_s + onward[None, :]
    may = time <= limit[:, None]
    np.fill_diagonal(may, False)
    worth = np.maximum(market.rider_worth - market.second * dwell_s, 0)
    most = int(market.size.max(initial=0))
    table = np.where(may, worth[:, None], 0)
    best = min(most, len(start))
    if best < len(start):
        table = -np.partition(-table, best, axis=0)[:best]
    table = -np.sort(-table, axis=0)[:best]
    sums = np.vstack([np.zeros((1, len(start)), dtype=np.int64), np.cumsum(table, axis=0)])
    return np.asarray(np.pad(sums, ((0, most + 1 - len(sums)), (0, 0)), mode="edge").T)
