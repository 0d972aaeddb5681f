"""Asking people whether they still come, and afterwards whether they did.

A car's own row drives the reminders of its driver and of all its riders, so each goes out in one
commit with what says that it did: a sweep that runs twice, or dies, reminds nobody twice.
"""

from chalicelib.adapters import Adapters
from chalicelib.domain import reminders
from chalicelib.domain import request as request_rules
from chalicelib.domain import signup as signup_rules
from chalicelib.domain.change import Change, LetterName, OweLetter, Save
from chalicelib.domain.lift import Lift
from chalicelib.domain.reminders import AFTERWARDS, SILENCE
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import RequestState
from chalicelib.services import lifts


def lift_changes(world: Adapters, lift: Lift) -> list[Change]:
    """What is due to those in a car; of several that are due, only the last is sent."""
    zone, now = world.campaign.zone, world.now()
    due = reminders.due(lift, zone, now)
    if not due:
        return []
    name, found = due[-1], list[Change]([Save(reminders.had(lift, due))])
    if name == SILENCE:
        return [*found, *(Save(request_rules.complete(one)) for one in _riders(world, lift))]
    if not reminders.in_time(name, lift, zone, now):
        return found
    to_riders = [_owed(name, one.id, one.version) for one in _riders(world, lift)]
    return [*found, _owed(name, lift.id, lift.version + 1), *to_riders]


def signup_changes(world: Adapters, signup: SignUp) -> list[Change]:
    """What is due to people who come by their own means."""
    zone, now = world.campaign.zone, world.now()
    due = reminders.due(signup, zone, now)
    if not due:
        return []
    name, kept = due[-1], reminders.had(signup, due)
    if name == SILENCE:
        return [Save(signup_rules.complete(kept))]
    in_time = reminders.in_time(name, signup, zone, now)
    return [Save(kept), *([_owed(name, signup.id, signup.version + 1)] if in_time else [])]


def _riders(world: Adapters, lift: Lift) -> list[Request]:
    """Those who are still in it: who has answered already is not asked, nor ended, again."""
    return [one for one in lifts.riders(world, lift) if one.state is RequestState.CONFIRMED]


def _owed(name: str, thing_id: str, version: int) -> OweLetter:
    if name == AFTERWARDS:
        return OweLetter(LetterName.AFTERWARDS, thing_id, version)
    return OweLetter(LetterName.REMINDER, thing_id, version, name)
