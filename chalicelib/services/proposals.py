"""A plan becomes lifts: each is proposed to its driver, whole or not at all."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, Fence, LetterName, OweLetter, Save, Take
from chalicelib.domain.event import Event
from chalicelib.domain.lift import LOCKED_BEFORE, Lift, Place
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState
from chalicelib.errors import Conflict, Overtaken
from chalicelib.services.problem import Day, midnight
from matching import plan as answered
from matching.check_lift import travel_s
from matching.problem import Problem

log = logging.getLogger("marginal_lifts")


def propose(
    world: Adapters, day: Day, problem: Problem, plan: answered.Plan, token: int
) -> tuple[int, int]:
    """Store each lift of the plan that has riders, and owe its driver the letter.

    A driver without riders is not written to: the offer stays open for the next run.

    Returns
    -------
    tuple of int
        Lifts proposed, and lifts that could not be since somebody in them has changed
        something meanwhile; the next run looks at them again.

    Raises
    ------
    Overtaken
        When a later run has begun.
    """
    events: dict[str, Event] = {}
    proposed = refused = 0
    for planned in plan.lifts:
        if not planned.stops:
            continue
        session = day.sessions[planned.session]
        if session.event_id not in events:
            events[session.event_id], _ = world.events.get(session.event_id)
        try:
            _propose(world, day, problem, planned, events[session.event_id], token)
        except Overtaken:
            raise
        except Conflict:
            log.info("run %s %s: %s has changed", day.day, token, planned.driver)
            refused += 1
        else:
            proposed += 1
    return proposed, refused


def _propose(
    world: Adapters,
    day: Day,
    problem: Problem,
    planned: answered.Lift,
    event: Event,
    token: int,
) -> None:
    offer = next(one for one in day.offers if one.id == planned.driver)
    wanted = [stop.rider for stop in planned.stops]
    requests = {one.id: one for one in day.requests if one.id in wanted}
    lift = _lift(world, day, planned, event, offer, requests, token)
    lift = replace(lift, alone_s=_alone_s(problem, planned))
    changes: list[Change] = [
        Fence(day.day, token),
        Save(lift),
        Save(offer_rules.take(offer, lift.id)),
        *(Save(request_rules.offer(one, lift.id)) for one in requests.values()),
        Take(lift.session_id, lift.people),
        OweLetter(LetterName.LIFT_PROPOSED, lift.id, 1),
    ]
    world.commit(changes)


def _lift(
    world: Adapters,
    day: Day,
    planned: answered.Lift,
    event: Event,
    offer: Offer,
    requests: dict[str, Request],
    token: int,
) -> Lift:
    session = day.sessions[planned.session]
    begins_at = midnight(world, day.day)
    leave_at = _at(begins_at, planned.leave_s)
    back = planned.back
    return Lift(
        id=ids.derived("lift", session.day(world.campaign.zone), f"{token}:{offer.id}"),
        event_id=event.id,
        session_id=session.id,
        edition=session.edition,
        title=session.title,
        venue=session.venue,
        meeting_point=event.meeting_point,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        offer_id=offer.id,
        driver=offer.person.first_name,
        start=offer.start,
        leave_at=leave_at,
        places=_places(planned, requests, begins_at),
        arrive_at=_at(begins_at, planned.arrive_s),
        back_at=_at(begins_at, back.leave_s) if back else None,
        drops=tuple(drop.rider for drop in back.drops) if back else (),
        home_at=_at(begins_at, back.home_s) if back else None,
        state=LiftState.PROPOSED,
        respond_by=_respond_by(world, leave_at),
        run=token,
    )


def _alone_s(problem: Problem, planned: answered.Lift) -> int:
    """What the driver would drive without riders: out, and back where the lift goes back."""
    home = next(one.home for one in problem.drivers if one.id == planned.driver)
    venue = next(one.place for one in problem.sessions if one.id == planned.session)
    out_s = travel_s(problem, home, venue)
    return out_s + travel_s(problem, venue, home) if planned.back else out_s


def _places(
    planned: answered.Lift, requests: dict[str, Request], begins_at: datetime
) -> tuple[Place, ...]:
    drops = {drop.rider: drop.at_s for drop in planned.back.drops} if planned.back else {}
    return tuple(
        Place(
            request_id=stop.rider,
            rider=requests[stop.rider].person.first_name,
            start=requests[stop.rider].start,
            needs=requests[stop.rider].needs,
            pickup_at=_at(begins_at, stop.at_s),
            drop_at=_at(begins_at, drops[stop.rider]) if stop.rider in drops else None,
        )
        for stop in planned.stops
    )


def _respond_by(world: Adapters, leave_at: datetime) -> datetime:
    """A driver has the campaign's time to answer, but not beyond the locking of the lift."""
    wished: datetime = world.now() + world.campaign.respond_within
    return min(wished, leave_at - LOCKED_BEFORE)


def _at(begins_at: datetime, seconds: int) -> datetime:
    return begins_at + timedelta(seconds=seconds)
