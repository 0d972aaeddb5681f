"""Which car: the one that a form's address names, as long as its session is what is asked for."""

from collections.abc import Mapping

from chalicelib.domain import answers
from chalicelib.domain.cars import Listed
from chalicelib.services.journeys import day
from chalicelib.services.journeys.question import Field, Form, Kind, Option, Question, Said

CAR = "car"
ANY = "any"
"""The answer "any car that fits", in place of a car's id."""

_ID, _NAME, _SESSION, _GONE = (
    "given-car-id",
    "given-car-name",
    "given-car-session",
    "given-car-gone",
)

GONE = (
    "The car that you chose cannot be asked any more. Go on all the same: you ask for a lift to "
    "this session, and we look for another car."
)


def facts(car: Listed) -> Mapping[str, str]:
    """What a draft keeps of the car that its address names: it is asked, unless they change it."""
    return {CAR: car.id, _ID: car.id, _NAME: car.name, _SESSION: car.session.id}


def gone() -> Mapping[str, str]:
    """What it keeps where that car cannot be asked any more."""
    return {_GONE: "yes"}


def note(form: Form) -> str:
    """What has become of the car, where it is there no more; else ""."""
    return GONE if form.text(_GONE) else ""


def question() -> Question:
    """Ask whether it shall be that car; answered by the address already, so it can be changed."""
    return Question(
        id=CAR,
        title="Which car do you want?",
        fields=(Field(CAR, Kind.RADIOS, _meant, options=_options),),
        short="Car",
        say=lambda values, form: Said(form.text(_NAME) if values[CAR] else "Any car that fits"),
        asked=_named,
    )


def _named(form: Form) -> bool:
    known = day.chosen(form)
    return known is not None and known.id == form.text(_SESSION)


def _meant(text: str, form: Form) -> str:
    """The car's id; "" for any."""
    chosen = answers.choice(text, (form.text(_ID), ANY), "Choose a car")
    return "" if chosen == ANY else chosen


def _options(form: Form) -> tuple[Option, ...]:
    hint = "If it has no place for you after all, we look for another"
    return (
        Option(form.text(_ID), form.text(_NAME), hint),
        Option(ANY, "Any car that fits", "We match drivers and riders together, every evening"),
    )
