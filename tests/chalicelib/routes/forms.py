"""What the tests of the forms share: a session to book, and somebody who fills pages in."""

from collections import Counter

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.storage import tables
from tests.browse import Browser, Page
from tests.builders import a_session, an_event

YOU = {"name": "Ann Lee", "email": "ann@example.org", "website": ""}
RIDER = [
    {"place": "M14 5RQ"},
    {"session": a_session().id},
    {"needs-standard": "2", "needs-wheelchair": "", "needs-child": ""},
    {"earliest": "8.30am"},
    {"back": "yes"},
    {"extra": "20"},
    YOU,
]


def publish(world: Adapters) -> None:
    """Store an event with one session, that can be booked."""
    event = an_event()
    world.commit([Save(event), Save(a_session(event))])


def fill(browser: Browser, path: str, steps: list[dict[str, str]]) -> Page:
    """Open a form and answer it page by page; each answer must be taken."""
    page = browser.get(path)
    for answers in steps:
        action = page.path if page.path.startswith("/form/") else page.path.partition("?")[0]
        page = browser.post(action, {**page.fields(), **answers})
        assert page.status == 200, (answers, page.text)
    return page


def draft_of(page: Page) -> str:
    return page.path.split("/")[2]


def robots_look(browser: Browser, path: str) -> None:
    """PROMISES S2: a mail scanner fetches, fetches ahead, and asks for the head alone."""
    host = {"Host": "lifts.example"}
    for _ in range(20):
        assert browser.get(path).status == 200
    ahead = {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender", "X-Moz": "prefetch"}
    assert browser.client.http.get(path, headers={**host, **ahead}).status_code == 200
    assert browser.client.http.request("HEAD", path, headers=host).status_code < 500


def trips(counted: Counter[str]) -> None:
    """Count every call of the database from now on."""
    client = tables.DraftRow._get_connection().connection.client
    client.meta.events.register(
        "before-send.dynamodb", lambda **_: counted.update(all=1), unique_id="trips"
    )
