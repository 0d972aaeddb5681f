"""The sessions of a new event: one after another, up to twelve."""

from datetime import date, datetime, time, timedelta

from chalicelib.domain import answers, wall_time
from chalicelib.domain.event import MOST_SESSIONS, check_times
from chalicelib.errors import Invalid
from chalicelib.services.journeys.question import Field, Form, Kind, Option, Question, Said, Values

Times = tuple[datetime, datetime]

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


def questions() -> tuple[Question, ...]:
    """Ask for each session, and before each but the first whether there is another."""
    asked = [_session(1)]
    for number in range(2, MOST_SESSIONS + 1):
        asked += [_another(number), _session(number)]
    return tuple(asked)


def times(values: Values) -> tuple[Times, ...]:
    """Every session's start and end, in UTC."""
    names = (_times(number) for number in range(1, MOST_SESSIONS + 1))
    return tuple(values[name] for name in names if name in values)


def _times(number: int) -> str:
    return f"times-{number}"


def _wanted(number: int, form: Form) -> bool:
    """Whether there is a session of that number: nobody stopped before it."""
    return all(form.text(f"another-{before}") == "yes" for before in range(2, number + 1))


def _session(number: int) -> Question:
    day = Field(
        f"date-{number}",
        Kind.DATE,
        lambda text, form: wall_time.day(text, form.today),
        label="Day",
        hint="For example, 28 11 2026",
    )
    starts = _clock(f"starts-{number}", "Starts", hint="For example, 9:30am or 2pm")
    ends = _clock(f"ends-{number}", "Ends")
    return Question(
        id=f"session-{number}",
        title=f"When is the {_ORDINALS[number - 1]} session?",
        hint="A session is one shift: people come for the whole of it." if number == 1 else "",
        fields=(day, starts, ends),
        short=f"{_ORDINALS[number - 1].capitalize()} session",
        say=lambda values, _: Said(times=values[_times(number)]),
        asked=lambda form: _wanted(number, form),
        check=lambda values, form: {_times(number): _span(number, values, form)},
    )


def _span(number: int, values: Values, form: Form) -> Times:
    """Start and end of that session, which the campaign's clocks must show."""
    day, starts, ends = (f"{name}-{number}" for name in ("date", "starts", "ends"))
    starts_at = _at(starts, values[day], values[starts], form)
    # A session that ends at midnight ends with its day, not before it.
    last = values[day] + timedelta(days=1) if values[ends] == time(0) else values[day]
    ends_at = _at(ends, last, values[ends], form)
    try:
        check_times(starts_at, ends_at, now=form.now)
    except Invalid as error:
        wrong = {f"{name}-{number}": said for name, said in error.fields.items()}
        raise Invalid(str(error), wrong) from error
    return starts_at, ends_at


def _clock(name: str, label: str, hint: str = "") -> Field:
    missing = f"Enter when it {label.lower()}"
    return Field(name, Kind.TIME, lambda text, _: wall_time.clock(text, missing), label, hint)


def _at(field: str, on: date, at: time, form: Form) -> datetime:
    try:
        return wall_time.instant(on, at, form.zone)
    except Invalid as error:
        raise Invalid(str(error), {field: str(error)}) from error


def _another(number: int) -> Question:
    name = f"another-{number}"
    options = (Option("yes", "Yes"), Option("no", "No"))

    def said(text: str, _: Form) -> str:
        return answers.choice(text, ("yes", "no"), "Choose whether there is another session")

    return Question(
        id=name,
        title="Do you want to add another session?",
        fields=(Field(name, Kind.YES_NO, said, options=options),),
        short="Another session",
        say=lambda values, _: Said("No") if values[name] == "no" else None,
        asked=lambda form: _wanted(number - 1, form),
        so_far=lambda form: _so_far(number, form),
    )


def _so_far(number: int, form: Form) -> tuple[Times, ...]:
    """The sessions before that number, as far as they can be read."""
    found = []
    for before in range(1, number):
        try:
            found.append(_session(before).read(form)[_times(before)])
        except Invalid:
            continue
    return tuple(found)
