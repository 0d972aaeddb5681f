"""Riders whose agreed lift fell from under them: they hear, and so does the event's organiser.

A run looks for another car first, and only what it leaves open is told to the organiser, once a
lift. Where no run can help any more, everyone is told in the commit in which the driver leaves.
Begin with `at_once` and `tell_organisers`.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import quiet
from chalicelib.domain import request as rules
from chalicelib.domain.change import Change, Fence, LetterName, OweLetter, Save
from chalicelib.domain.event import Session
from chalicelib.domain.lift import EARLY, Lift
from chalicelib.domain.request import Request
from chalicelib.domain.states import RequestState
from chalicelib.errors import Conflict, Overtaken
from chalicelib.services.campaign_day import Day, soonest

log = logging.getLogger("marginal_lifts")


def told(lift: Lift, rider: Request, now: datetime) -> list[Change]:
    """What a rider hears whose driver does not come; they wait for another lift.

    Once the car has arrived they are there: then only the way back is gone, and who needs none
    has lost nothing.
    """
    version = rider.version + 1
    if now < lift.arrive_at:
        moved_at = quiet.moved(rider.moved_at, now)
        owed = OweLetter(LetterName.CANCELLED, rider.id, version, "driver")
        return [Save(replace(rules.release(rider), moved_at=moved_at)), owed]
    brought = Save(rules.brought(rider))
    if not _is_taken_back(lift, rider):
        return [brought]
    return [brought, OweLetter(LetterName.CANCELLED, rider.id, version, "way_back")]


def at_once(world: Adapters, lift: Lift, ended: Lift, riders: Iterable[Request]) -> list[Change]:
    """Store the lift as *ended*; the organiser hears now, where no run can help its riders."""
    agreed = [one for one in riders if one.state is RequestState.CONFIRMED]
    there = world.now() >= lift.arrive_at
    left = [one for one in agreed if _is_taken_back(lift, one)] if there else agreed
    if not left or lift.starts_at > soonest(world):
        return [Save(ended)]
    return _organiser(ended)


def tell_organisers(world: Adapters, day: Day, token: int) -> None:
    """Owe the letter about each fallen lift whose riders still wait after the run *token*.

    Raises
    ------
    Overtaken
        When a later run has begun.
    """
    for lift in _fallen(world, day):
        try:
            world.commit([Fence(day.day, token), *_organiser(lift)])
        except Overtaken:
            raise
        except Conflict:
            log.info("%s changed during the run", lift.id)


def _fallen(world: Adapters, day: Day) -> list[Lift]:
    lost = [one.id for one in day.requests if one.lost]
    waiting = [
        one
        for one in world.bookings.many(lost).values()
        if isinstance(one, Request) and one.state is RequestState.WAITING
    ]
    found = world.bookings.many(one.lost for one in waiting).values()
    lifts = [one for one in found if isinstance(one, Lift) and not one.organiser_told]
    return [one for one in lifts if _is_as_told(world, one, day.sessions.get(one.session_id))]


def _is_as_told(world: Adapters, lift: Lift, session: Session | None) -> bool:
    """Whether people are still to come when and where the lift went: its organiser knows else."""
    if session is None or not session.published or session.starts_at <= world.now():
        return False
    return session.starts_at - EARLY == lift.arrive_at and session.venue == lift.venue


def _organiser(lift: Lift) -> list[Change]:
    owed = OweLetter(LetterName.RIDERS_STRANDED, lift.id, lift.version + 1)
    return [Save(replace(lift, organiser_told=True)), owed]


def _is_taken_back(lift: Lift, rider: Request) -> bool:
    place = lift.place(rider.id)
    return place is not None and place.drop_at is not None
