"""The answer to a reminder: do they still come?

Yes changes nothing, and nothing is stored. No leads to the page on which everything is
cancelled, and that one asks once more (PROMISES S2).
"""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.services import links, standing
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNANSWERED = "Choose yes or no"


@bp.route("/still/{thing}/{token}", methods=["GET"])
@http.page
def show(thing: str, token: str) -> Response:
    """The plan, and the question."""
    return _page(200, "pages/still.html", thing, token)


@bp.route("/still/{thing}/{token}", methods=["POST"], content_types=[http.FORM])
@http.page
def answer(thing: str, token: str) -> Response:
    """Thank them, or lead them on to cancelling."""
    said = http.form(bp.current_request).get("answer")
    if said == "no":
        links.check(adapters(), thing, token, Purpose.STILL)
        return http.redirect(links.to_manage(adapters(), thing) + "/cancel")
    if said == "yes":
        return _page(200, "pages/still_coming.html", thing, token)
    return _page(422, "pages/still.html", thing, token, {"answer": UNANSWERED})


def _page(
    status: int, template: str, thing: str, token: str, problems: dict[str, str] | None = None
) -> Response:
    world = adapters()
    kind = links.check(world, thing, token, Purpose.STILL)
    return http.html(
        status,
        template,
        standing=standing.of(world, kind, thing),
        action=f"/still/{thing}/{token}",
        problems=problems or {},
    )
