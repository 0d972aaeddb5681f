"""What every page must be, in a browser: accessible, narrow, light, quiet and well guarded.

`Audit.look` says what is wrong with the page that the browser shows; nothing when all is well.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.chromium import DESK_PX, PHONE_PX, look_at
from tests.browser.guards import unguarded
from tests.browser.person import Person

AXE = Path("node_modules/axe-core/axe.min.js")
HEAVIEST_BYTES = 50_000
"""DESIGN section 9: what the first load of a page may weigh, compressed."""

RUN_AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {runOnly: tags, rules: {"target-size": {enabled: true}}}).then(
  ({violations}) => done(violations.flatMap(({id, help, nodes}) => nodes.map(
    ({target}) => `${id} (${help}) at ${target.join(" ")}`))),
  (error) => done([`axe failed: ${error}`]));
"""
STICKING_OUT = """
const room = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= room) return [];
const inside = (one) => one.closest(".scroll, .visually-hidden, .unseen");
return [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > room + 1 && !inside(one))
  .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 3)
  .concat("the page itself");
"""
LINKS = """
return [...document.links].filter((one) => !one.getAttribute("href").startsWith("#"))
  .map((one) => one.href);
"""
UNFOCUSED = """
const problem = document.querySelector(".problem");
return problem && document.activeElement !== problem ? ["the summary has no focus"] : [];
"""
BROKEN_ANCHORS = """
return [...document.querySelectorAll('a[href^="#"]')].map((one) => one.getAttribute("href"))
  .filter((one) => !document.getElementById(decodeURIComponent(one.slice(1))));
"""


@dataclass(slots=True)
class Audit:
    """One round through the service's pages.

    Attributes
    ----------
    weights
        Page -> bytes of its first load, compressed.
    links
        Address within the service -> the first page that links to it.
    """

    person: Person
    axe: str = field(default_factory=lambda: AXE.read_text("utf-8"))
    weights: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Load everything each time, as somebody does who comes for the first time."""
        look_at(self.person, PHONE_PX)
        self.person.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})

    def look(self, page: str) -> list[str]:
        """Say what is wrong with the page that is open, which we call *page*."""
        self._gather_links(page)
        found = [*self._console(), *self._transfer(page), *self._headings()]
        found += self._asked(UNFOCUSED)
        for width in (PHONE_PX, DESK_PX):
            look_at(self.person, width)
            wide = (f"sticks out to the side: {one}" for one in self._asked(STICKING_OUT))
            found += [f"at {width} px: {one}" for one in (*wide, *self._axe())]
        look_at(self.person, PHONE_PX)
        found += [f"a link to nothing: {one}" for one in self._asked(BROKEN_ANCHORS)]
        return [f"{page} <{self.person.driver.current_url}>: {one}" for one in found]

    def _asked(self, script: str) -> Any:
        return self.person.driver.execute_script(script)

    def _axe(self) -> list[str]:
        driver = self.person.driver
        if not self._asked("return Boolean(window.axe)"):
            self._asked(self.axe)
        found: list[str] = driver.execute_async_script(RUN_AXE)
        return found

    def _headings(self) -> list[str]:
        count = len(self.person.driver.find_elements("tag name", "h1"))
        return [] if count == 1 else [f"{count} h1"]

    def _console(self) -> Iterator[str]:
        """What the browser complains of, but for the page's own status: that may be an error."""
        here = self.person.driver.current_url.partition("#")[0]
        for entry in self.person.driver.get_log("browser"):  # type: ignore[no-untyped-call]
            if not (entry["source"] == "network" and entry["message"].startswith(here)):
                yield f"the console says {entry['message']}"

    def _transfer(self, page: str) -> list[str]:
        """Weigh what came for this page, and look at every answer's headers."""
        weight, found = 0, []
        for answer in self._answers():
            weight += self._bytes(answer)
            response = answer["response"]
            found += unguarded(response["url"], response["headers"])
        self.weights[page] = weight
        heavy = f"weighs {weight:,} bytes, more than {HEAVIEST_BYTES:,}"
        return found + ([heavy] if not 0 < weight <= HEAVIEST_BYTES else [])

    def _answers(self) -> list[dict[str, Any]]:
        """What was received since the last page was asked for."""
        logged = self.person.driver.get_log("performance")  # type: ignore[no-untyped-call]
        events = (json.loads(one["message"])["message"] for one in logged)
        answers = [one["params"] for one in events if one["method"] == "Network.responseReceived"]
        loader = [one["loaderId"] for one in answers if one["type"] == "Document"][-1:]
        return [one for one in answers if one["loaderId"] in loader]

    def _bytes(self, answer: dict[str, Any]) -> int:
        which = {"requestId": answer["requestId"]}
        body = self.person.driver.execute_cdp_cmd("Network.getResponseBody", which)["body"]
        return len(gzip.compress(body.encode(), 9))

    def _gather_links(self, page: str) -> None:
        for found in self._asked(LINKS):
            address = found.partition("#")[0]
            if address.startswith(self.person.service + "/"):
                self.links.setdefault(address, page)
