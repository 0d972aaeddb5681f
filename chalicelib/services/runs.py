"""One run: a campaign day is settled, matched, and its lifts are proposed.

A run may be started twice, overtaken or killed at any call (PROMISES R9, R14): each lift
is stored in a commit of its own under the run's fencing token, so a later run shuts an
earlier one out, and what is stored is a valid plan at every moment.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Fence, Save
from chalicelib.domain.drives import Sources
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.run import Run
from chalicelib.errors import Conflict, Overtaken
from chalicelib.services import advice, drives, proposals, settling, stranding
from chalicelib.services.campaign_day import (
    Day,
    coming,
    free_offers,
    free_requests,
    joinable,
    midnight,
)
from chalicelib.services.problem import build
from matching.check import violations
from matching.files import problem_to_json
from matching.plan import Plan
from matching.problem import InvalidProblem, Problem

PIN = re.compile(r"pins\[([0-9]+)\]")
"""How the matching names a lift to keep that cannot be."""

log = logging.getLogger("marginal_lifts")
Solve = Callable[[Problem], Plan]


class WrongPlan(Exception):
    """The solver's answer breaks its own question: nothing of it is used."""


def run(world: Adapters, day: str, *, solve: Solve) -> Run | None:
    """Match that day ("2026-11-28") and propose what the plan holds.

    Returns
    -------
    Run or None
        What it did. None when nobody waits on that day, or when a later run has begun: then
        this one stopped there, and that one does the rest.
    """
    try:
        return _run(world, day, solve, world.bookings.begin_run(day))
    except Overtaken:
        log.info("run %s overtaken", day)
        return None


def _run(world: Adapters, day: str, solve: Solve, token: int) -> Run | None:
    settling.settle(world, day, Fence(day, token))
    today = read(world, day)
    if not today.offers and not today.requests:
        return None
    today, problem, plan, sources = _matched(world, today, solve)
    proposed, refused = proposals.propose(world, today, problem, plan, token)
    stranded = _explain(world, today, plan, token)
    stranding.tell_organisers(world, today, token)
    done = Run(
        day=day,
        token=token,
        at=world.now(),
        inputs=_digest(problem),
        status=str(plan.status),
        worth=plan.worth,
        bound=plan.bound,
        gap=plan.gap,
        seconds=plan.seconds.get("total", 0.0),
        proposed=proposed,
        stranded=stranded,
        refused=refused,
        drives=sources,
    )
    world.bookings.save_run(done)
    log.info("run %s %s: %s lifts, %s without", day, token, proposed, stranded)
    return done


def read(world: Adapters, day: str) -> Day:
    """The day as it is stored: bookings and named sessions consistent, others as listed."""
    things = world.bookings.day(day)
    offers = tuple(one for one in things if isinstance(one, Offer))
    requests = tuple(one for one in things if isinstance(one, Request))
    return Day(
        day=day,
        sessions=settling.sessions_of(world, day, things),
        offers=free_offers(offers, requests),
        requests=free_requests(offers, requests),
        kept=joinable(world, things) if requests else (),
        coming=coming(things),
    )


def _matched(world: Adapters, day: Day, solve: Solve) -> tuple[Day, Problem, Plan, Sources]:
    """The day, as it could be matched, and the plan.

    An agreed lift may not hold by today's knowledge of the roads. Then it stays as it is, and
    nobody else is brought to it.
    """
    while True:
        problem, sources = drives.fill(world, day.day, build(world, day))
        try:
            return day, problem, _checked(problem, solve(problem)), sources
        except InvalidProblem as error:
            impossible = PIN.match(error.path)
            if impossible is None:
                raise
            at = int(impossible[1])
            log.warning("run %s: %s is left as it is", day.day, day.kept[at].lift.id)
            day = replace(day, kept=day.kept[:at] + day.kept[at + 1 :])


def _checked(problem: Problem, plan: Plan) -> Plan:
    """The plan, once the checker has found nothing wrong with it.

    The checker shares nothing with the solver, so a fault of the solver stops here, before
    anybody is told of a lift that cannot be. The message is redelivered and ends in the
    dead-letter queue, where it is seen.
    """
    broken = violations(problem, plan)
    if broken:
        raise WrongPlan(f"{len(broken)} violations, the first: {broken[0]}")
    return plan


def _explain(world: Adapters, day: Day, plan: Plan, token: int) -> int:
    """Keep for every rider who was left out why, and what would help."""
    by_id = {request.id: request for request in day.requests}
    stranded = [one for one in plan.unplaced if one.id in by_id]
    for unplaced in stranded:
        request = by_id[unplaced.id]
        helps = advice.sentence(unplaced, midnight(world, day.day), world.campaign.zone)
        if (request.reason, request.help) == (str(unplaced.reason), helps):
            continue
        explained = request_rules.explain(request, str(unplaced.reason), helps)
        try:
            world.commit([Fence(day.day, token), Save(explained)])
        except Overtaken:
            raise
        except Conflict:
            log.info("%s changed during the run", request.id)
    return len(stranded)


def _digest(problem: Problem) -> str:
    return hashlib.sha256(problem_to_json(problem).encode()).hexdigest()
