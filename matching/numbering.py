"""A problem's people and places as numbers: `day_of(Problem) -> Day`.

Everything that depends on one person and one session is computed here, once: what they
accept, direct drives, and the longest that each way may last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from matching.day import Day, Flags, Way, Whole
from matching.problem import SEAT_TYPES, Driver, Problem, Rider, Session
from matching.travel_table import Seconds, drive_table

MOST_CUBIC = 1_200  # places: some 3 seconds


def day_of(problem: Problem) -> Day:
    """Number everyone in the order of their ids, and compute every limit of *problem*."""
    drivers = tuple(sorted(problem.drivers, key=lambda each: each.id))
    riders = tuple(sorted(problem.riders, key=lambda each: each.id))
    sessions = tuple(sorted(problem.sessions, key=lambda each: each.id))
    driver_at, rider_at = _numbers(drivers), _numbers(riders)
    session_at = _numbers(sessions)
    table = _table(problem)
    out = _out(problem, table, drivers, riders, sessions)
    person_of_rider = _whole(range(len(drivers), len(drivers) + len(riders)))
    rider_ok = _accepts(riders, sessions, out.rider_direct)
    driving = {pin.driver for pin in problem.pins}
    for driver, rider in problem.either:
        person_of_rider[rider_at[rider]] = driver_at[driver]
        rider_ok[rider_at[rider]] &= driver not in driving
    told_session = np.full(len(drivers), -1, dtype=np.int64)
    told_driver = np.full(len(riders), -1, dtype=np.int64)
    for told in problem.told:
        told_session[driver_at[told.driver]] = session_at[told.session]
        told_driver[[rider_at[rider] for rider in told.riders]] = driver_at[told.driver]
    return Day(
        problem=problem,
        drivers=drivers,
        riders=riders,
        sessions=sessions,
        home=_whole(driver.home for driver in drivers),
        start=_whole(rider.start for rider in riders),
        seats=_types([driver.seats for driver in drivers]),
        needs=_types([rider.needs for rider in riders]),
        driver_both=np.array([driver.both_ways for driver in drivers], dtype=bool),
        rider_both=np.array([rider.both_ways for rider in riders], dtype=bool),
        driver_ok=_accepts(drivers, sessions, out.driver_direct),
        rider_ok=rider_ok,
        coming=_whole(session.coming for session in sessions),
        out=out,
        back=_back(problem, table, out, drivers, riders, sessions),
        person_of_rider=person_of_rider,
        apart_riders=_pairs(problem.forbidden, rider_at, rider_at),
        apart_driver=_pairs([*problem.forbidden, *problem.either], driver_at, rider_at),
        told_session=told_session,
        told_driver=told_driver,
        pins={
            driver_at[pin.driver]: (
                session_at[pin.session],
                tuple(sorted(rider_at[rider] for rider in pin.riders)),
                pin.closed,
            )
            for pin in problem.pins
        },
    )


def used_places(problem: Problem) -> Problem:
    """The same problem without places that nobody names: a table of drives takes their square."""
    named = {each.place for each in problem.sessions}
    named |= {each.home for each in problem.drivers} | {each.start for each in problem.riders}
    if len(named) == len(problem.places):
        return problem
    places, table = sorted(named), problem.drive_s
    number = {place: new for new, place in enumerate(places)}
    return replace(
        problem,
        places=tuple(problem.places[place] for place in places),
        drive_s=table and tuple(tuple(table[a][b] for b in places) for a in places),
        sessions=tuple(replace(each, place=number[each.place]) for each in problem.sessions),
        drivers=tuple(replace(each, home=number[each.home]) for each in problem.drivers),
        riders=tuple(replace(each, start=number[each.start]) for each in problem.riders),
    )


def _whole(numbers: Iterable[int]) -> Whole:
    return np.fromiter(numbers, dtype=np.int64)


def _numbers(things: Sequence[Driver | Rider | Session]) -> dict[str, int]:
    return {thing.id: number for number, thing in enumerate(things)}


def _types(counts: Sequence[Mapping[str, int]]) -> Whole:
    rows = [[count.get(name, 0) for name in SEAT_TYPES] for count in counts]
    return np.array(rows, dtype=np.int64).reshape(len(counts), len(SEAT_TYPES))


def _table(problem: Problem) -> Seconds:
    if problem.drive_s is None:
        return drive_table(problem.places)
    size = len(problem.places)
    return np.array(problem.drive_s, dtype=np.int32).reshape(size, size)


def _out(
    problem: Problem,
    table: Seconds,
    drivers: Sequence[Driver],
    riders: Sequence[Rider],
    sessions: Sequence[Session],
) -> Way:
    """To the venue: whoever cannot leave in time has a limit below any drive."""
    venue = _whole(session.place for session in sessions)
    arrive = _whole(session.start_s - problem.early_s for session in sessions)
    driver_direct = _direct(table, _whole(driver.home for driver in drivers), venue)
    rider_direct = _direct(table, _whole(rider.start for rider in riders), venue)
    detour = _whole(driver.detour_limit_s for driver in drivers)[:, None]
    extra = _whole(rider.extra_limit_s for rider in riders)[:, None] + problem.dwell_s
    driver_time = arrive - _whole(driver.earliest_s for driver in drivers)[:, None]
    rider_time = arrive - _whole(rider.earliest_s for rider in riders)[:, None]
    return Way(
        link=table,
        least=_least(problem, table),
        driver_direct=driver_direct,
        driver_limit=np.minimum(driver_direct + detour, driver_time),
        rider_direct=rider_direct,
        rider_limit=np.minimum(rider_direct + extra, rider_time),
    )


def _back(
    problem: Problem,
    table: Seconds,
    out: Way,
    drivers: Sequence[Driver],
    riders: Sequence[Rider],
    sessions: Sequence[Session],
) -> Way:
    """From the venue: the same, read backwards, and nobody is in a hurry."""
    venue = _whole(session.place for session in sessions)
    turned = table if problem.drive_s is None else np.ascontiguousarray(table.T)  # symmetric
    driver_direct = _direct(turned, _whole(driver.home for driver in drivers), venue)
    rider_direct = _direct(turned, _whole(rider.start for rider in riders), venue)
    detour = _whole(driver.detour_limit_s for driver in drivers)[:, None]
    extra = _whole(rider.extra_limit_s for rider in riders)[:, None] + problem.dwell_s
    return Way(
        link=turned,
        least=out.least if turned is table else _least(problem, turned),
        driver_direct=driver_direct,
        driver_limit=driver_direct + detour,
        rider_direct=rider_direct,
        rider_limit=rider_direct + extra,
    )


def _least(problem: Problem, link: Seconds) -> Seconds:
    """A drive never longer than any way round by other places (Floyd and Warshall's table).

    The estimate is metric already, but for a second lost in rounding; a given table too
    large for the cubic algorithm gets zeros, which are true and only prune less.
    """
    if problem.drive_s is None:
        return np.maximum(link - 1, 0)
    if len(link) > MOST_CUBIC:
        return np.zeros_like(link)
    least = link.copy()
    for by in range(len(least)):
        np.minimum(least, least[:, by, None] + least[None, by], out=least)
    return least


def _direct(link: Seconds, places: Whole, venue: Whole) -> Whole:
    return link[np.ix_(places, venue)].astype(np.int64)


def _accepts(people: Sequence[Driver | Rider], sessions: Sequence[Session], direct: Whole) -> Flags:
    accepts = np.ones((len(people), len(sessions)), dtype=bool)
    for row, person in enumerate(people):
        if person.sessions is not None:
            accepts[row] = [session.id in person.sessions for session in sessions]
        elif person.max_direct_s is not None:
            accepts[row] = direct[row] <= person.max_direct_s
    return accepts


def _pairs(
    pairs: Iterable[tuple[str, str]], first: Mapping[str, int], second: Mapping[str, int]
) -> frozenset[tuple[int, int]]:
    """The pairs with one in *first* and the other in *second*, whichever way round."""
    both = [pair for a, b in pairs for pair in ((a, b), (b, a))]
    return frozenset((first[a], second[b]) for a, b in both if a in first and b in second)
