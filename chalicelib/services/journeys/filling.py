"""Going through a form: any question, any number of times, in any window."""

from collections.abc import Mapping

from chalicelib.adapters import Adapters
from chalicelib.domain import draft as rules
from chalicelib.domain.draft import Draft
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.services.journeys.catalogue import JOURNEYS
from chalicelib.services.journeys.pages import (
    CHECK,
    FIRST,
    SENT,
    Onward,
    Page,
    back_from,
    form_of,
    page,
    path,
)
from chalicelib.services.journeys.question import Form, Question


def show(world: Adapters, draft_id: str, question_id: str) -> Page | Onward:
    """Show a question with its answer so far, and what has become wrong with that."""
    draft = world.drafts.get(draft_id)
    if draft.made:
        return Onward(draft.id, SENT)
    question, form = _question(draft, question_id), form_of(world, draft.answers)
    if not question.asked(form):
        return resume(world, draft)
    problems: Mapping[str, str] = {}
    if question.answered(form):
        try:
            question.read(form)
        except Invalid as error:
            problems = error.fields
    return _page(world, draft, question, form, problems)


def answer(
    world: Adapters, draft_id: str, question_id: str, fields: Mapping[str, str]
) -> Page | Onward:
    """Keep an answer and go on; show the question again when it cannot be used."""
    draft = world.drafts.get(draft_id)
    if draft.made:
        return Onward(draft.id, SENT)
    question = _question(draft, question_id)
    typed = {name: fields.get(name, "") for name in question.inputs}
    try:
        return put(world, draft, checked(world, question, draft.answers, typed))
    except Invalid as error:
        form = form_of(world, {**draft.answers, **typed})
        return _page(world, draft, question, form, error.fields)


def checked(
    world: Adapters, question: Question, before: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """What to keep of *question*'s answer: what was *typed*, and what looking it up adds.

    Raises
    ------
    Invalid
        When it cannot be used, with a sentence for each field at fault.
    """
    more = question.learn(world, form_of(world, {**before, **typed})) if question.learn else {}
    kept = {**typed, **more}
    question.read(form_of(world, {**before, **kept}))
    return kept


def put(world: Adapters, draft: Draft, fields: Mapping[str, str]) -> Onward:
    """Put *fields* into a stored draft, also when another window has changed it meanwhile."""
    if draft.made:
        return Onward(draft.id, SENT)
    try:
        return resume(world, world.drafts.save(rules.answer(draft, fields)))
    except Conflict:
        newer = world.drafts.get(draft.id)
        if newer.made:
            return Onward(draft.id, SENT)
        return resume(world, world.drafts.save(rules.answer(newer, fields)))


def resume(world: Adapters, draft: Draft) -> Onward:
    """Go to the first question that needs an answer, else to the check."""
    if draft.made:
        return Onward(draft.id, SENT)
    question = JOURNEYS[draft.journey].open(form_of(world, draft.answers))
    return Onward(draft.id, question.id if question else CHECK)


def first(draft: Draft) -> Onward:
    """Go to the question that the form began with."""
    return Onward(draft.id, SENT if draft.made else draft.answers[FIRST])


def _question(draft: Draft, question_id: str) -> Question:
    question = JOURNEYS[draft.journey].question(question_id)
    if question is None:
        raise NotFound("This form has no such question.")
    return question


def _page(
    world: Adapters, draft: Draft, question: Question, form: Form, problems: Mapping[str, str]
) -> Page:
    journey = JOURNEYS[draft.journey]
    return page(
        world,
        journey,
        question,
        form,
        action=path(draft.id, question.id),
        back=back_from(draft, journey, question, form),
        problems=problems,
    )
