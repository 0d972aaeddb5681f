"""A story that is told deed by deed, by people who know what they want.

The forms are the real ones, and so are the letters whose links are used. Begin with `Script`.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from simulation.gateway import Page
from simulation.life import Life
from simulation.people.crowd import TRUSTED
from simulation.people.person import Person, Press
from simulation.post import Link

DAY = {"date-1-day": "22", "date-1-month": "11", "date-1-year": "2026"}
"""Sunday, two days after the clock's beginning: near enough to be matched at once."""

EVENT = {
    "kind": "canvass",
    "title": "Doors in Sale",
    "description": "",
    "place": "WA14 1SA",
    "address": "",
    "meeting-point": "By the clock",
    **DAY,
    "starts-1": "2pm",
    "ends-1": "4pm",
    "another-2": "no",
    "minimum": "1",
    "target": "9",
    "maximum": "12",
    "accessibility": "",
}
WISH = {
    "place": "M32 0JT",
    "seats-standard": "3",
    "needs-standard": "1",
    "earliest": "8am",
    "detour": "45",
    "extra": "45",
    "back": "yes",
    "auto": "no",
    "people": "2",
}


@dataclass(slots=True)
class Script:
    """Somebody who tells a life what happens in it."""

    life: Life
    session: str = ""
    things: dict[str, str] = field(default_factory=dict)
    """Person -> what they made last."""

    def person(self, name: str) -> Person:
        """Somebody of that name."""
        email = name if "@" in name else f"{name}@example.org"
        return self.life.crowd.people.setdefault(email, Person(name.title(), email))

    def press(self, name: str, path: str, /, **fields: str) -> Page:
        """They press a button."""
        return self.life.crowd.visit(self.person(name), Press("POST", path, fields))

    def link(self, name: str, purpose: str, kind: str = "") -> Link:
        """The newest link of that purpose in their letters."""
        links = self.person(name).links.values()
        return [one for one in links if one.purpose == purpose and one.thing.startswith(kind)][-1]

    def quiet(self, seconds: float = 200) -> None:
        """Time goes on, and all that lies ready is delivered."""
        until = self.life.cloud.clock() + timedelta(seconds=seconds)
        while self.life.cloud.clock() < until:
            self.life.wait(20)

    def wait_until(self, hours: float) -> None:
        """Time goes on until so many hours after the beginning of the session's day."""
        midnight = self.life.cloud.clock().replace(day=22, hour=0, minute=0, second=0)
        while self.life.cloud.clock() < midnight + timedelta(hours=hours):
            self.life.wait(300)

    def form(self, name: str, path: str, /, **answers: str) -> Page:
        """They fill in a form to its last page, and leave it lying there."""
        person = self.person(name)
        known = {**EVENT, **WISH, **answers, "name": person.name, "email": person.email}
        page = self.life.crowd.visit(person, Press("GET", path, {}))
        while page.action and not page.action.endswith("/check"):
            asked = [*page.fields(), *page.choices()]
            typed = {one: known[one] for one in asked if one in known}
            if "session" in asked:
                typed["session"] = self.session
            page = self.press(name, page.action, **{**page.fields(), **typed})
            assert page.status == 200, (page.path, typed)  # noqa: S101 - the story is wrong
        return page

    def made(self, name: str, path: str, /, **answers: str) -> bool:
        """They fill in a form, and send it; the letter that asks them to confirm has come.

        Not where the session has filled up since somebody told them of it.
        """
        page = self.form(name, path, **answers)
        if page.action:
            self.press(name, page.action)
            self.quiet()
            self.things[name] = self.link(name, "confirm").thing
        return bool(page.action)

    def confirmed(self, name: str, path: str, /, **answers: str) -> None:
        """They fill in a form, send it, and confirm it."""
        if self.made(name, path, **answers):
            self.press(name, self.link(name, "confirm").path, agree="yes")
        self.life.deliver()

    def event(self, organiser: str = TRUSTED, **answers: str) -> None:
        """A public event with one session."""
        self.confirmed(organiser, "/start/event", **answers)
        self.quiet()
        self.session = f"{self.things[organiser]}-1"

    def way(self, journey: str) -> str:
        """The address of a form to come to the session."""
        return f"/start/{journey}?session={self.session}"

    def driver(self, name: str = "dan", **answers: str) -> None:
        """An open offer."""
        self.confirmed(name, self.way("drive"), **answers)

    def rider(self, name: str = "ria", **answers: str) -> None:
        """A request that waits."""
        self.confirmed(name, self.way("lift"), **answers)

    def manage(self, name: str, deed: str, /, **fields: str) -> Page:
        """They do something to what they made, by the link in their newest letter."""
        return self.press(name, f"{self.link(name, 'manage').path}/{deed}", **fields)

    def agreed(self, **answers: str) -> None:
        """An event, and Dan, who has said yes to driving Ria."""
        self.event()
        self.driver(**answers)
        self.rider()
        self.quiet(400)
        if answers.get("auto") != "yes":
            self.press("dan", self.link("dan", "respond").path, answer="yes")
            self.quiet()
