"""What people are worth to the loads of one session, at some prices.

An upper bound for each, so that no load worth anything is missed: what a second costs, and what
a told lift saves, is known exactly only of a whole load. Begin with `market_of`.
"""

from dataclasses import dataclass

import numpy as np

from matching.day import Day, Flags, Whole
from matching.prices import Priced
from matching.reach import Market

MUST = 1 << 50  # what a pin's riders are worth more, so that no load without them is found


@dataclass(frozen=True)
class Group:
    """Drivers to one session with the riders they may take, and those they must."""

    session: int
    drivers: Whole
    riders: Whole
    must: tuple[int, ...] = ()


def groups(day: Day) -> list[Group]:
    """All there are; a pin's driver is alone, since nobody else may take the pin's riders."""
    pinned = np.isin(np.arange(len(day.drivers)), list(day.pins))
    kept = np.isin(np.arange(len(day.riders)), list(day.pinned_riders))
    found = []
    for s in map(int, np.flatnonzero(day.room)):
        free = np.flatnonzero(day.rider_ok[:, s] & ~kept)
        drivers = np.flatnonzero(day.driver_ok[:, s] & ~pinned)
        if len(drivers):
            found.append(Group(s, drivers, free))
        for d, (session, must, closed) in sorted(day.pins.items()):
            own = np.array(must, dtype=np.int64)
            if session == s and day.driver_ok[d, s] and day.rider_ok[own, s].all():
                riders = own if closed else np.union1d(free, own)
                found.append(Group(s, np.array([d]), riders, must))
    return found


def market_of(day: Day, group: Group, priced: Priced, above: Whole) -> Market:
    """*group* at these prices, looking for loads worth more than *above*, by driver."""
    s, riders, drivers = group.session, group.riders, group.drivers
    rates, prices = priced.rates, priced.prices
    second, place = -rates.driver_s, int(prices.place[s])
    must = np.isin(riders, group.must)
    cost = prices.person[day.person_of_rider[riders]]
    told = _told(day, riders, s)
    rider_worth = day.people[riders] * (place + told * rates.told * day.problem.change_price)
    rider_worth += must * MUST - cost - second * day.problem.dwell_s * day.rider_both[riders]
    rider_worth += -rates.rider_s * _shortcut(day, riders, s)
    drive = day.back.driver_direct[drivers, s] - day.back.least[day.home[drivers], _venue(day, s)]
    driver_worth = place - prices.person[drivers] + second * drive * day.driver_both[drivers]
    driver_worth += (day.told_session[drivers] == s) * rates.told * day.problem.change_price
    return Market(
        session=s,
        riders=riders,
        persons=day.person_of_rider[riders],
        drivers=drivers,
        rider_worth=rider_worth,
        driver_worth=driver_worth - above[drivers] - MUST * len(group.must),
        size=np.minimum(day.seats[drivers].sum(axis=1), int(day.room[s]) - 1),
        second=second,
        cuts=priced.cuts,
        cut=prices.cut,
    )


def _venue(day: Day, s: int) -> int:
    return day.sessions[s].place


def _told(day: Day, riders: Whole, s: int) -> Flags:
    driver = day.told_driver[riders]
    return np.asarray((driver >= 0) & (np.append(day.told_session, -1)[driver] == s))


def _shortcut(day: Day, riders: Whole, s: int) -> Whole:
    """Seconds that a rider may gain on the direct drives, where a way round is shorter."""
    start, venue = day.start[riders], _venue(day, s)
    out = day.out.rider_direct[riders, s] - day.out.least[start, venue]
    back = day.back.rider_direct[riders, s] - day.back.least[start, venue]
    return np.asarray(out + back * day.rider_both[riders], dtype=np.int64)
