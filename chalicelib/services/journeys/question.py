"""A form as data: fields in questions, questions in a journey, and how they are read.

Answers are kept as typed; what they mean is worked out again whenever it is needed, so a
day that has passed meanwhile, or a town that changed, is noticed before anything is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.adapters import Adapters
from chalicelib.errors import Invalid

Values = Mapping[str, Any]
"""Field name -> what its text means."""


class Kind(StrEnum):
    """How a field is asked; each is a macro of templates/parts/fields.html."""

    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    TIME = "time"
    DATE = "date"
    TEXTAREA = "textarea"
    RADIOS = "radios"
    YES_NO = "yes_no"
    TRAP = "trap"


@dataclass(frozen=True, slots=True)
class Form:
    """All that a question may look at: the answers so far, and the clock."""

    answers: Mapping[str, str]
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The campaign's own date."""
        return self.now.astimezone(self.zone).date()

    def text(self, name: str) -> str:
        """The answer as typed, or ""."""
        return self.answers.get(name, "")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to choose from.

    Attributes
    ----------
    day, times
        Shown in the campaign's zone, after the label: a day; a start and an end.
    """

    value: str
    label: str = ""
    hint: str = ""
    day: date | None = None
    times: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in.

    Attributes
    ----------
    read
        What the text means; raises Invalid with the sentence beside the field.
    label
        Empty when it is the question's only field: then the question's title is its label.
    options
        What there is to choose from, as far as the answers alone say.
    """

    name: str
    kind: Kind
    read: Callable[[str, Form], Any]
    label: str = ""
    hint: str = ""
    optional: bool = False
    default: str = ""
    autocomplete: str = ""
    options: Callable[[Form], tuple[Option, ...]] | tuple[Option, ...] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs that it is posted as."""
        if self.kind is not Kind.DATE:
            return (self.name,)
        return tuple(f"{self.name}-{part}" for part in ("day", "month", "year"))

    def text(self, answers: Mapping[str, str]) -> str:
        """The answer as typed; a date's three inputs with spaces between."""
        return " ".join(answers.get(name, "") for name in self.inputs).strip()

    def choices(self, form: Form) -> tuple[Option, ...]:
        """What there is to choose from."""
        return self.options if isinstance(self.options, tuple) else self.options(form)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as "check your answers" shows it: words, a day, or one or two instants."""

    text: str = ""
    day: date | None = None
    times: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One page of a form.

    Attributes
    ----------
    id
        Its part of the address.
    short
        Its name in "check your answers".
    say
        The answer as shown there; None leaves it out.
    asked
        Whether these answers make it necessary.
    check
        Works out more from the fields together; may raise Invalid.
    note
        A sentence above the question about what was answered before; "" for none.
    so_far
        Sessions to show above it.
    offer
        What there is to choose from, where that takes a look at the world.
    learn
        More to keep beside the answer, looked up when it is given; may raise Invalid.
    """

    id: str
    title: str
    fields: tuple[Field, ...]
    short: str
    say: Callable[[Values, Form], Said | None]
    hint: str = ""
    asked: Callable[[Form], bool] = lambda _: True
    check: Callable[[Values, Form], Values] = lambda _values, _form: {}
    note: Callable[[Form], str] = lambda _: ""
    so_far: Callable[[Form], tuple[tuple[datetime, datetime], ...]] = lambda _: ()
    offer: Callable[[Adapters, Form], tuple[Option, ...]] | None = None
    learn: Callable[[Adapters, Form], Mapping[str, str]] | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of everything that its page posts."""
        return tuple(name for field in self.fields for name in field.inputs)

    def answered(self, form: Form) -> bool:
        """Whether its page was sent before, whatever it said."""
        return any(name in form.answers for name in self.inputs)

    def read(self, form: Form) -> Values:
        """What its answers mean.

        Raises
        ------
        Invalid
            With a sentence for every field at fault.
        """
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for field in self.fields:
            try:
                values[field.name] = field.read(field.text(form.answers), form)
            except Invalid as error:
                wrong[field.name] = str(error)
        if wrong:
            raise Invalid("Some answers cannot be used.", wrong)
        return {**values, **self.check(values, form)}


@dataclass(frozen=True, slots=True)
class Journey:
    """One form, from its first question to what is done with it.

    Attributes
    ----------
    send
        Does the deed with the draft's id and every answer's meaning; returns the ids of
        what it made.
    button
        What sending is called.
    agreed
        What its sender should know before sending; "" for nothing.
    next
        What happens after it was sent, step by step.
    """

    id: str
    name: str
    questions: tuple[Question, ...]
    send: Callable[[Adapters, str, Values], tuple[str, ...]]
    button: str
    next: tuple[str, ...]
    agreed: str = ""

    def asked(self, form: Form) -> tuple[Question, ...]:
        """The questions that these answers make necessary, in their order."""
        return tuple(question for question in self.questions if question.asked(form))

    def question(self, question_id: str) -> Question | None:
        """The question of that id."""
        return next((one for one in self.questions if one.id == question_id), None)

    def open(self, form: Form) -> Question | None:
        """The first question that still needs a usable answer; None when all have one."""
        return next((one for one in self.asked(form) if not _usable(one, form)), None)

    def values(self, form: Form) -> Values:
        """What all answers mean; Invalid as `Question.read`."""
        return {
            name: value
            for question in self.asked(form)
            for name, value in question.read(form).items()
        }


def _usable(question: Question, form: Form) -> bool:
    try:
        question.read(form)
    except Invalid:
        return False
    return question.answered(form)
