"""Somebody at a browser: reads pages, fills in forms, opens letters."""

import re
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.request import urlopen

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

PATIENCE_S = 60


@dataclass(slots=True)
class Person:
    """A person, with a browser of their own."""

    driver: Chrome
    service: str
    read: dict[str, EmailMessage] = field(default_factory=dict)
    """Mailbox id -> letter, for letters read before: they never change."""

    def open(self, address: str) -> None:
        """Go to a path of ours, or to an address from a letter."""
        self.driver.get(address if "://" in address else self.service + address)

    @property
    def text(self) -> str:
        """The words on the page."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def heading(self) -> str:
        """The page's one main heading."""
        [heading] = self.driver.find_elements(By.TAG_NAME, "h1")
        return heading.text

    def press(self, words: str) -> None:
        """Press the button, or follow the link, that is called so."""
        for tag in ("button", "a"):
            for found in self.driver.find_elements(By.TAG_NAME, tag):
                if found.is_displayed() and found.text.strip().startswith(words):
                    self._go(found)
                    return
        raise AssertionError(f"nothing here is called {words!r}:\n{self.text}")

    def fill(self, **answers: str) -> None:
        """Fill in fields by their names (_ for -): text, a choice, or a box to tick."""
        for name, answer in answers.items():
            self._fill(name.replace("_", "-"), answer)

    def answer(self, **answers: str) -> None:
        """Fill in the page's fields and go on."""
        self.fill(**answers)
        self.press("Continue")

    def letters(self, to: str) -> list[EmailMessage]:
        """The letters in that person's mailbox, oldest first."""
        return [one for one in self._mailbox() if to in str(one["To"])]

    def _mailbox(self) -> list[EmailMessage]:
        with urlopen(self.service + "/mailbox") as page:  # noqa: S310 - our own loopback
            ids = re.findall(r'href="/mailbox/([^"/]+)"', page.read().decode())
        for letter_id in ids:
            if letter_id not in self.read:
                with urlopen(f"{self.service}/mailbox/{letter_id}/raw") as raw:  # noqa: S310
                    self.read[letter_id] = message_from_bytes(raw.read(), policy=policy.default)
        return [self.read[letter_id] for letter_id in reversed(ids)]

    def letter(self, to: str, subject: str, *, count: int = 1) -> EmailMessage:
        """Wait for their letters of which the subject says so; return the newest of *count*."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            letters = self.letters(to)
            found = [one for one in letters if subject in str(one["Subject"])]
            if len(found) >= count:
                assert len(found) == count, [str(one["Subject"]) for one in letters]
                return found[-1]
            subjects = [str(one["Subject"]) for one in letters]
            assert time.monotonic() < deadline, f"no {subject!r} for {to}: {subjects}"
            time.sleep(0.2)

    def follow(self, letter: EmailMessage, kind: str) -> None:
        """Open the letter's link of that kind: "confirm", "manage", "respond"."""
        [address] = set(re.findall(rf"https?://\S+/{kind}/[\w-]+/[\w-]+", words_of(letter)))
        self.open(address)

    def _fill(self, name: str, answer: str) -> None:
        fields = self.driver.find_elements(By.NAME, name)
        assert fields, f"no field {name!r} here:\n{self.text}"
        for found in fields:
            kind = found.get_attribute("type")
            if kind in {"radio", "checkbox"}:
                if found.get_attribute("value") == answer:
                    found.click()
                    return
            else:
                found.clear()
                found.send_keys(answer)
                return
        raise AssertionError(f"{name} has no {answer!r}:\n{self.text}")

    def _go(self, element: WebElement) -> None:
        """Click, and wait for the next page: a browser without scripts does not say when."""
        page = self._page_id()
        element.click()
        deadline = time.monotonic() + PATIENCE_S
        while self._page_id() in {page, ""}:
            assert time.monotonic() < deadline, f"nothing came after the click:\n{self.text}"
            time.sleep(0.02)

    def _page_id(self) -> str:
        """What tells one page from the next; "" while there is none."""
        try:
            return self.driver.find_element(By.TAG_NAME, "html").id
        except WebDriverException:
            return ""


def words_of(letter: EmailMessage) -> str:
    """The letter's plain text, as one line a paragraph breaks nothing."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def calendar_of(letter: EmailMessage) -> str:
    """The letter's calendar entry."""
    [part] = [one for one in letter.walk() if one.get_content_type() == "text/calendar"][:1]
    content = part.get_content()
    return content if isinstance(content, str) else content.decode()
