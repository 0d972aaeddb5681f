"""A plan becomes lifts: each is proposed to its driver, whole or not at all."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from chalicelib.adapters import Adapters
from chalicelib.domain import ids, reminders
from chalicelib.domain import lift as lift_rules
from chalicelib.domain import offer as offer_rules
from chalicelib.domain import request as request_rules
from chalicelib.domain.change import Change, Fence, LetterName, OweLetter, Save, Take
from chalicelib.domain.event import Event
from chalicelib.domain.lift import LOCKED_BEFORE, Lift, Place
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState
from chalicelib.errors import Conflict, NotFound, Overtaken
from chalicelib.services import cars, holding, seating
from chalicelib.services.campaign_day import Day, midnight
from chalicelib.services.cars import Car
from chalicelib.services.seating import Seat
from matching import plan as answered
from matching.check_lift import travel_s
from matching.problem import Problem

log = logging.getLogger("marginal_lifts")


def propose(
    world: Adapters, day: Day, problem: Problem, plan: answered.Plan, token: int
) -> tuple[int, int]:
    """Store what the plan adds to the day: lifts with riders, and riders who join a lift.

    A driver without riders is not written to: the offer stays open for the next run.

    Returns
    -------
    tuple of int
        What was stored, and what could not be since somebody has changed something meanwhile;
        the next run looks at them again.

    Raises
    ------
    Overtaken
        When a later run has begun.
    """
    stored = refused = 0
    for deed in _deeds(world, day, problem, plan, token):
        try:
            done = deed()
        except Overtaken:
            raise
        except (Conflict, NotFound) as error:
            log.info("run %s %s: %s", day.day, token, error)
            done = False
        stored, refused = stored + done, refused + (not done)
    return stored, refused


def _deeds(
    world: Adapters, day: Day, problem: Problem, plan: answered.Plan, token: int
) -> Iterator[Callable[[], bool]]:
    """One for each new lift, and one for each rider who joins a lift that is agreed."""
    kept = {car.offer.id: car for car in day.kept}
    events: dict[str, Event] = {}
    for planned in plan.lifts:
        car = kept.get(planned.driver)
        if car:
            joining = [one.rider for one in planned.stops if one.rider not in car.lift.rides]
            yield from (partial(_join, world, day, car, one, token) for one in joining)
        elif planned.stops:
            event_id = day.sessions[planned.session].event_id
            if event_id not in events:
                events[event_id], _ = world.events.get(event_id)
            yield partial(_propose, world, day, problem, planned, events[event_id], token)


def _join(world: Adapters, day: Day, car: Car, request_id: str, token: int) -> bool:
    """Bring a waiting rider to a car that is agreed; its driver's wish decides how."""
    request = next(one for one in day.requests if one.id == request_id)
    seat = seating.seat(world, cars.read(world, car.lift.id), request)
    if not isinstance(seat, Seat):
        log.info("run %s %s: %s, %s", day.day, token, request_id, seat)
        return False
    world.commit([Fence(day.day, token), *seat.changes])
    return True


def _propose(
    world: Adapters,
    day: Day,
    problem: Problem,
    planned: answered.Lift,
    event: Event,
    token: int,
) -> bool:
    """Store a new lift: its driver is asked, or has said beforehand that who fits may come."""
    offer = next(one for one in day.offers if one.id == planned.driver)
    wanted = [stop.rider for stop in planned.stops]
    requests = {one.id: one for one in day.requests if one.id in wanted}
    lift = _lift(world, day, planned, event, offer, requests, token)
    lift = replace(lift, alone_s=_alone_s(problem, planned))
    lift = reminders.from_now_on(lift, world.campaign.zone, world.now())
    world.commit(
        [
            Fence(day.day, token),
            Save(offer_rules.take(offer, lift.id)),
            *(_agreed if offer.auto else _proposed)(lift, list(requests.values())),
            *holding.held(lift, [offer, *requests.values()]),
            Take(lift.session_id, lift.people),
        ]
    )
    return True


def _proposed(lift: Lift, requests: Sequence[Request]) -> list[Change]:
    offered = [Save(request_rules.offer(one, lift.id)) for one in requests]
    return [Save(lift), *offered, OweLetter(LetterName.LIFT_PROPOSED, lift.id, 1)]


def _agreed(lift: Lift, requests: Sequence[Request]) -> list[Change]:
    changes: list[Change] = [Save(lift_rules.accept(lift))]
    for one in requests:
        confirmed = request_rules.accept(request_rules.offer(one, lift.id))
        changes += [Save(confirmed), OweLetter(LetterName.LIFT_CONFIRMED, one.id, one.version + 1)]
    return [*changes, OweLetter(LetterName.LIFT_ACCEPTED, lift.id, 1)]


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
        seats=offer.seats,
        auto=offer.auto,
        claimed=True,
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
