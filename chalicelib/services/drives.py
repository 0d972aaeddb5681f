"""The drives of a run: what the roads' service knows, what was kept, and else the estimate.

A service that fails never stops a run. Questions are bounded in number, size and time, and
what they leave open is estimated; the run's record says how much, in counts alone. Only the
solver's function imports this: the estimate of all pairs at once takes numpy.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from chalicelib.adapters import Adapters, Roads
from chalicelib.domain import drives as rules
from chalicelib.domain.drives import ESTIMATED, NO_WAY, Point, Rows, Seconds, Sources, Tile
from chalicelib.errors import Busy
from matching.problem import Problem
from matching.travel_table import drive_table

log = logging.getLogger("marginal_lifts")

LONGEST = timedelta(seconds=60)
"""How long a run asks. It may search for minutes after that, and must end within 15."""

GIVE_UP_AFTER = 3
"""Questions in a row without a usable answer, before the rest is not asked: it is down."""

MOST_PLACES = 1_500
"""Places beyond which nothing is asked: a table of them has millions of drives, which is
more than can be asked in time, and than a problem should carry."""


def fill(world: Adapters, day: str, problem: Problem) -> tuple[Problem, Sources]:
    """The problem with its table of drives, and where these came from.

    Without a service, or with no drive that it knows, the problem stays as it is: then the
    solver estimates every drive. Nobody's home is sent for a day that can have no lift.
    """
    roads = world.roads
    if roads is None or not (problem.sessions and problem.drivers and problem.riders):
        return problem, ESTIMATED
    # Sorted, since the problem's order would tell venues from drivers from riders.
    points = sorted({rules.rounded(lat, lon) for lat, lon in problem.places})
    if len(points) > MOST_PLACES:
        pairs = len(points) * (len(points) - 1)
        return problem, _told(day, Sources(roads.table.name, missing=pairs))
    known = _kept(roads, day, points)
    before = _open(known)
    unusable = _ask(world, roads, points, known)
    if _open(known) < before:
        _keep(roads, day, points, known)
    sources = _sources(roads, points, known, before, unusable)
    if sources.asked + sources.kept == sources.no_way:
        return problem, _told(day, sources)
    return replace(problem, drive_s=_table(problem, points, known)), _told(day, sources)


def _open(known: Seconds) -> int:
    return rules.count(known, rules.UNKNOWN)


def _kept(roads: Roads, day: str, points: Sequence[Point]) -> Seconds:
    """What earlier runs were told; nothing, when the records do not answer."""
    try:
        return roads.kept.between(day, roads.table.name, points)
    except Busy:
        return rules.nothing(len(points))


def _keep(roads: Roads, day: str, points: Sequence[Point], known: Seconds) -> None:
    try:
        roads.kept.keep(day, roads.table.name, points, known)
    except Busy:
        log.warning("run %s: drives could not be kept", day)


def _ask(world: Adapters, roads: Roads, points: Sequence[Point], known: Seconds) -> int:
    """Put the answers into *known*, as far as they come; return how many were unusable."""
    until, left = world.now() + LONGEST, roads.most_pairs
    unusable = in_a_row = 0
    for tile in rules.tiles(points, known, roads.table.side):
        if in_a_row == GIVE_UP_AFTER or world.now() > until:
            break
        if tile.pairs > left:
            continue
        left -= tile.pairs
        origins = [points[row] for row in tile.rows]
        answer = roads.table.ask(origins, [points[column] for column in tile.columns])
        if answer is None:
            unusable, in_a_row = unusable + 1, in_a_row + 1
        else:
            in_a_row = 0
            _learn(points, known, tile, answer)
    return unusable


def _learn(points: Sequence[Point], known: Seconds, tile: Tile, answer: Rows) -> None:
    for row, times in zip(tile.rows, answer, strict=True):
        for column, seconds in zip(tile.columns, times, strict=True):
            if row == column:
                known[row][column] = 0
            elif seconds is None or not rules.believable(points[row], points[column], seconds):
                known[row][column] = NO_WAY
            else:
                known[row][column] = seconds


def _sources(
    roads: Roads, points: Sequence[Point], known: Seconds, before: int, unusable: int
) -> Sources:
    missing, far = rules.unknown(points, known)
    size = len(points)
    return Sources(
        service=roads.table.name,
        asked=before - missing - far,
        kept=size * (size - 1) - before,
        no_way=rules.count(known, NO_WAY),
        far=far,
        missing=missing,
        unusable=unusable,
    )


def _told(day: str, sources: Sources) -> Sources:
    """Say it in the log: counts, never places."""
    level = logging.WARNING if sources.missing or sources.unusable else logging.INFO
    log.log(level, "run %s: %s", day, sources)
    return sources


def _table(
    problem: Problem, points: Sequence[Point], known: Seconds
) -> tuple[tuple[int, ...], ...]:
    """Every drive between the problem's places: known, or estimated."""
    index = {point: at for at, point in enumerate(points)}
    at = [index[rules.rounded(lat, lon)] for lat, lon in problem.places]
    estimated: list[list[int]] = drive_table(problem.places).tolist()
    return tuple(
        tuple(
            known[row][column] if known[row][column] >= 0 else guess
            for column, guess in zip(at, guesses, strict=True)
        )
        for row, guesses in zip(at, estimated, strict=True)
    )
