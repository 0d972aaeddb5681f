"""One question about something that was sent, and what its new answer does."""

from collections.abc import Mapping

from chalicelib.adapters import Adapters
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.services.changing import deeds, stored
from chalicelib.services.changing.stored import Stored
from chalicelib.services.journeys import Page, pages
from chalicelib.services.journeys.question import Question
from reference import Several

VERSION = "given-version"
"""The hidden field that says which version the page showed."""

SESSION = "session-"
"""What the ids of the questions about an event's sessions begin with."""


def show(world: Adapters, thing_id: str, question_id: str, here: str) -> Page:
    """The question, with the answer that is stored.

    Parameters
    ----------
    here
        Path of the thing's manage page; the question is asked beneath it.

    Raises
    ------
    NotFound
        When the thing, or such a question about it, is not there.
    """
    known = _read(world, thing_id)
    return _page(world, known, _question(known, thing_id, question_id), here, {}, {})


def answer(
    world: Adapters, thing_id: str, question_id: str, here: str, fields: Mapping[str, str]
) -> Page | None:
    """Take a new answer. None when it is stored; else the page again, with what is wrong.

    Raises
    ------
    Conflict
        When the thing has changed since the page was shown, or cannot be changed any more.
    """
    known = _read(world, thing_id)
    question = _question(known, thing_id, question_id)
    typed = {name: fields.get(name, "") for name in question.inputs}
    if fields.get(VERSION) != str(known.thing.version):
        raise Conflict("This has changed since you opened the page. Look at it again.")
    try:
        values = question.read(pages.form_of(world, {**known.answers, **typed}))
        if any(isinstance(value, Several) for value in values.values()):
            sentence = "There are several places of that name. Enter a postcode"
            raise Invalid(sentence, {"place": sentence})
        deeds.do(world, known, question.id, values)
    except Invalid as error:
        return _page(world, known, question, here, typed, _beside(question, error))
    return None


def _read(world: Adapters, thing_id: str) -> Stored:
    kind = thing_id.partition("-")[0]
    if kind not in stored.QUESTIONS:
        raise NotFound("There is nothing to change here.")
    return stored.read(world, kind, thing_id)


def _question(known: Stored, thing_id: str, question_id: str) -> Question:
    asked = stored.QUESTIONS[thing_id.partition("-")[0]]
    sessions = [f"{SESSION}{number}" for number in range(1, len(known.sessions) + 1)]
    question = known.journey.question(question_id)
    if question is None or question_id not in {*asked, *sessions}:
        raise NotFound("There is nothing of that name to change.")
    return question


def _beside(question: Question, error: Invalid) -> Mapping[str, str]:
    """Each sentence beside a field of this page; what names none stands at the first."""
    names = {field.name for field in question.fields}
    first = question.fields[0].name
    number = question.id.removeprefix(SESSION) if question.id.startswith(SESSION) else ""
    found = {}
    for name, sentence in (error.fields or {first: str(error)}).items():
        numbered = f"{name}-{number}"
        found[name if name in names else numbered if numbered in names else first] = sentence
    return found


def _page(
    world: Adapters,
    known: Stored,
    question: Question,
    here: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
) -> Page:
    return pages.page(
        world,
        known.journey,
        question,
        pages.form_of(world, {**known.answers, **typed}),
        action=f"{here}/change/{question.id}",
        back=here,
        problems=problems,
        hidden={"version": str(known.thing.version)},
    )
