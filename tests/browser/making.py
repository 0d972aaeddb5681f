"""Making what can be made, by its form, from the first question until it is cancelled."""

import re
from collections.abc import Iterator

from tests.browser.forms import filled_in
from tests.browser.person import Person
from tests.browser.post import managed
from tests.browser.running import eventually

ORGANISER = "event@example.org"
GOING = {
    "Make my own way": "Sign up",
    "I need a lift": "Ask for a lift",
    "I can drive": "Offer these places",
    "I could drive or ride": "Send",
}
"""The way of going to a session -> the last button of its form."""
MANAGING = {
    "Make my own way": "I cannot come",
    "I need a lift": "Cancel your request",
    "I can drive": "Withdraw your offer",
    "I could drive or ride": "Cancel your request",
    "event": "Cancel the event",
}
"""What was made -> the button that ends it."""


def everything(person: Person) -> Iterator[str]:
    """An event, then every way of going to it; yield a name for each page seen."""
    person.open("/start/event")
    yield from filled_in(person, "event", ORGANISER)
    yield from _sent(person, "event", "Create this event", ORGANISER)
    person.press("look at its page")
    yield "an event"
    event = person.driver.current_url
    person.follow(person.letter(ORGANISER, "onfirm"), "confirm")
    person.fill(agree="yes")
    person.press("Confirm")
    yield "event: confirmed before"
    for number, (form, button) in enumerate(GOING.items()):
        email = f"way-{number}@example.org"
        person.open(event)
        person.press(form)
        yield from filled_in(person, form, email)
        yield from _sent(person, form, button, email)
        yield from _managing(person, form, email)
    yield from _managing(person, "event", ORGANISER)


def _sent(person: Person, form: str, button: str, email: str) -> Iterator[str]:
    """Send the form and confirm it from the letter."""
    yield f"{form}: check"
    person.press(button)
    yield f"{form}: sent"
    person.follow(person.letter(email, "onfirm"), "confirm")
    yield f"{form}: confirm"
    person.press("Confirm")
    yield f"{form}: confirm, with an error"
    person.fill(agree="yes")
    person.press("Confirm")
    yield f"{form}: confirmed"


def _managing(person: Person, form: str, email: str) -> Iterator[str]:
    """See it, change each thing that can be changed, and cancel it."""
    eventually(lambda: managed(person, email))
    person.follow(managed(person, email)[0], "manage")
    here = person.driver.current_url
    yield f"{form}: manage"
    if form == "I need a lift":
        person.open(f"{here}/cars")
        yield f"{form}: choose a car"
    yield from _changing(person, form, here)
    person.open(here)
    person.press(MANAGING[form])
    yield f"{form}: cancel"
    person.press(person.heading.rstrip("?"))
    yield f"{form}: cancel, with an error"
    person.fill(sure="yes")
    person.press(person.heading.rstrip("?"))
    yield f"{form}: cancelled"


def _changing(person: Person, form: str, here: str) -> Iterator[str]:
    """Every page that the manage page leads to for changes."""
    todo, seen = [here], {here}
    while todo:
        person.open(todo.pop())
        if person.driver.current_url != here:
            yield f"{form}: change {person.driver.current_url.rpartition('/')[2]}"
        for link in person.driver.find_elements("css selector", "main a"):
            address = str(link.get_attribute("href"))
            if re.match(re.escape(here) + "/change", address) and address not in seen:
                seen.add(address)
                todo.append(address)
