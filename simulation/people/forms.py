"""Filling in a form, a page at a time, as somebody would who reads it.

What cannot be sent is sent again, or left. Begin with `fill`.
"""

from collections.abc import Callable
from datetime import datetime
from random import Random

from simulation import town
from simulation.gateway import Page
from simulation.people.person import Person, Press, Sheet

Visit = Callable[[Person, Press], Page]


def fill(visit: Visit, draws: Random, person: Person, now: datetime) -> None:
    """Answer the page that lies before them."""
    sheet = person.sheet
    if sheet is None or not sheet.page.action:
        person.sheet = None
        return
    press = Press("POST", sheet.page.action, answers(draws, person, sheet.page, now))
    page = visit(person, press)
    if page.status == 422 and draws.random() < 0.3:
        person.sheet = None
    elif page.status in {200, 422} and page.action:
        sheet.sent.append(press)
        sheet.page = page
    elif page.status == 200:
        sheet.sent.append(press)
        person.sheet = None
    elif page.status == 0 or page.status >= 500:
        _unknown(visit, draws, person, sheet)
    else:
        person.sheet = None


def _unknown(visit: Visit, draws: Random, person: Person, sheet: Sheet) -> None:
    """Whether it was sent they do not know: they press again, look again, or give up."""
    choice = draws.random()
    if choice < 0.25 and sheet.page.path.startswith("/form/"):
        again = visit(person, Press("GET", sheet.page.path, {}))
        sheet.page = again if again.status == 200 else sheet.page
    elif choice > 0.95:
        person.sheet = None


def answers(draws: Random, person: Person, page: Page, now: datetime) -> dict[str, str]:
    """What they type into a page."""
    fields, choices = page.fields(), page.choices()
    typed = dict(fields)
    for name in [*fields, *choices]:
        if name.startswith("given-"):
            continue
        if name in {"name", "email", "website"}:
            typed[name] = {"name": person.name, "email": person.email}.get(name, "")
        elif page.status == 422 or not typed.get(name) or name in {"people", "maximum"}:
            typed |= town.typed(draws, name, choices.get(name, []), now)
    return _venue(draws, typed)


def _venue(draws: Random, typed: dict[str, str]) -> dict[str, str]:
    """An event is in one of the few places where all events are."""
    if "address" in typed:
        return typed | {"place": draws.choice(town.VENUES), "address": ""}
    return typed
