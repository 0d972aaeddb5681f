"""The first page of a form: nothing is stored before it is sent for the first time."""

import re
from collections.abc import Mapping
from dataclasses import asdict

from chalicelib.adapters import Adapters
from chalicelib.domain.draft import Draft
from chalicelib.errors import Conflict, Expired, Invalid, NotFound
from chalicelib.services.journeys import arrival, filling
from chalicelib.services.journeys.arrival import Given
from chalicelib.services.journeys.catalogue import JOURNEYS
from chalicelib.services.journeys.pages import FIRST, Closed, Onward, Page, form_of, outside, page
from chalicelib.services.journeys.question import Journey, Question

_KEY = re.compile("[A-Za-z0-9_-]{43}")


def begin(world: Adapters, journey_id: str, given: Given) -> Page | Closed | Onward:
    """Show the first page of a new form; of one that has been begun, go to that page."""
    journey = _known(journey_id, given)
    try:
        draft = world.drafts.get(given.key)
    except Expired:
        answers = arrival.answers(world, journey, given)
        return answers if isinstance(answers, Closed) else _first(world, journey, given, answers)
    return filling.first(draft)


def start(
    world: Adapters, journey_id: str, given: Given, fields: Mapping[str, str]
) -> Page | Closed | Onward:
    """Take the first page's answers and store a draft; a second time, the same draft."""
    journey = _known(journey_id, given)
    answers = arrival.answers(world, journey, given)
    if isinstance(answers, Closed):
        return answers
    question = _opening(world, journey, answers)
    typed = {name: fields.get(name, "") for name in question.inputs}
    try:
        kept = filling.checked(world, question, answers, typed)
    except Invalid as error:
        return _first(world, journey, given, {**answers, **typed}, question, error.fields)
    begun = {**answers, **kept, FIRST: question.id}
    draft = Draft(given.key, journey.id, begun, world.now())
    try:
        return filling.resume(world, world.drafts.save(draft))
    except Conflict:
        return filling.put(world, world.drafts.get(given.key), kept)


def _known(journey_id: str, given: Given) -> Journey:
    if journey_id not in JOURNEYS:
        raise NotFound("There is no such form. Start from the first page.")
    if not _KEY.fullmatch(given.key):
        raise Invalid("This form was not opened here. Start it again from the first page.")
    return JOURNEYS[journey_id]


def _opening(world: Adapters, journey: Journey, answers: Mapping[str, str]) -> Question:
    question = journey.open(form_of(world, answers))
    # Every form ends with a question that no address can answer.
    assert question is not None  # noqa: S101
    return question


def _first(
    world: Adapters,
    journey: Journey,
    given: Given,
    answers: Mapping[str, str],
    question: Question | None = None,
    problems: Mapping[str, str] | None = None,
) -> Page:
    form = form_of(world, answers)
    return page(
        world,
        journey,
        question or _opening(world, journey, answers),
        form,
        action=f"/start/{journey.id}",
        hidden=asdict(given),
        back=outside(form),
        problems=problems or {},
    )
