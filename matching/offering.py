"""The loads that are worth most at given prices, and what no load can be worth more than.

Chains are grown (`growing`) and offered to the drivers; those who could be worth most are put
into their best order and priced exactly. Where not all are looked at, what was left out still
counts: so `Sought.best` is right however little work is done. Begin with `sought`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.day import Day, Flags, Marks, Numbers, Whole, place_in_run
from matching.growing import Chains, Limit, grown, parted, used_kinds
from matching.loads import Loads, joined, no_loads, padded
from matching.market import Group, market_of
from matching.orders import EXACT, ordered
from matching.prices import Priced
from matching.reach import NONE, Market, Reach, reach_of, trimmed

PAIRS = 4_000_000  # drivers with chains looked at together: some 100 MB


@dataclass(frozen=True)
class Effort:
    """How much is looked at.

    Attributes
    ----------
    chains
        Kept of each size; beyond it, the most promising at each head.
    offered
        Of these, how many are offered to the drivers.
    each
        Loads priced for each driver.
    most
        Drivers with chains that are looked at in all.
    """

    chains: int
    offered: int
    each: int
    most: int = 4_000_000


@dataclass(frozen=True)
class Sought:
    """Loads worth more than was asked for; no other load of driver d that is, is above `best[d]`.

    `complete` says that these are all there are.
    """

    loads: Loads
    best: Whole
    complete: bool


@dataclass(frozen=True)
class _Offers:
    """Chains with drivers who could take them: `worth` is no less than what that is worth."""

    driver: Whole
    riders: Numbers
    mark: Marks
    worth: Whole


def sought(
    day: Day,
    group: Group,
    priced: Priced,
    above: Whole,
    effort: Effort,
    late: Callable[[], bool],
) -> Sought:
    """The loads of *group* worth more than *above* (1024ths, by driver), but for empty cars.

    When it is *late*, what is not looked at yet is left out.
    """
    best = np.full(len(day.drivers), NONE)
    market = trimmed(day, market_of(day, group, priced, above))
    if not len(market.riders):
        return Sought(no_loads(), best, complete=True)
    reach, offers = reach_of(day, market), list[_Offers]()
    left = _Left(market, reach)
    limit = Limit(effort.chains, late)
    for chains in grown(day, market, reach, limit, left.drop):
        promise = reach.now(chains.path[:, 0], chains.people, chains.time, chains.now(market))
        good = np.flatnonzero(promise > 0)
        chosen, rest = parted(chains.pick(good), promise[good], effort.offered)
        left.out(rest, longer=False)
        rows = max(1, PAIRS // max(1, len(market.drivers)))
        for begin in range(0, len(chosen.time), rows):
            some = np.arange(begin, min(begin + rows, len(chosen.time)))
            if sum(len(part.driver) for part in offers) > effort.most or late():
                left.out(chosen.pick(np.arange(begin, len(chosen.time))), longer=False)
                break
            offers.append(_offers(day, market, chosen.pick(some)))
    chosen_offers, passed = _chosen(_all(offers), effort.each)
    left.passed(passed)
    left.passed(_pick(chosen_offers, (chosen_offers.riders >= 0).sum(axis=1) > EXACT))
    best[group.drivers] = np.where(left.best > NONE, left.best + above[group.drivers], NONE)
    session = np.full(len(chosen_offers.driver), group.session)
    driver = group.drivers[chosen_offers.driver]
    loads, _ = ordered(day, driver, session, chosen_offers.riders)
    worth = priced.reduced(day, loads)
    np.maximum.at(best, loads.driver, worth)
    good = np.flatnonzero(worth > above[loads.driver])
    return Sought(loads.pick(good), best, complete=left.nothing)


class _Left:
    """What was not looked at: by driver, no less than the most that could be worth."""

    def __init__(self, market: Market, reach: Reach) -> None:
        self.best = np.full(len(market.drivers), NONE)
        self.nothing = True
        self._market, self._reach = market, reach

    def drop(self, chains: Chains) -> None:
        """Leave out *chains* and all that may grow of them."""
        self.out(chains, longer=True)

    def passed(self, offers: "_Offers") -> None:
        """Leave out *offers*."""
        np.maximum.at(self.best, offers.driver, offers.worth)
        self.nothing = self.nothing and not len(offers.driver)

    def out(self, chains: Chains, *, longer: bool) -> None:
        """Leave out *chains*, and if *longer* all that may grow of them."""
        if not len(chains.time):
            return
        self.nothing = False
        market, reach, head = self._market, self._reach, chains.path[:, 0]
        least = np.full(reach.slack.shape[1], np.iinfo(np.int64).max)
        np.minimum.at(least, head, chains.time)
        now = chains.now(market)
        for size in reach.sizes:
            left = np.maximum(size - chains.people, 0)
            promise = now + reach.more[head, left] if longer else now
            by_head = np.full(len(least), NONE)
            np.maximum.at(by_head, head, np.where(chains.people <= size, promise, NONE))
            mine = np.flatnonzero(market.size == size)
            may = (reach.slack[mine] >= least) & (by_head > NONE)
            bound = np.where(may, by_head + reach.to_head[mine], NONE).max(axis=1)
            self.best[mine] = np.maximum(self.best[mine], bound)


def _offers(day: Day, market: Market, chains: Chains) -> _Offers:
    """Every driver with every chain that they reach in time and have places for."""
    s, drivers, riders = market.session, market.drivers, market.riders
    drive = day.out.link[np.ix_(day.home[drivers], day.start[riders])].astype(np.int64)
    total = drive.T[chains.path[:, 0]] + chains.time[:, None]
    direct = day.out.driver_direct[drivers, s]
    worth = chains.worth[:, None] + (market.driver_worth + market.second * direct)
    worth -= market.second * total
    may = (worth > 0) & (total <= day.out.driver_limit[drivers, s])
    may &= chains.people[:, None] <= market.size
    for needs, kind in zip(chains.needs, used_kinds(day, market), strict=True):
        may &= needs[:, None] <= day.seats[drivers, kind]
    goes_back = np.asarray(day.rider_both[riders][chains.path].any(axis=1))
    may &= day.driver_both[drivers] | ~goes_back[:, None]
    may &= ~_apart(day, market, chains)
    row, driver = np.nonzero(may)
    path = riders[chains.path].astype(np.int32)
    return _Offers(driver, path[row], chains.mark[row], worth[row, driver])


def _apart(day: Day, market: Market, chains: Chains) -> Flags:
    """By chain and driver: whether somebody in it never shares a car with the driver."""
    apart = np.zeros((len(market.drivers), len(market.riders)), dtype=bool)
    at = {int(d): i for i, d in enumerate(market.drivers)}
    by_rider = {int(r): j for j, r in enumerate(market.riders)}
    for d, r in day.apart_driver:
        if d in at and r in by_rider:
            apart[at[d], by_rider[r]] = True
    found = np.zeros((len(chains.time), len(market.drivers)), dtype=bool)
    if apart.any():
        for place in range(chains.path.shape[1]):
            found |= apart.T[chains.path[:, place]]
    return found


def _all(offers: list[_Offers]) -> _Offers:
    width = max((part.riders.shape[1] for part in offers), default=1)
    empty = np.empty(0, dtype=np.int64)
    nobody = np.empty((0, width), dtype=np.int32)
    return _Offers(
        np.concatenate([empty, *(part.driver for part in offers)]),
        np.concatenate([nobody, *(padded(part.riders, width) for part in offers)]),
        np.concatenate([empty.astype(np.uint64), *(part.mark for part in offers)]),
        np.concatenate([empty, *(part.worth for part in offers)]),
    )


def _chosen(offers: _Offers, each: int) -> tuple[_Offers, _Offers]:
    """Each driver's most promising sets, of which every one is there once, and the others."""
    order = np.lexsort((-offers.worth, offers.mark, offers.driver))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(offers.mark[order]) != 0) | (np.diff(offers.driver[order]) != 0)
    order = order[new]
    order = order[np.lexsort((-offers.worth[order], offers.driver[order]))]
    place = place_in_run(offers.driver[order])
    return _pick(offers, order[place < each]), _pick(offers, order[place >= each])


def _pick(offers: _Offers, chosen: Whole | Flags) -> _Offers:
    return _Offers(
        offers.driver[chosen], offers.riders[chosen], offers.mark[chosen], offers.worth[chosen]
    )


def alone(day: Day) -> Loads:
    """Every driver who may go alone, to each session."""
    free = ~np.isin(np.arange(len(day.drivers)), list(day.pins))
    may = day.driver_ok & free[:, None] & (day.room >= 1)
    driver, session = np.nonzero(may)
    nobody = np.full((len(driver), 1), -1, dtype=np.int32)
    return joined([no_loads(), ordered(day, driver, session, nobody)[0]])
