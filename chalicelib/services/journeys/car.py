"""The questions about a car: places by type, when to leave, how much longer, who may join."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain import answers, wall_time
from chalicelib.domain.places import MOST_PLACES, Places
from chalicelib.errors import Invalid
from chalicelib.services.journeys import day
from chalicelib.services.journeys.question import Field, Form, Kind, Option, Question, Said, Values

_PLACE_TYPES = ("standard", "wheelchair", "child")
_MINUTES = ("10", "20", "30", "45")
_USUAL = "20"
"""Minutes of extra time that are suggested: what most people give for a stranger."""

_AT_ONCE = "Yes, and write to me each time"
_ASKED_FIRST = "No, ask me each time"
_AT_ONCE_HINT = (
    "Only people who fit your places, your times and your extra minutes. We do not know them any "
    "better than you do. With yes, they have a place as soon as they ask, and you can still "
    "withdraw; with no, you get a letter and a deadline each time, and they may go elsewhere."
)


def needs(title: str) -> Question:
    return _places(
        "needs",
        title=title,
        short="Places needed",
        hint="Count yourself. You stay together: nobody is put in another car.",
        labels=(
            "People in ordinary places",
            "People who stay in their wheelchair (optional)",
            "Children who need a child seat (optional)",
        ),
    )


def seats(title: str) -> Question:
    return _places(
        "seats",
        title=title,
        short="Places free",
        hint="Do not count the driver.",
        labels=(
            "Ordinary places",
            "Places for somebody who stays in their wheelchair (optional)",
            "Places with a child seat fitted (optional)",
        ),
    )


def earliest() -> Question:
    return Question(
        id="earliest",
        title="What is the earliest you can leave?",
        fields=(Field("earliest", Kind.TIME, _leaving, hint="For example, 8:30am"),),
        short="Leave no earlier than",
        say=lambda values, _: Said(times=(values["earliest"],)),
    )


def minutes(name: str, *, title: str, short: str, hint: str) -> Question:
    options = tuple(Option(count, f"{count} minutes") for count in _MINUTES)

    def seconds(text: str, _: Form) -> int:
        return 60 * int(answers.choice(text, _MINUTES, "Choose how many minutes"))

    field = Field(name, Kind.RADIOS, seconds, hint=hint, default=_USUAL, options=options)
    return Question(
        id=name,
        title=title,
        fields=(field,),
        short=short,
        say=lambda _, form: Said(f"Up to {form.text(name)} minutes"),
    )


def both_ways(*, title: str, short: str, yes: str, no: str, hint: str = "") -> Question:
    options = (Option("yes", yes), Option("no", no))

    def said_yes(text: str, _: Form) -> bool:
        return answers.choice(text, ("yes", "no"), "Choose one") == "yes"

    return Question(
        id="back",
        title=title,
        fields=(Field("back", Kind.RADIOS, said_yes, hint=hint, options=options),),
        short=short,
        say=lambda values, _: Said(yes if values["back"] else no),
    )


def at_once(title: str) -> Question:
    """Ask whether who fits may join without the driver being asked; *title* says of which car."""
    options = (Option("yes", _AT_ONCE), Option("no", _ASKED_FIRST))

    def said_yes(text: str, _: Form) -> bool:
        return answers.choice(text, ("yes", "no"), "Choose one") == "yes"

    return Question(
        id="auto",
        title=title,
        fields=(Field("auto", Kind.RADIOS, said_yes, hint=_AT_ONCE_HINT, options=options),),
        short="Joining your car",
        say=lambda values, _: Said(_AT_ONCE if values["auto"] else _ASKED_FIRST),
    )


def _places(
    question_id: str, *, title: str, short: str, hint: str, labels: Sequence[str]
) -> Question:
    fields = tuple(
        Field(f"{question_id}-{name}", Kind.NUMBER, _count, label=label)
        for name, label in zip(_PLACE_TYPES, labels, strict=True)
    )

    def add_up(values: Values, _: Form) -> Values:
        counts = [values[field.name] for field in fields]
        if not 1 <= sum(counts) <= MOST_PLACES:
            sentence = f"Enter 1 to {MOST_PLACES} places in all"
            raise Invalid(sentence, {fields[0].name: sentence})
        return {question_id: Places(*counts)}

    def said(values: Values, _: Form) -> Said:
        return Said(_in_words(values[question_id]))

    return Question(question_id, title, fields, short, said, hint, check=add_up)


def _count(text: str, _: Form) -> int:
    return answers.whole_number(text or "0", 0, MOST_PLACES, "Enter how many")


def _in_words(places: Places) -> str:
    words = {"standard": "ordinary place", "wheelchair": "wheelchair place", "child": "child seat"}
    counted = places.by_type().items()
    return "\n".join(f"{count} {words[name]}{'s' if count > 1 else ''}" for name, count in counted)


def _leaving(text: str, form: Form) -> datetime:
    at = wall_time.clock(text)
    leaving = wall_time.instant(day.read(form.text(day.DAY), form), at, form.zone)
    known = day.chosen(form)
    if known and leaving >= known.starts_at:
        raise Invalid("Enter a time before the session starts")
    return leaving
