"""What a new answer does to the thing that it is about."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain.event import Event
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.services import at_once, event_changes, offers, requests, signups
from chalicelib.services.changing.stored import Stored
from chalicelib.services.journeys import where
from chalicelib.services.journeys.question import Values


def do(world: Adapters, known: Stored, question_id: str, values: Values) -> None:
    """Store the new answer.

    Raises
    ------
    Invalid
        When it cannot be meant.
    Conflict
        When the thing has changed meanwhile, or cannot be changed any more.
    """
    match known.thing:
        case Event():
            _event(world, known, known.thing, question_id, values)
        case SignUp():
            signups.change(world, known.thing, people=values["people"])
        case Offer() if question_id == "auto":
            at_once.allow(world, known.thing, auto=values["auto"])
        case Offer():
            offers.change(world, known.thing, _offer(known.thing, values))
        case Request():
            requests.change(world, known.thing, _request(known.thing, values))


def _offer(offer: Offer, values: Values) -> offers.Answers:
    return offers.Answers(
        start=where.start_of(where.meant(values)) if where.PLACE in values else offer.start,
        seats=values.get("seats", offer.seats),
        earliest_at=values.get("earliest", offer.earliest_at),
        detour_limit_s=values.get("detour", offer.detour_limit_s),
        both_ways=values.get("back", offer.both_ways),
        auto=offer.auto,
    )


def _request(request: Request, values: Values) -> requests.Answers:
    return requests.Answers(
        start=where.start_of(where.meant(values)) if where.PLACE in values else request.start,
        needs=values.get("needs", request.needs),
        earliest_at=values.get("earliest", request.earliest_at),
        extra_limit_s=values.get("extra", request.extra_limit_s),
        both_ways=values.get("back", request.both_ways),
    )


def _event(world: Adapters, known: Stored, event: Event, question_id: str, values: Values) -> None:
    if question_id == "place":
        venue = where.venue_of(where.meant(values), values[where.ADDRESS])
        event_changes.relocate(world, event.id, event.version, venue)
    elif question_id == "people":
        size = event_changes.Size(values["minimum"], values["target"], values["maximum"])
        event_changes.resize(world, event.id, event.version, size)
    elif question_id.startswith("session-"):
        number = int(question_id.removeprefix("session-"))
        times = values[f"times-{number}"]
        event_changes.move(world, known.sessions[number - 1].id, event.version, *times)
    else:
        words = event_changes.Words(
            event.title, event.description, event.meeting_point, event.accessibility
        )
        named = {question_id.replace("-", "_"): values[question_id]}
        event_changes.change(world, event.id, event.version, replace(words, **named))
