"""A driver answers a proposed lift: yes or no, on a page with a button."""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.services import lifts, links
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNANSWERED = "Choose yes or no"


@bp.route("/respond/{lift_id}/{token}", methods=["GET"])
@http.page
def show(lift_id: str, token: str) -> Response:
    """The plan, and the question."""
    links.check(adapters(), lift_id, token, Purpose.RESPOND)
    return _page(200, lift_id, token, {})


@bp.route("/respond/{lift_id}/{token}", methods=["POST"], content_types=[http.FORM])
@http.page
def respond(lift_id: str, token: str) -> Response:
    """Take the answer. The same answer again changes nothing."""
    world, answer = adapters(), http.form(bp.current_request).get("answer")
    links.check(world, lift_id, token, Purpose.RESPOND)
    if answer == "yes":
        return http.html(200, "pages/accepted.html", lift=lifts.accept(world, lift_id))
    if answer == "no":
        return http.html(200, "pages/declined.html", lift=lifts.decline(world, lift_id))
    return _page(422, lift_id, token, {"answer": UNANSWERED})


def _page(status: int, lift_id: str, token: str, problems: dict[str, str]) -> Response:
    return http.html(
        status,
        "pages/respond.html",
        lift=adapters().bookings.get(Lift, lift_id),
        late=lifts.LATE,
        now=adapters().now(),
        action=f"/respond/{lift_id}/{token}",
        problems=problems,
    )
