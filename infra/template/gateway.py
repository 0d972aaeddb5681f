"""What API Gateway answers by itself: small pages, with the headers of all our pages.

Such an answer never reaches the function, and Chalice gives it none of our headers.
"""

from typing import Any

from chalicelib.http import HEADERS

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{sentence}</p>
<p><a href="${{BaseUrl}}/">Start from the first page</a></p>
</main>
</body>
</html>
"""
"""Without a stylesheet: its address has a mark that changes with every release."""

_ABSENT = ("Page not found", "There is no page at this address. Check it.")
_REFUSED = ("You cannot do this", "That is not a way to use this page.")
_LATER = (
    "Sorry, there is a problem",
    "Something went wrong at our end. What you sent may not be stored. Try again in a minute.",
)

ANSWERS: dict[str, tuple[int | None, tuple[str, str]]] = {
    "ACCESS_DENIED": (403, _REFUSED),
    "BAD_REQUEST_BODY": (400, _REFUSED),
    "BAD_REQUEST_PARAMETERS": (400, _REFUSED),
    "DEFAULT_4XX": (None, _REFUSED),
    "DEFAULT_5XX": (None, _LATER),
    "INTEGRATION_FAILURE": (504, _LATER),
    "INTEGRATION_TIMEOUT": (504, _LATER),
    # What the gateway says of every address and method that it does not know.
    "MISSING_AUTHENTICATION_TOKEN": (404, _ABSENT),
    "REQUEST_TOO_LARGE": (413, ("Too much", "That is more text than a form can take.")),
    "RESOURCE_NOT_FOUND": (404, _ABSENT),
    "THROTTLED": (
        429,
        ("Please wait a moment", "Very many people are here just now. Try again in a minute."),
    ),
    "UNSUPPORTED_MEDIA_TYPE": (415, _REFUSED),
    "WAF_FILTERED": (403, ("Please wait a moment", "Too much came from where you are.")),
}
"""Type of answer -> its status (None: the gateway's own), and title and sentence of the page."""


def responses() -> dict[str, Any]:
    """The gateway's own answers, as a property of the API."""
    return {kind: _response(status, words) for kind, (status, words) in ANSWERS.items()}


def _response(status: int | None, words: tuple[str, str]) -> dict[str, Any]:
    title, sentence = words
    page = PAGE.format(title=title, sentence=sentence)
    answer: dict[str, Any] = {
        "ResponseParameters": {"Headers": {name: quoted(text) for name, text in HEADERS.items()}},
        "ResponseTemplates": {"text/html": {"Fn::Sub": page}},
    }
    return answer if status is None else {"StatusCode": status, **answer}


def quoted(text: str) -> str:
    """A fixed value as the gateway takes one; quotes inside are left as they are."""
    return f"'{text}'"
