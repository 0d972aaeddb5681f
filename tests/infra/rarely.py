"""Deeds that people and time come to only now and then, each done by the handler that does it.

Each prepares its world and gives back the call itself: only what that asks for counts.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import app as web
import solver
from chalicelib import jobs
from chalicelib.adapters import Adapters
from chalicelib.domain import breaker as breakers
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.link import Purpose
from chalicelib.domain.states import LiftState
from chalicelib.storage.links import MOST_LIVE
from simulation import cloud, notices, service, wire
from simulation.functions import SCHEDULES
from simulation.gateway import Gateway
from simulation.ses import Notice
from simulation.wire import Wire
from tests.builders import (
    SATURDAY_WEEK,
    a_lift_day,
    a_link,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    store,
)
from tests.infra.asked import Need, Seen

Call = Callable[[], object]
Deed = Callable[[Adapters, Wire], Call]

TICK: dict[str, Any] = {
    **{"source": "aws.events", "detail": {}, "resources": [], "time": "", "account": ""},
    **{"region": "", "detail-type": "", "version": "0", "id": "1"},
}


def needs(function: str, deed: Deed) -> set[Need]:
    """What *function* asks for when it does *deed*."""
    with wire.connected(cloud.made(1)) as there, service.serving(there) as world:
        call = deed(world, there)
        seen = Seen(lambda: function)
        there.listeners.append(seen)
        call()
    return seen.needs[function]


def says_no(world: Adapters, _: Wire) -> Call:
    """A rider answers a reminder, and is led on by a new link, for which an old one goes."""
    request = a_request()
    store(world, an_event(), a_session(), request)
    for _number in range(MOST_LIVE):
        a_link(world, request.id, Purpose.MANAGE)
    path = a_link(world, request.id, Purpose.STILL)
    return lambda: Gateway(web.app).ask("POST", path, {"answer": "no"})


def cancels(world: Adapters, _: Wire) -> Call:
    """Somebody does not come after all."""
    store(world, an_event(), a_session(), a_signup())
    path = a_link(world, a_signup().id, Purpose.MANAGE)
    return lambda: Gateway(web.app).ask("POST", f"{path}/cancel", {"sure": "yes"})


def ses_is_back(world: Adapters, there: Wire) -> Call:
    """The first letter that goes again brings on those that waited."""
    _owe(world, a_request().id)
    _owe(world, a_request().id.replace("a" * 12, "b" * 12))
    broken = world.limits.breaker()
    while not broken.is_open:
        broken = world.limits.keep_breaker(breakers.failed(broken, world.now(), too_fast=False))
    there.cloud.clock.forward(hours=1)
    return lambda: jobs.mail(_message(id=_ROW), None)


def bounces(world: Adapters, there: Wire) -> Call:
    """A letter finds no reader."""
    _owe(world, a_request().id)
    jobs.mail(_message(id=_ROW), None)
    event = notices.event(Notice(there.cloud.ses.letters[-1], "Bounce"), world.now())
    return lambda: jobs.mail_events(event, None)


def is_not_answered(world: Adapters, there: Wire) -> Call:
    """A driver does not answer in time."""
    a_lift_day(world, state=LiftState.PROPOSED)
    there.cloud.clock.forward(hours=25)
    return lambda: SCHEDULES["deadlines"](TICK, None)


def has_other_words(world: Adapters, there: Wire) -> Call:
    """A session has been given another title, and no run has seen it yet."""
    a_lift_day(world)
    stored = world.events.sessions([a_session().id])[a_session().id]
    store(world, replace(stored, title="Winter canvass", edition=stored.edition + 1))
    there.cloud.clock.forward(days=7, hours=20)
    return lambda: SCHEDULES["deadlines"](TICK, None)


def is_called_off(world: Adapters, there: Wire) -> Call:
    """A session has been cancelled, and time comes to its car before a run does."""
    _cancel_its_session(world)
    there.cloud.clock.forward(days=7, hours=20)
    return lambda: SCHEDULES["deadlines"](TICK, None)


def proposes(world: Adapters, _: Wire) -> Call:
    """A run finds a car for a rider."""
    store(world, an_event(), a_session(), an_offer(), a_request())
    return lambda: solver.handler(_message(day=str(SATURDAY_WEEK)), None)


def takes_leave(world: Adapters, _: Wire) -> Call:
    """A run ends what was planned for a session that is cancelled."""
    _cancel_its_session(world)
    return lambda: solver.handler(_message(day=str(SATURDAY_WEEK)), None)


DEEDS: tuple[tuple[str, Deed], ...] = (
    ("web", says_no),
    ("web", cancels),
    ("mail", ses_is_back),
    ("mail_events", bounces),
    ("deadlines", is_not_answered),
    ("deadlines", has_other_words),
    ("deadlines", is_called_off),
    ("solver", proposes),
    ("solver", takes_leave),
)

_ROW = f"{LetterName.REQUEST_WAITING}:{a_request().id}:1"


def _cancel_its_session(world: Adapters) -> None:
    a_lift_day(world)
    stored = world.events.sessions([a_session().id])[a_session().id]
    store(world, replace(stored, published=False, edition=stored.edition + 1))


def _owe(world: Adapters, request_id: str) -> None:
    owed = OweLetter(LetterName.REQUEST_WAITING, request_id, 1)
    world.commit([Save(a_request(id=request_id)), owed])


def _message(**body: str) -> dict[str, Any]:
    """SQS's event of one message."""
    return {"Records": [{"messageId": "1", "body": json.dumps(body), "attributes": {}}]}
