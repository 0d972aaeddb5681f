"""A browser without a screen: asks the whole app, in process, as API Gateway would."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

from chalice.test import Client

from chalicelib.adapters import Adapters
from chalicelib.http import FORM


@dataclass(frozen=True, slots=True)
class Page:
    """What came back."""

    status: int
    headers: dict[str, str]
    html: str
    path: str

    @property
    def text(self) -> str:
        """The words on it."""
        body = re.sub(r"(?s)<(head|style|script).*?</\1>", " ", self.html)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def fields(self) -> dict[str, str]:
        """Hidden fields and filled inputs of the page's forms, by name."""
        found = re.findall(r"<input\b[^>]*>", self.html)
        named = {}
        for tag in found:
            attributes = {
                name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)
            }
            kind = attributes.get("type", "text")
            if "name" in attributes and (
                kind not in {"checkbox", "radio", "submit"} or " checked" in tag
            ):
                named[attributes["name"]] = attributes.get("value", "")
        return named


@dataclass(slots=True)
class Browser:
    """Gets pages, posts forms, follows redirects."""

    world: Adapters
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        from app import app  # noqa: PLC0415 - the app reads its world when it is asked

        self.client = Client(app)

    def get(self, path: str) -> Page:
        """Ask for a page, and go where it sends us."""
        return self._follow(path, self._ask("GET", path))

    def post(
        self, path: str, fields: dict[str, str] | None = None, *, origin: str = "same-origin"
    ) -> Page:
        """Send a form, and go where the answer sends us."""
        headers = {"Content-Type": FORM, "Sec-Fetch-Site": origin, "Host": "lifts.example"}
        return self._follow(path, self._ask("POST", path, headers, urlencode(fields or {})))

    def _follow(self, path: str, page: Page) -> Page:
        for _ in range(5):
            if page.status not in {301, 302, 303}:
                return page
            path = page.headers["Location"]
            page = self._ask("GET", path)
        raise AssertionError(f"{path} sends us round in circles")

    def _ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: str = ""
    ) -> Page:
        asked = urlsplit(path)
        target = asked.path + (f"?{asked.query}" if asked.query else "")
        answer = self.client.http.request(
            method, target, headers=headers or {"Host": "lifts.example"}, body=body.encode()
        )
        return Page(
            answer.status_code, answer.headers, answer.body.decode("utf-8", "replace"), path
        )
