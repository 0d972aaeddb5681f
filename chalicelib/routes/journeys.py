"""The forms' pages: posted answers in, the next question out.

The address of a form's first page carries a fresh key, which becomes the draft's id: so
nothing is stored before something was typed, and Back, a double click or a second window
all come to the same draft.
"""

from urllib.parse import urlencode

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.services import journeys
from chalicelib.services.journeys import Closed, Given, Onward, Page, Review, Sent
from chalicelib.wiring import adapters

bp = Blueprint(__name__)

NAMES = {"key": "key", "session": "session", "day": "day", "start": "from", "car": "car"}
"""What a form is given -> what the address of its first page calls it."""


@bp.route("/start/{journey}", methods=["GET"])
@http.page
def begin(journey: str) -> Response:
    """The first question; without a key in the address, the same address with one."""
    named = {name: http.query(bp.current_request, name) for name in NAMES.values()}
    given = Given(**{fact: named[name] for fact, name in NAMES.items()})
    if not given.key:
        fresh = urlencode({"key": adapters().token(), **{n: v for n, v in named.items() if v}})
        return http.redirect(f"/start/{journey}?{fresh}")
    return _shown(journeys.begin(adapters(), journey, given))


@bp.route("/start/{journey}", methods=["POST"], content_types=[http.FORM])
@http.page
def start(journey: str) -> Response:
    """Take the first answer."""
    fields = http.form(bp.current_request)
    given = Given(**{fact: fields.get(f"given-{fact}", "") for fact in NAMES})
    return _shown(journeys.start(adapters(), journey, given, fields))


@bp.route("/form/{draft}/{question}", methods=["GET"])
@http.page
def show(draft: str, question: str) -> Response:
    """One question, with the answer it has."""
    return _shown(journeys.show(adapters(), draft, question))


@bp.route("/form/{draft}/{question}", methods=["POST"], content_types=[http.FORM])
@http.page
def answer(draft: str, question: str) -> Response:
    """Take an answer."""
    fields = http.form(bp.current_request)
    return _shown(journeys.answer(adapters(), draft, question, fields))


@bp.route("/form/{draft}/check", methods=["GET"])
@http.page
def check(draft: str) -> Response:
    """All answers, each with a way to change it."""
    return _shown(journeys.review(adapters(), draft))


@bp.route("/form/{draft}/check", methods=["POST"], content_types=[http.FORM])
@http.page
def send(draft: str) -> Response:
    """Send the form."""
    http.form(bp.current_request)  # refuses other sites
    return _shown(journeys.send(adapters(), draft))


@bp.route("/form/{draft}/sent", methods=["GET"])
@http.page
def sent(draft: str) -> Response:
    """What happens next."""
    return _shown(journeys.sent(adapters(), draft))


def _shown(found: Page | Review | Sent | Closed | Onward) -> Response:
    match found:
        case Onward(draft_id, step):
            return http.redirect(f"/form/{draft_id}/{step}")
        case Page():
            return http.html(422 if found.problems else 200, "pages/question.html", page=found)
        case Review():
            return http.html(409 if found.refused else 200, "pages/check.html", review=found)
        case Sent(journey):
            return http.html(200, "pages/sent.html", journey=journey)
        case Closed():
            return http.html(409, "pages/closed.html", closed=found)
