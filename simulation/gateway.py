"""API Gateway in memory: a browser's request becomes the event that the web function gets.

The app's own entry point is called, so routing, middleware and headers are Chalice's. Two
requests may be under way at once: one that comes while another waits for the database leaves
that one its own request object. Begin with `Gateway.ask`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from chalice.app import Chalice

FORM = "application/x-www-form-urlencoded"
HEADERS = {"Host": "lifts.example", "Sec-Fetch-Site": "same-origin"}
UNDER_WAY = ("current_request", "lambda_context")
"""What Chalice keeps of the request that it is answering."""

_PART = re.compile(r"\{(\w+)\}")
_INPUT = re.compile(r"<(?:input|textarea)\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Page:
    """What came back; status 0 when nothing did."""

    status: int
    path: str
    html: str = ""
    location: str = ""

    @property
    def action(self) -> str:
        """Where the page's form is sent; "" without one."""
        found = re.search(r'<form[^>]*method="post"[^>]*action="([^"]*)"', self.html)
        return unescape(found[1]) if found else ""

    @property
    def links(self) -> list[str]:
        """Addresses of this site that the page leads to."""
        return [unescape(one) for one in re.findall(r'href="(/[^"]*)"', self.html)]

    def fields(self) -> dict[str, str]:
        """Hidden and filled inputs, by name."""
        found = {}
        for tag in self._inputs():
            kind = tag.get("type", "text")
            if "name" in tag and (kind not in {"checkbox", "radio"} or "checked" in tag):
                found[tag["name"]] = tag.get("value", "")
        return found

    def choices(self) -> dict[str, list[str]]:
        """Name -> the values of its radio buttons."""
        found: dict[str, list[str]] = {}
        for tag in self._inputs():
            if tag.get("type") == "radio":
                found.setdefault(tag["name"], []).append(tag.get("value", ""))
        return found

    def _inputs(self) -> list[dict[str, str]]:
        tags = _INPUT.findall(self.html)
        return [
            {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}
            | ({"checked": ""} if " checked" in tag else {})
            for tag in tags
        ]


@dataclass(slots=True)
class Gateway:
    """One deployment of the app."""

    app: Chalice
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path in self.app.routes:
            # A part of a path is no word with a meaning: the more of these, the later.
            self.patterns.append((re.compile(_PART.sub(r"(?P<\1>[^/]+)", path) + "$"), path))
        self.patterns.sort(key=lambda one: one[1].count("{"))

    def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Page:
        """One request and its answer; whatever ends the function's process is passed on."""
        before = {name: vars(self.app).get(name) for name in UNDER_WAY}
        try:
            answer = self.app(self._event(method, path, urlencode(fields or {})), None)
        finally:
            vars(self.app).update(before)
        headers = {name.lower(): value for name, value in answer.get("headers", {}).items()}
        return Page(answer["statusCode"], path, answer["body"], headers.get("location", ""))

    def _event(self, method: str, path: str, body: str) -> dict[str, Any]:
        asked = urlsplit(path)
        route, parts = self._route(asked.path)
        headers = HEADERS | ({"Content-Type": FORM} if method == "POST" else {})
        return {
            "resource": route,
            "path": asked.path,
            "httpMethod": method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "multiValueQueryStringParameters": parse_qs(asked.query) or None,
            "pathParameters": parts,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": route,
                "httpMethod": method,
                "path": asked.path,
                "identity": {"sourceIp": "203.0.113.7"},
            },
            "body": body if method == "POST" else None,
            "isBase64Encoded": False,
        }

    def _route(self, path: str) -> tuple[str, dict[str, str]]:
        for pattern, route in self.patterns:
            if found := pattern.match(path):
                return route, found.groupdict()
        raise LookupError(f"no page at {path}")
