"""One person: a mailbox, a form that is half filled in, and what they mean to do later."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from simulation.gateway import Page
from simulation.post import Link, Post


class Press(NamedTuple):
    """A button that somebody presses, or a link that they follow: "POST" or "GET"."""

    method: str
    path: str
    fields: dict[str, str]


@dataclass(slots=True)
class Sheet:
    """A form in somebody's hands.

    Attributes
    ----------
    page
        What is on the screen.
    sent
        Every page that was sent, as it was sent: somebody may come back with all of it.
    """

    journey: str
    page: Page
    sent: list[Press] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """Somebody with an address.

    Attributes
    ----------
    unread
        Letters that they have not opened yet.
    links
        The newest link for each purpose and thing.
    pressed
        What they have sent, the last ones.
    """

    name: str
    email: str
    unread: list[Post] = field(default_factory=list)
    links: dict[tuple[str, str], Link] = field(default_factory=dict)
    old: list[Link] = field(default_factory=list)
    sheet: Sheet | None = None
    pressed: list[Press] = field(default_factory=list)

    def keep(self, post: Post) -> None:
        """Put a letter beside the others; its links are the ones to use from now on."""
        for link in post.links:
            before = self.links.get((link.purpose, link.thing))
            if before is not None:
                self.old = [*self.old[-20:], before]
            self.links[link.purpose, link.thing] = link

    def press(self, press: Press) -> None:
        """Remember what was sent."""
        self.pressed = [*self.pressed[-20:], press]


@dataclass(frozen=True, slots=True)
class Plan:
    """Something that somebody will press at that time."""

    at: datetime
    person: Person
    press: Press
