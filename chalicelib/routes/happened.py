"""Afterwards: did they go? GET shows the question, POST takes the answer, once."""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.services import afterwards, links, standing
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNANSWERED = "Choose an answer"


@bp.route("/happened/{thing}/{token}", methods=["GET"])
@http.page
def show(thing: str, token: str) -> Response:
    """The question, or what they have said."""
    kind = links.check(adapters(), thing, token, Purpose.HAPPENED)
    return _page(200, kind, thing, token, {})


@bp.route("/happened/{thing}/{token}", methods=["POST"], content_types=[http.FORM])
@http.page
def answer(thing: str, token: str) -> Response:
    """Take the answer. A second one changes nothing."""
    world, said = adapters(), http.form(bp.current_request).get("answer", "")
    kind = links.check(world, thing, token, Purpose.HAPPENED)
    if said not in afterwards.CHOICES[kind]:
        return _page(422, kind, thing, token, {"answer": UNANSWERED})
    afterwards.take(world, thing, afterwards.Answer(said))
    return http.redirect(f"/happened/{thing}/{token}")


def _page(status: int, kind: str, thing: str, token: str, problems: dict[str, str]) -> Response:
    found = standing.of(adapters(), kind, thing)
    return http.html(
        status,
        "pages/happened.html",
        standing=found,
        open=afterwards.is_open(found.thing),
        action=f"/happened/{thing}/{token}",
        problems=problems,
    )
