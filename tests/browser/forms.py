"""Filling in any form of ours, question by question, as somebody who first gets each wrong."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser.person import Person

DAY = (datetime.now(ZoneInfo("Europe/London")) + timedelta(days=9)).date()

ANSWERS = {
    "title": "Doors, scones and a rather long name, to see how that looks in Llanfairpwllgwyngyll",
    "description": "We knock on doors in pairs.\n\nNewcomers are welcome.",
    "place": "Richmond",  # there are several: the form has to ask which
    "address": "The Old Market House and Assembly Rooms",
    "meeting-point": "Under the market clock",
    "date-1-day": str(DAY.day),
    "date-1-month": f"{DAY:%B}",
    "date-1-year": str(DAY.year),
    "starts-1": "10:30am",
    "ends-1": "1.30pm",
    "another-2": "no",
    "minimum": "4",
    "target": "12",
    "maximum": "20",
    "accessibility": "Level pavements; a bench at the meeting point.",
    "seats-standard": "3",
    "needs-standard": "2",
    "earliest": "8am",
    "people": "2",
    "name": "Olu Adeyemi-Featherstonehaugh",
}
"""Field -> what is typed or chosen; of other choices the first is taken."""


def filled_in(person: Person, form: str, email: str, **others: str) -> Iterator[str]:
    """Answer every question, up to "check your answers"; yield a name for each page seen.

    *others* are answers in place of ours.
    """
    answers = {**ANSWERS, **others, "email": email}
    while person.heading != "Check your answers":
        heading = person.heading
        yield f"{form}: {heading}"
        _empty(person)
        person.press("Continue")
        if person.heading == "Check your answers" or "There is a problem" not in person.text:
            continue  # it may stay empty, or has a usual answer
        yield f"{form}: {heading} (with an error)"
        _fill(person, answers)
        person.press("Continue")
        assert person.heading != heading, person.text


def _fill(person: Person, answers: dict[str, str]) -> None:
    for name, values in _fields(person).items():
        answer = answers.get(name, "")
        if values and answer not in values:
            answer = values[0]
        if answer:
            person.fill(**{name: answer})


def _empty(person: Person) -> None:
    for found in person.driver.find_elements("css selector", "main input[type=text]"):
        if found.is_displayed():
            found.clear()


def _fields(person: Person) -> dict[str, list[str]]:
    """The form's fields that people see: name -> the values to choose from, if it is a choice."""
    fields: dict[str, list[str]] = {}
    for found in person.driver.find_elements("css selector", "main :is(input, textarea)[name]"):
        if found.is_displayed():
            values = fields.setdefault(str(found.get_attribute("name")), [])
            if found.get_attribute("type") == "radio":
                values.append(str(found.get_attribute("value")))
    return fields
