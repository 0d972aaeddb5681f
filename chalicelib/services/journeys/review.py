"""Checking all answers, sending them, and what is said afterwards."""

from chalicelib.adapters import Adapters
from chalicelib.domain import draft as rules
from chalicelib.domain.draft import Draft
from chalicelib.errors import Conflict, Invalid
from chalicelib.services.journeys import who
from chalicelib.services.journeys.catalogue import JOURNEYS
from chalicelib.services.journeys.day import about
from chalicelib.services.journeys.filling import resume
from chalicelib.services.journeys.pages import (
    CHECK,
    SENT,
    Onward,
    Review,
    Row,
    Sent,
    form_of,
    path,
)

NOBODY = ("nobody",)
"""What a robot's form has made: nothing, but it looks sent."""


def review(world: Adapters, draft_id: str) -> Review | Onward:
    """Show every answer, once each question has one that can be used."""
    draft = world.drafts.get(draft_id)
    onward = resume(world, draft)
    return _review(world, draft) if onward.step == CHECK else onward


def send(world: Adapters, draft_id: str) -> Review | Onward:
    """Do what the form is for; a second time, show what became of the first.

    When it cannot be done, the review says why and all answers stay.
    """
    draft = world.drafts.get(draft_id)
    onward = resume(world, draft)
    if onward.step != CHECK:
        return onward
    journey = JOURNEYS[draft.journey]
    values = journey.values(form_of(world, draft.answers))
    if values[who.TRAP]:
        return _keep_sent(world, draft, NOBODY)
    try:
        made = journey.send(world, draft.id, values)
    except (Conflict, Invalid) as error:
        return _review(world, draft, refused=_sentences(error))
    return _keep_sent(world, draft, made)


def sent(world: Adapters, draft_id: str) -> Sent | Onward:
    """Say what happens next."""
    draft = world.drafts.get(draft_id)
    return Sent(JOURNEYS[draft.journey]) if draft.made else resume(world, draft)


def _review(world: Adapters, draft: Draft, *, refused: str = "") -> Review:
    journey, form = JOURNEYS[draft.journey], form_of(world, draft.answers)
    asked = journey.asked(form)
    said = ((question, question.say(question.read(form), form)) for question in asked)
    return Review(
        draft_id=draft.id,
        journey=journey,
        rows=tuple(Row(question, answer) for question, answer in said if answer),
        back=path(draft.id, asked[-1].id),
        about=about(form),
        refused=refused,
    )


def _sentences(error: Conflict | Invalid) -> str:
    fields = error.fields.values() if isinstance(error, Invalid) else ()
    return " ".join(
        [str(error), *(f"{said}." for said in fields if not str(error).startswith(said))]
    )


def _keep_sent(world: Adapters, draft: Draft, made: tuple[str, ...]) -> Onward:
    """Keep that it was sent, and no answers any more."""
    try:
        world.drafts.save(rules.sent(draft, made))
    except Conflict:
        # Another window: it sent the same, or changed an answer just too late.
        newer = world.drafts.get(draft.id)
        if not newer.made:
            world.drafts.save(rules.sent(newer, made))
    return Onward(draft.id, SENT)
