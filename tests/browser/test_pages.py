"""Every kind of page, in a browser, on a phone and at a desk: for everybody, and well guarded."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

from tests.browser import tour
from tests.browser.audit import Audit
from tests.browser.guards import unguarded
from tests.browser.person import Person

UNLABELLED = "document.querySelector('main label').remove()"
WIDE = "document.querySelector('h1').style.width = '400px'"
REFUSED = "document.body.append(Object.assign(document.createElement('img'), {src: '//x.test/x'}))"


def test_every_page_is_for_everybody(auditor: Person) -> None:
    audit = Audit(auditor)
    found: list[str] = []

    for page in tour.pages(auditor):
        found += audit.look(page)
    found += dead_ends(audit.links)

    heaviest = max(audit.weights, key=audit.weights.__getitem__)
    print(f"{len(audit.weights)} pages, {len(audit.links)} addresses that they lead to")
    print(f"the heaviest is {heaviest!r}: {audit.weights[heaviest]:,} bytes")
    assert len(audit.weights) > 100, "a tour that sees little finds little"
    assert not found, "\n".join(["", *found])


def test_the_same_look_finds_what_was_broken_on_purpose(auditor: Person) -> None:
    audit = Audit(auditor)
    auditor.open("/")
    assert audit.look("home") == []

    auditor.open("/")
    auditor.driver.execute_script(f"{UNLABELLED}; {WIDE}; {REFUSED}")
    found = "\n".join(audit.look("home, broken"))

    assert "label (Form elements must have labels) at #f-from" in found
    assert "at 360 px: sticks out to the side: h1" in found
    assert "violates the following Content Security Policy" in found
    assert dead_ends({f"{auditor.service}/no/such/page": "home"})


def dead_ends(links: Mapping[str, str]) -> list[str]:
    """Say which of the addresses do not answer as they should; `links` is address -> page."""
    with ThreadPoolExecutor(2) as pool:
        return [one for found in pool.map(_dead_end, links.items()) for one in found]


def _dead_end(link: tuple[str, str]) -> list[str]:
    address, page = link
    try:
        with build_opener(_Stay).open(address) as answer:
            status, headers = answer.status, answer.headers
    except HTTPError as refused:
        status, headers = refused.code, refused.headers
    dead = [f"{page} leads to {address}, which answers {status}"] if status >= 400 else []
    return dead + unguarded(address, dict(headers))


class _Stay(HTTPRedirectHandler):
    """Follow nothing: that a redirect comes is answer enough."""

    def redirect_request(self, *_: object) -> None:
        return None
