"""Change one answer of what one has sent, on the page of the question that asked for it."""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.services import changing, links
from chalicelib.wiring import adapters

bp = Blueprint(__name__)


@bp.route("/manage/{thing}/{token}/change/{question}", methods=["GET"])
@http.page
def show(thing: str, token: str, question: str) -> Response:
    """The question, with the answer that is stored."""
    links.check(adapters(), thing, token, Purpose.MANAGE)
    page = changing.show(adapters(), thing, question, f"/manage/{thing}/{token}")
    return http.html(200, "pages/question.html", page=page)


@bp.route("/manage/{thing}/{token}/change/{question}", methods=["POST"], content_types=[http.FORM])
@http.page
def change(thing: str, token: str, question: str) -> Response:
    """Store the new answer, and go back to where it stands."""
    fields = http.form(bp.current_request)
    links.check(adapters(), thing, token, Purpose.MANAGE)
    here = f"/manage/{thing}/{token}"
    again = changing.answer(adapters(), thing, question, here, fields)
    if again is None:
        return http.redirect(here)
    return http.html(422, "pages/question.html", page=again)
