"""Finding the loads that are worth most at given prices, without listing them all.

Chains of stops grow outwards from the venue as in `chains`, but only while an upper bound says
that a load worth anything may come of them (`reach`). Where even those are too many, the most
promising at each head are kept, and the caller is told of the others, to count them in its bound.
Begin with `grown`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Flags, Marks, Numbers, Whole, place_in_run
from matching.reach import Market, Reach

_SCATTER = np.uint64(0x9E3779B97F4A7C15)  # tells heads apart in one number with a set's mark
CHUNK = 1_000_000  # pairs of a chain and a rider looked at together
WAITING = 4  # times as many new chains as are wanted, before only the better half is kept
_NOBODY = (np.empty(0, dtype=np.int64),) * 3


@dataclass(frozen=True)
class Limit:
    """How many chains of each size are kept, and whether the time for more is up."""

    chains: int
    late: Callable[[], bool]


@dataclass(frozen=True)
class Chains:
    """Chains of one size: riders from head to venue, within the market's riders.

    `worth` is what they are worth together, of which `cost` is what they pay for cuts;
    `needs[k]` are the places they need of the k-th type that is needed at all.
    """

    path: Numbers
    mark: Marks
    worth: Whole
    cost: Whole
    time: Whole
    people: Whole
    needs: Whole

    def pick(self, chosen: Whole) -> "Chains":
        """These of the chains."""
        return Chains(
            self.path[chosen],
            self.mark[chosen],
            self.worth[chosen],
            self.cost[chosen],
            self.time[chosen],
            self.people[chosen],
            self.needs[:, chosen],
        )

    def now(self, market: Market) -> Whole:
        """What each is worth once its own time is paid for."""
        return np.asarray(self.worth - market.second * self.time)


@dataclass(frozen=True)
class Soil:
    """What chains grow in: the times between a market's riders, on the way out.

    `link[h, j]` is the drive from rider j's start to rider h's, with the stop at j.
    """

    link: Whole
    limit: Whole
    apart: Flags
    people: Whole
    needs: Whole
    mark: Marks
    cars: Whole


def grown(
    day: Day, market: Market, reach: Reach, limit: Limit, drop: Callable[[Chains], None]
) -> Iterator[Chains]:
    """By size: chains that may lead to a load worth looking for.

    Those that *limit* leaves out, with all that may grow of them, are given to *drop*.
    """
    soil = _soil(day, market)
    chains = _first(day, market, soil, reach)
    while len(chains.time):
        chains = _kept(market, reach, chains, limit.chains, drop)
        yield chains
        if limit.late():
            drop(chains)
            return
        chains = _longer(market, soil, reach, chains, limit, drop)


def _kept(
    market: Market, reach: Reach, chains: Chains, most: int, drop: Callable[[Chains], None]
) -> Chains:
    """The *most* promising of *chains*."""
    if len(chains.time) <= most:
        return chains
    promise = reach.most(chains.path[:, 0], chains.people, chains.time, chains.now(market))
    kept, others = parted(chains, promise, most)
    drop(others)
    return kept


def parted(chains: Chains, promise: Whole, most: int) -> tuple[Chains, Chains]:
    """The *most* promising, the best of each head first, and the others."""
    if len(promise) <= most:
        return chains, chains.pick(np.arange(0))
    head = chains.path[:, 0]
    order = np.lexsort((-promise, head))
    order = order[np.argsort(place_in_run(head[order]), kind="stable")]
    return chains.pick(np.sort(order[:most])), chains.pick(np.sort(order[most:]))


def _soil(day: Day, market: Market) -> Soil:
    riders, s = market.riders, market.session
    start = day.start[riders]
    apart = np.eye(len(riders), dtype=bool)
    at = {int(r): j for j, r in enumerate(riders)} if day.apart_riders else {}
    for a, b in day.apart_riders:
        if a in at and b in at:
            apart[at[a], at[b]] = True
    kinds = used_kinds(day, market)
    return Soil(
        link=day.out.link[np.ix_(start, start)].T.astype(np.int64) + day.problem.dwell_s,
        limit=day.out.rider_limit[riders, s],
        apart=apart,
        people=day.people[riders],
        needs=day.needs[riders][:, kinds].T.copy(),
        mark=day.mark[riders],
        cars=np.unique(day.seats[market.drivers][:, kinds], axis=0),
    )


def used_kinds(day: Day, market: Market) -> Whole:
    """The types of places that any of the riders needs."""
    return np.flatnonzero(day.needs[market.riders].any(axis=0))


def _first(day: Day, market: Market, soil: Soil, reach: Reach) -> Chains:
    every = np.arange(len(market.riders), dtype=np.int32)
    alone = Chains(
        path=every[:, None],
        mark=soil.mark,
        worth=market.rider_worth,
        cost=np.zeros(len(every), dtype=np.int64),
        time=day.out.rider_direct[market.riders, market.session] + day.problem.dwell_s,
        people=soil.people,
        needs=soil.needs,
    )
    return alone.pick(_may(market, soil, reach, alone))


def _may(market: Market, soil: Soil, reach: Reach, chains: Chains) -> Whole:
    """Which of *chains* keep the limits so far and may become worth more than is asked."""
    head = chains.path[:, 0]
    may = chains.time <= soil.limit[head]
    fits = np.zeros(len(may), dtype=bool)
    for car in soil.cars:
        seated = chains.needs[0] <= car[0]
        for kind in range(1, len(car)):
            seated &= chains.needs[kind] <= car[kind]
        fits |= seated
    may &= fits
    may &= reach.most(head, chains.people, chains.time, chains.now(market)) > 0
    return np.flatnonzero(may)


def _longer(
    market: Market,
    soil: Soil,
    reach: Reach,
    chains: Chains,
    limit: Limit,
    drop: Callable[[Chains], None],
) -> Chains:
    """Every chain with every rider put before it, each set and head once."""
    size = int(market.size.max(initial=0))
    chains = chains.pick(np.flatnonzero(chains.people < size))
    rows = max(1, CHUNK // max(1, len(market.riders)))
    parts = [_put(market, soil, reach, chains, *_NOBODY)]
    for begin in range(0, len(chains.time), rows):
        if limit.late():
            drop(chains.pick(np.arange(begin, len(chains.time))))
            break
        part = chains.pick(np.arange(begin, min(begin + rows, len(chains.time))))
        time = soil.link[part.path[:, 0]] + part.time[:, None]
        may = time <= soil.limit
        may &= (part.people[:, None] + soil.people) <= size
        for at in range(part.path.shape[1]):
            may &= ~soil.apart[part.path[:, at]]
        row, j = np.nonzero(may)
        parts.append(_put(market, soil, reach, part, row, j, time[row, j]))
        if sum(len(each.time) for each in parts) > WAITING * limit.chains + CHUNK:
            fewer = _charged(market, reach, _distinct(parts))
            parts = [_kept(market, reach, fewer, WAITING * limit.chains // 2, drop)]
    return _charged(market, reach, _distinct(parts))


def _charged(market: Market, reach: Reach, chains: Chains) -> Chains:
    """*chains* after paying for all cuts, as far as they are still worth it."""
    cost = market.cuts.cost(market.persons[chains.path], market.cut)
    if not cost.any():
        return chains
    paid = replace(chains, worth=chains.worth - (cost - chains.cost), cost=cost)
    bound = reach.most(paid.path[:, 0], paid.people, paid.time, paid.now(market))
    return paid.pick(np.flatnonzero(bound > 0))


def _put(
    market: Market, soil: Soil, reach: Reach, part: Chains, row: Whole, j: Whole, time: Whole
) -> Chains:
    """The chains *row* with riders *j* before them, as far as they may be worth it."""
    longer = Chains(
        path=j[:, None].astype(np.int32),
        mark=part.mark[row] + soil.mark[j],
        worth=part.worth[row] + market.rider_worth[j],
        cost=part.cost[row],
        time=time,
        people=part.people[row] + soil.people[j],
        needs=part.needs[:, row] + soil.needs[:, j],
    )
    may = _may(market, soil, reach, longer)
    kept = longer.pick(may)
    return replace(kept, path=np.column_stack([kept.path, part.path[row[may]]]))


def _distinct(parts: list[Chains]) -> Chains:
    """All of *parts*, of each set and head the one that takes least time."""
    every = Chains(
        path=np.concatenate([part.path for part in parts]),
        mark=np.concatenate([part.mark for part in parts]),
        worth=np.concatenate([part.worth for part in parts]),
        cost=np.concatenate([part.cost for part in parts]),
        time=np.concatenate([part.time for part in parts]),
        people=np.concatenate([part.people for part in parts]),
        needs=np.concatenate([part.needs for part in parts], axis=1),
    )
    head = every.path[:, 0]
    order = np.lexsort((every.time, every.mark + _SCATTER * head.astype(np.uint64)))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(every.mark[order]) != 0) | (np.diff(head[order]) != 0)
    return every.pick(np.sort(order[new]))
