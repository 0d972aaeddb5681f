"""S12: any text at all, in any place of any address or form, gets a page and no 5xx."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.http import HEADERS
from tests.browse import Browser
from tests.builders import a_link, a_request, a_session, an_event, store

ROUTES = [
    "/confirm/{}/{}",
    "/manage/{}/{}",
    "/manage/{}/{}/cancel",
    "/manage/{}/{}/cars",
    "/manage/{}/{}/undo",
    "/manage/{}/{}/change/{}",
    "/respond/{}/{}",
    "/respond/{}/{}/again",
    "/review/{}/{}",
    "/events/{}",
    "/constituencies/{}",
    "/start/{}",
    "/form/{}/{}",
    "/form/{}/check",
    "/form/{}/sent",
    "/static/{}/{}",
    "/near?from={}",
    "/start/lift?session={}&day={}&from={}&key={}",
    "/start/lift?session=event-autumncanvas-1&car={}",
    "/{}/{}/{}/{}/{}/{}",
]
TEXTS = [
    "",
    "x",
    "x" * 3000,
    "event-",
    "event-" + "a" * 3000,
    "request-20261128-" + "a" * 3000,
    "request-99999999-aaaaaaaaaaaa",
    "request-20261128-aaaaaaaaaaaa",
    "lift-2026-11-28",
    "signup--",
    "\x00",
    "\u202e\U0001f600",
    "%00%ff",
    "../../etc/passwd",
    "{{7*7}}",
    "<script>",
    "' OR 1=1 --",
    "٢٠٢٦١١٢٨",
]


@pytest.mark.parametrize("route", ROUTES)
def test_s12_hostile_words_get_a_page(browser: Browser, route: str) -> None:
    for text in TEXTS:
        path = route.replace("{}", quote(text, safe="") or "-")
        for page in (browser.get(path), browser.post(path, {"agree": text, text[:40]: text})):
            assert page.status < 500, text
            assert "<script>" not in page.html
            assert "<h1" in page.html, text
            assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_s6_what_chalice_refuses_by_itself_is_a_page_too(browser: Browser) -> None:
    wrong_method = browser.post("/near", {})
    wrong_type = browser.client.http.post(
        "/start/lift", body=b"{}", headers={"Content-Type": "application/json"}
    )

    assert (wrong_method.status, wrong_type.status_code) == (405, 415)
    assert wrong_method.headers["Allow"] == "GET"
    assert "not a way to use this page" in wrong_method.text
    for headers in (wrong_method.headers, wrong_type.headers):
        assert headers.items() >= HEADERS.items()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.text(max_size=40), value=st.text(max_size=400), route=st.sampled_from(ROUTES))
def test_s12_any_text_gets_a_page(browser: Browser, name: str, value: str, route: str) -> None:
    quoted = quote(value.encode("utf-8", "surrogatepass"), safe="")[:900] or "-"
    path = route.replace("{}", quoted)

    assert browser.get(path).status < 500
    assert browser.post(path, {name.encode("utf-8", "replace").decode(): "x"}).status < 500


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answer=st.text(max_size=300))
def test_s12_any_answer_to_a_question_is_taken_or_shown_back(
    world: Adapters, browser: Browser, answer: str
) -> None:
    event = an_event()
    if not world.bookings.many([a_request().id]):
        store(world, event, a_session(event), a_request())
    here = a_link(world, a_request().id, Purpose.MANAGE)
    typed = answer.encode("utf-8", "replace").decode()

    for question, field in [("place", "place"), ("earliest", "earliest"), ("extra", "extra")]:
        version = browser.get(f"{here}/change/{question}").fields()
        page = browser.post(f"{here}/change/{question}", {**version, field: typed})
        assert page.status in {200, 422}
