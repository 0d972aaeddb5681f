"""What somebody does with a link from a letter, now or days later.

Each deed is one visit or two: the page first where it must be read. Begin with `use`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from simulation import town
from simulation.gateway import Page
from simulation.people.forms import answers
from simulation.people.person import Person, Press
from simulation.post import Link

Visit = Callable[[Person, Press], Page]
Later = Callable[[Person, Press, timedelta], None]

CHANGES: Mapping[str, tuple[str, ...]] = {
    "event": ("title", "place", "people", "session-1", "meeting-point"),
    "signup": ("people",),
    "offer": ("auto", "seats", "earliest", "back", "detour"),
    "request": ("needs", "earliest", "back", "extra"),
}
ENDS = {"event": 0.04, "signup": 0.2, "offer": 0.12, "request": 0.15}
"""How often somebody who comes back ends it."""


class Hands:
    """Somebody at a keyboard."""

    def __init__(self, visit: Visit, later: Later, draws: Random) -> None:
        self.visit, self.later, self.draws = visit, later, draws

    def use(self, person: Person, link: Link, now: datetime) -> None:
        """Do what the link is for, or something near it."""
        match link.purpose:
            case "confirm":
                self._confirm(person, link)
            case "respond":
                self._respond(person, link)
            case "still":
                self._choose(person, link, {"answer": self.draws.choices(("yes", "no"), (5, 1))[0]})
            case "happened":
                said = self.draws.choices(("yes", "no", "no_car"), (6, 2, 1))[0]
                self._choose(person, link, {"answer": said})
            case "review":
                said = self.draws.choices(("publish", "refuse"), (9, 1))[0]
                self._choose(person, link, {"answer": said})
            case "manage":
                self.manage(person, link, now)

    def scan(self, person: Person, link: Link) -> None:
        """A mail scanner: it looks, again and again, and presses what there is to press."""
        for _ in range(self.draws.choice((1, 2, 20))):
            self.visit(person, Press("GET", link.path, {}))
        self.visit(person, Press("POST", link.path, {}))

    def _confirm(self, person: Person, link: Link) -> None:
        agreed = {"agree": "yes"} if self.draws.random() < 0.97 else {}
        page = self._choose(person, link, agreed)
        cars = page.choices().get("car", [])
        if page.status == 200 and cars and self.draws.random() < 0.6:
            self._choose(person, link, {**page.fields(), "car": self.draws.choice(cars)})

    def _choose(self, person: Person, link: Link, fields: dict[str, str]) -> Page:
        return self.visit(person, Press("POST", link.path, fields))

    def _respond(self, person: Person, link: Link) -> None:
        """Read who asks, and say yes, no, or nothing."""
        page = self.visit(person, Press("GET", link.path, {}))
        said = self.draws.choices(("yes", "no", ""), (8, 2, 1))[0]
        if page.status != 200 or not said or "answer" not in page.choices():
            return
        self._choose(person, link, {**page.fields(), "answer": said})
        if said == "no" and "request" not in page.fields() and self.draws.random() < 0.4:
            self.later(person, Press("POST", f"{link.path}/again", {"sure": "yes"}), self._soon())

    def manage(self, person: Person, link: Link, now: datetime) -> None:
        """Look, change, choose a car, or end it."""
        kind = link.thing.partition("-")[0]
        choice = self.draws.random()
        if choice < ENDS[kind]:
            self.end(person, link)
        elif kind == "request" and choice < 0.5:
            self._choose_car(person, link)
        elif choice < 0.75:
            self._change(person, link, kind, now)
        else:
            self.visit(person, Press("GET", link.path, {}))

    def end(self, person: Person, link: Link) -> None:
        """Cancel it; sometimes they want it back."""
        page = self.visit(person, Press("POST", f"{link.path}/cancel", {"sure": "yes"}))
        undo = f"{link.path}/undo"
        if self.draws.random() < (0.5 if undo in page.links else 0.1):
            self.later(person, Press("POST", undo, {"sure": "yes"}), self._soon())

    def _choose_car(self, person: Person, link: Link) -> None:
        path = f"{link.path}/cars"
        page = self.visit(person, Press("GET", path, {}))
        cars = page.choices().get("car", [])
        if page.status == 200 and cars:
            fields = {**page.fields(), "car": self.draws.choice(cars)}
            self.visit(person, Press("POST", path, fields))

    def _change(self, person: Person, link: Link, kind: str, now: datetime) -> None:
        path = f"{link.path}/change/{self.draws.choice(CHANGES[kind])}"
        page = self.visit(person, Press("GET", path, {}))
        if page.status != 200 or not page.action:
            return
        kept = page.fields()
        typed = answers(self.draws, person, page, now)
        for name in kept:
            if not name.startswith(("given-", "date-")):
                typed |= town.typed(self.draws, name, page.choices().get(name, []), now)
        dates = {
            name: value for name, value in kept.items() if name.startswith(("date-", "given-"))
        }
        venue = {"place": self.draws.choice(town.VENUES)} if "address" in kept else {}
        self.visit(person, Press("POST", page.action, {**typed, **dates, **venue}))

    def _soon(self) -> timedelta:
        """Mostly within the ten minutes of an undo."""
        return timedelta(seconds=self.draws.choice((1, 20, 120, 400, 590, 660, 3600)))
