"""What a form shows next: a question, all answers to check, or where to go instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.adapters import Adapters
from chalicelib.domain.draft import Draft
from chalicelib.services.journeys.day import About, about
from chalicelib.services.journeys.question import Field, Form, Journey, Option, Question, Said

CHECK, SENT = "check", "sent"
"""The two pages of every form that are no questions."""

FIRST = "given-first"
"""Beside the answers: the question that the form began with."""


@dataclass(frozen=True, slots=True)
class Onward:
    """Go to that page of the form."""

    draft_id: str
    step: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A form that cannot be begun for this session, and what can be done instead.

    Attributes
    ----------
    event_id
        Whose page says more; "" when there is none to show.
    day
        A day on which lifts "wherever I am needed most" can still be asked for, or None.
    """

    journey: str
    sentence: str
    event_id: str = ""
    day: date | None = None
    online: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A field with what was typed into it."""

    field: Field
    text: str
    parts: tuple[str, ...]
    options: tuple[Option, ...]
    error: str


@dataclass(frozen=True, slots=True)
class Page:
    """One question.

    Attributes
    ----------
    action
        Where its form is posted: "/form/<draft>/<question>" or "/start/<journey>".
    hidden
        What the first page hands on: `arrival.Given`'s fields; {} on every other.
    back
        Path of the page before.
    problems
        Field name -> what is wrong with it; empty where nothing is.
    """

    journey: Journey
    question: Question
    action: str
    hidden: Mapping[str, str]
    inputs: tuple[Input, ...]
    problems: Mapping[str, str]
    back: str
    note: str
    so_far: tuple[tuple[datetime, datetime], ...]
    about: About | None


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in "check your answers"."""

    question: Question
    said: Said


@dataclass(frozen=True, slots=True)
class Review:
    """All answers, before they are sent.

    Attributes
    ----------
    refused
        Why they could not be sent; "" before that.
    about
        The session it is for, where there is one.
    """

    draft_id: str
    journey: Journey
    rows: tuple[Row, ...]
    back: str
    about: About | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What happens now that it was sent."""

    journey: Journey


def form_of(world: Adapters, answers: Mapping[str, str]) -> Form:
    """The answers, as questions look at them."""
    return Form(answers, world.now(), world.campaign.zone)


def page(
    world: Adapters,
    journey: Journey,
    question: Question,
    form: Form,
    *,
    action: str,
    back: str,
    problems: Mapping[str, str],
    hidden: Mapping[str, str] | None = None,
) -> Page:
    """Show *question* with what *form* has as its answer."""
    offered = question.offer(world, form) if question.offer else None
    return Page(
        journey,
        question,
        action=action,
        hidden=hidden or {},
        inputs=tuple(_input(field, form, offered, problems) for field in question.fields),
        problems=problems,
        back=back,
        note=question.note(form),
        so_far=question.so_far(form),
        about=about(form),
    )


def _input(
    field: Field,
    form: Form,
    offered: tuple[Option, ...] | None,
    problems: Mapping[str, str],
) -> Input:
    text = field.text(form.answers)
    if not any(name in form.answers for name in field.inputs):
        text = form.text(f"given-{field.name}") or field.default
    return Input(
        field=field,
        text=text,
        parts=tuple(form.text(name) for name in field.inputs),
        options=field.choices(form) if offered is None else offered,
        error=problems.get(field.name, ""),
    )


def back_from(draft: Draft, journey: Journey, question: Question, form: Form) -> str:
    """The path of the page before *question*; once all is answered, that of the check."""
    if journey.open(form) is None:
        return path(draft.id, CHECK)
    asked = journey.asked(form)
    at = asked.index(question) if question in asked else 0
    is_first = not at or question.id == form.text(FIRST)
    return outside(form) if is_first else path(draft.id, asked[at - 1].id)


def outside(form: Form) -> str:
    """The path that the form is entered from: its session's event, or the first page."""
    known = about(form)
    return f"/events/{known.event_id}" if known else "/"


def path(draft_id: str, step: str) -> str:
    """The path of a page of a form."""
    return f"/form/{draft_id}/{step}"
