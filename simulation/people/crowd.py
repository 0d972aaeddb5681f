"""All the people, and what one of them does next.

Begin with `Crowd.act`; letters come in by `Crowd.deliver`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from simulation import town
from simulation.gateway import Page
from simulation.people import forms
from simulation.people.links import Hands
from simulation.people.person import Person, Plan, Press, Sheet
from simulation.post import Post

Visit = Callable[[Person, Press], Page]
JOURNEYS = ("lift", "drive", "either", "own-way")
OFTEN = (8, 4, 2, 3)
MOST_PEOPLE = 60
"""So many are busy with the campaign at once; who is done makes room for another."""

OPEN_EVENTS = 3
TRUSTED = "trusted0@example.org"
REVIEWER = "reviewer@example.org"


class Crowd:
    """Everybody with an address, by it."""

    def __init__(self, visit: Visit, now: Callable[[], datetime], draws: Random) -> None:
        self.now, self.draws, self._visit = now, draws, visit
        self.people: dict[str, Person] = {}
        self.events: dict[str, datetime] = {}
        self.plans: list[Plan] = []
        self.hands = Hands(self.visit, self.later, draws)
        self.busy: list[Person] = []
        for email in (TRUSTED, REVIEWER):
            self.people[email] = Person("Olu Trusted", email)

    def visit(self, person: Person, press: Press) -> Page:
        """Press something; whoever does not know whether it was heard presses again."""
        if press.method == "POST":
            person.press(press)
        page = self._visit(person, press)
        unknown = page.status == 0 or page.status >= 500
        if unknown and press.method == "POST" and not press.path.startswith(("/form/", "/start/")):
            for _ in range(self.draws.choice((0, 1, 1, 2))):
                wait = self.draws.choice((1, 2, 30, 600, 86_400, 3 * 86_400))
                self.later(person, press, timedelta(seconds=wait))
        return page

    def later(self, person: Person, press: Press, wait: timedelta) -> None:
        """Mean to press it then."""
        self.plans.append(Plan(self.now() + wait, person, press))

    def deliver(self, post: Post) -> None:
        """A letter comes."""
        person = self.people.setdefault(post.to, Person("Somebody", post.to))
        person.keep(post)
        person.unread.append(post)
        for event in post.events:
            self.events.setdefault(event, self.now())

    def act(self) -> None:
        """Somebody does one thing."""
        plan = next((one for one in self.plans if one.at <= self.now()), None)
        if plan is not None:
            self.plans.remove(plan)
            self.visit(plan.person, plan.press)
            return
        filling = [one for one in self.people.values() if one.sheet]
        reading = [one for one in self.people.values() if one.unread]
        choice = self.draws.random()
        if reading and choice < 0.45:
            self._read(self.draws.choice(reading[-10:]))
        elif (filling and choice < 0.8) or len(filling) > 8:
            person = self.draws.choice(filling)
            forms.fill(self.visit, self.draws, person, self.now())
        elif choice < 0.9 and len(self.people) > 10:
            self._come_back(self.draws.choice(list(self.people.values())))
        else:
            self._come()

    def interfere(self) -> None:
        """Somebody whose plans others depend on does something just now."""
        plan = [one for one in self.people.values() if one.links or one.sheet]
        if not plan:
            return
        person = self.draws.choice(plan)
        links = [one for one in person.links.values() if one.purpose != "confirm"]
        if person.unread:
            self._read(person)
        elif links:
            self.hands.use(person, self.draws.choice(links[-3:]), self.now())

    def _read(self, person: Person) -> None:
        """The newest letter first, mostly; what asks something is mostly answered."""
        last = len(person.unread) - 1
        at = last if self.draws.random() < 0.7 else self.draws.randrange(last + 1)
        post = person.unread.pop(at)
        if not post.links:
            return
        asking = [one for one in post.links if one.purpose != "manage"]
        link = self.draws.choice(asking or list(post.links))
        if self.draws.random() < 0.03:
            self.hands.scan(person, link)
        if link.purpose == "manage" and self.draws.random() < 0.85:
            return
        self.hands.use(person, link, self.now())

    def _come_back(self, person: Person) -> None:
        """To a letter of theirs, an old one perhaps; or to a page that they have left open."""
        choice = self.draws.random()
        if choice < 0.25 and person.pressed:
            self.visit(person, self.draws.choice(person.pressed))
        elif choice < 0.35 and person.old:
            self.hands.use(person, self.draws.choice(person.old), self.now())
        elif person.links:
            link = self.draws.choice(list(person.links.values()))
            self.hands.use(person, link, self.now())

    def _come(self) -> None:
        """Somebody new, or somebody again, wants to do something."""
        since = self.now() - timedelta(days=3)
        self.events = {one: at for one, at in self.events.items() if at > since}
        if self.draws.random() < (0.6 if len(self.events) < OPEN_EVENTS else 0.04):
            self._begin(self._organiser(), "event", "/start/event")
            return
        person = self._person()
        journey = self.draws.choices(JOURNEYS, OFTEN)[0]
        if self.events and (self.draws.random() < 0.8 or journey == "own-way"):
            self._from_event(person, journey)
        elif journey != "own-way":
            day = self.now().astimezone(town.LONDON) + timedelta(days=self.draws.choice((1, 2)))
            self._begin(person, journey, f"/start/{journey}?day={day:%Y-%m-%d}")

    def _from_event(self, person: Person, journey: str) -> None:
        """They look at an event, and choose one of its ways to come."""
        event = self.draws.choice(list(self.events)[-OPEN_EVENTS:])
        page = self.visit(person, Press("GET", f"/events/{event}", {}))
        starts = [one for one in page.links if one.startswith(f"/start/{journey}?session")]
        cars = [one for one in starts if "car=" in one]
        if cars and self.draws.random() < 0.7:
            starts = cars
        if page.status == 200 and starts:
            self._begin(person, journey, self.draws.choice(starts))
        elif page.status == 200:
            self.events.pop(event, None)

    def _begin(self, person: Person, journey: str, path: str) -> None:
        page = self.visit(person, Press("GET", path, {}))
        if page.status == 200 and page.action:
            person.sheet = Sheet(journey, page)

    def _organiser(self) -> Person:
        if self.draws.random() < 0.6:
            return self.people[TRUSTED]
        return self._person()

    def _person(self) -> Person:
        known = [one for one in self.people.values() if one.email.startswith("p")]
        if known and self.draws.random() < 0.25:
            return self.draws.choice(known)
        number = len(self.people)
        person = Person(self.draws.choice(town.NAMES), f"p{number}@example.org")
        self.people[person.email] = person
        return person
