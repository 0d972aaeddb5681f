"""The pages that say what this service is."""

import pytest

from tests.browse import Browser


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/credits", "Contains OS data"),
        ("/safety", "Nobody here has been vetted"),
        ("/privacy", "Who is responsible"),
    ],
)
def test_a_page_about_us_is_there(browser: Browser, path: str, words: str) -> None:
    page = browser.get(path)

    assert page.status == 200
    assert words in page.text


def test_credits_hold_every_line_that_our_sources_ask_for(browser: Browser) -> None:
    text = browser.get("/credits").text

    for line in (
        "Contains OS data © Crown copyright and database right 2023.",
        "Contains Royal Mail data © Royal Mail copyright and database right 2023.",
        "Contains National Statistics data © Crown copyright and database right 2023-24.",
        "Contains Parliamentary information licensed under the Open Parliament Licence v3.0",
        "lookup by mySociety, CC BY 4.0",
        "GeoNames, CC BY 4.0",
        "Hexagon layout © Open Innovations, MIT",
    ):
        assert line in text
