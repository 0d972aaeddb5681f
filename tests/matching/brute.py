"""The best plan of a tiny problem, by trying everything: a second opinion on the solver.

Written from the statement, with permutations and plain loops, and sharing nothing with
`matching` but the dataclasses and the estimate of drive times.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise, permutations, product

from matching.problem import Driver, Problem, Rider, Session
from matching.travel import drive_times_s

Cost = tuple[int, int]


def best(problem: Problem) -> tuple[int, int, int] | None:
    """The three levels of the best plan, or None when no plan keeps the pins."""
    found = [_levels(problem, plan) for plan in _plans(problem)]
    return max(found, key=lambda levels: (levels[0], -levels[1], -levels[2]), default=None)


Choice = tuple[str, frozenset[str], Cost]


def _plans(problem: Problem) -> Iterator[dict[str, Choice]]:
    """Every plan that breaks no promise: by driver, the session, the riders and the cost."""
    loads = [[None, *_loads(problem, driver)] for driver in problem.drivers]
    for chosen in product(*loads):
        plan = {
            driver.id: load
            for driver, load in zip(problem.drivers, chosen, strict=True)
            if load is not None
        }
        if _allowed(problem, plan):
            yield plan


def _allowed(problem: Problem, plan: dict[str, Choice]) -> bool:
    carried = [rider for _, riders, _ in plan.values() for rider in riders]
    if len(carried) > len(set(carried)):
        return False
    if any(driver in plan and rider in carried for driver, rider in problem.either):
        return False
    for pin in problem.pins:
        session, riders, _ = plan.get(pin.driver, ("", frozenset[str](), (0, 0)))
        if session != pin.session or not riders >= set(pin.riders):
            return False
        if pin.closed and len(riders) > len(pin.riders):
            return False
    return all(
        session.coming + brought <= session.maximum
        for session in problem.sessions
        if (brought := _brought(problem, plan, session))
    )


def _brought(problem: Problem, plan: dict[str, Choice], session: Session) -> int:
    size = {rider.id: sum(rider.needs.values()) for rider in problem.riders}
    return sum(
        1 + sum(size[rider] for rider in riders)
        for to, riders, _ in plan.values()
        if to == session.id
    )


def _levels(problem: Problem, plan: dict[str, Choice]) -> tuple[int, int, int]:
    worth = 0
    for session in problem.sessions:
        w = 1000 + round(1000 * session.need)
        after = session.coming + _brought(problem, plan, session)
        worth += sum(
            2 * w if number <= session.target else w
            for number in range(session.coming + 1, after + 1)
        )
        worth += w * session.minimum if session.coming < session.minimum <= after else 0
    size = {rider.id: sum(rider.needs.values()) for rider in problem.riders}
    for told in problem.told:
        session_id, riders, _ = plan.get(told.driver, ("", frozenset[str](), (0, 0)))
        kept = session_id == told.session
        lost = [rider for rider in told.riders if not (kept and rider in riders)]
        worth -= problem.change_price * ((not kept) + sum(size[rider] for rider in lost))
    costs = [cost for _, _, cost in plan.values()]
    return worth, sum(cost[0] for cost in costs), sum(cost[1] for cost in costs)


def _loads(problem: Problem, driver: Driver) -> Iterator[Choice]:
    table = _table(problem)
    for session in problem.sessions:
        for count in range(len(problem.riders) + 1):
            for riders in combinations(problem.riders, count):
                cost = _cost(problem, table, driver, session, riders)
                if cost is not None:
                    yield session.id, frozenset(rider.id for rider in riders), cost


Table = tuple[tuple[int, ...], ...]


def _table(problem: Problem) -> Table:
    return problem.drive_s or tuple(map(tuple, drive_times_s(problem.places)))


def _cost(
    problem: Problem,
    table: Table,
    driver: Driver,
    session: Session,
    riders: tuple[Rider, ...],
) -> Cost | None:
    """The best orders' seconds, or None when nothing about this load is allowed."""
    if not _together(problem, table, driver, session, riders):
        return None
    out = min(_outs(problem, table, driver, session, riders), default=None)
    if out is None or not driver.both_ways:
        return out
    home = tuple(rider for rider in riders if rider.both_ways)
    back = min(_backs(problem, table, driver, session, home), default=None)
    return None if back is None else (out[0] + back[0], out[1] + back[1])


def _together(
    problem: Problem,
    table: Table,
    driver: Driver,
    session: Session,
    riders: tuple[Rider, ...],
) -> bool:
    """Whether these may share the car to that session at all."""
    ids = {driver.id, *(rider.id for rider in riders)}
    if any({a, b} <= ids for a, b in (*problem.forbidden, *problem.either)):
        return False
    for kind in ("standard", "wheelchair", "child"):
        if sum(rider.needs.get(kind, 0) for rider in riders) > driver.seats.get(kind, 0):
            return False
    if any(rider.both_ways and not driver.both_ways for rider in riders):
        return False
    starts: list[tuple[Driver | Rider, int]] = [(driver, driver.home)]
    starts += [(rider, rider.start) for rider in riders]
    for person, place in starts:
        far = table[place][session.place] > (person.max_direct_s or 10**9)
        if far if person.sessions is None else session.id not in person.sessions:
            return False
    return True


def _outs(
    problem: Problem, table: Table, driver: Driver, session: Session, riders: tuple[Rider, ...]
) -> Iterator[Cost]:
    arrive = session.start_s - problem.early_s
    for order in permutations(riders):
        places = [driver.home, *(rider.start for rider in order), session.place]
        drive = sum(table[a][b] for a, b in pairwise(places)) + problem.dwell_s * len(order)
        detour = drive - table[driver.home][session.place]
        now = arrive - drive
        fine = detour <= driver.detour_limit_s and now >= driver.earliest_s
        spent = 0
        for rider, (a, b) in zip(order, pairwise(places), strict=False):
            now += table[a][b]
            fine = fine and now >= rider.earliest_s
            now += problem.dwell_s
            extra = arrive - now - table[rider.start][session.place]
            fine = fine and extra <= rider.extra_limit_s
            spent += extra
        if fine:
            yield detour, spent


def _backs(
    problem: Problem, table: Table, driver: Driver, session: Session, riders: tuple[Rider, ...]
) -> Iterator[Cost]:
    for order in permutations(riders):
        places = [session.place, *(rider.start for rider in order), driver.home]
        drive = sum(table[a][b] for a, b in pairwise(places)) + problem.dwell_s * len(order)
        detour = drive - table[session.place][driver.home]
        fine, spent, now = detour <= driver.detour_limit_s, 0, 0
        for rider, (a, b) in zip(order, pairwise(places), strict=False):
            now += table[a][b]
            extra = now - table[session.place][rider.start]
            fine = fine and extra <= rider.extra_limit_s
            spent += extra
            now += problem.dwell_s
        if fine:
            yield detour, spent
