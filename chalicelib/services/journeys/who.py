"""The question that every form ends with: a name and an address for our letter."""

from chalicelib.domain import answers
from chalicelib.domain.people import Person
from chalicelib.services.journeys.question import Field, Form, Kind, Question, Said, Values

TRAP = "website"
"""A field that nobody sees: only robots fill it."""

_FIELDS = (
    Field(
        "name",
        Kind.TEXT,
        lambda text, _: answers.name(text),
        label="Your name",
        autocomplete="name",
    ),
    Field(
        "email",
        Kind.EMAIL,
        lambda text, _: answers.email(text),
        label="Email address",
        hint="Our letter goes there. Nobody else sees it.",
    ),
    Field(TRAP, Kind.TRAP, lambda text, _: text),
)


def question(hint: str) -> Question:
    """Ask who it is; *hint* says what becomes of the name and the address."""
    return Question(
        id="you",
        title="Your name and email address",
        hint=hint,
        fields=_FIELDS,
        short="You",
        say=_said,
        check=lambda values, _: {"person": Person(values["name"], values["email"])},
    )


def _said(values: Values, _: Form) -> Said:
    return Said(f"{values['name']}\n{values['email']}")
