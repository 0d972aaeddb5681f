"""A driver answers, yes or no, on a page with a button: for a lift, or for one more rider in it."""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.states import undo_until
from chalicelib.services import asked, lifts, links
from chalicelib.services.asked import Answered
from chalicelib.services.undoing import lifts as undoing
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNANSWERED = "Choose yes or no"
UNTICKED = "Tick the box if you can drive after all"


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
    world, fields = adapters(), http.form(bp.current_request)
    links.check(world, lift_id, token, Purpose.RESPOND)
    answer, rider = fields.get("answer"), fields.get("request")
    if rider and answer in {"yes", "no"}:
        return _answered(asked.answer(world, lift_id, rider, yes=answer == "yes"), token)
    if answer == "yes":
        return http.html(200, "pages/accepted.html", lift=lifts.accept(world, lift_id))
    if answer == "no":
        declined, here = lifts.decline(world, lift_id), f"/respond/{lift_id}/{token}"
        return http.html(200, "pages/declined.html", lift=declined, here=here)
    return _page(422, lift_id, token, {"answer": UNANSWERED})


@bp.route("/respond/{lift_id}/{token}/again", methods=["POST"], content_types=[http.FORM])
@http.page
def again(lift_id: str, token: str) -> Response:
    """The driver who said no thinks again; the question is asked once more."""
    sure = http.form(bp.current_request).get("sure")
    links.check(adapters(), lift_id, token, Purpose.RESPOND)
    if sure != "yes":
        return _page(422, lift_id, token, {"sure": UNTICKED})
    undoing.restore(adapters(), lift_id)
    return http.redirect(f"/respond/{lift_id}/{token}")


def _page(status: int, lift_id: str, token: str, problems: dict[str, str]) -> Response:
    lift, now = adapters().bookings.get(Lift, lift_id), adapters().now()
    return http.html(
        status,
        "pages/respond.html",
        lift=lift,
        asked=asked.asked(adapters(), lift),
        undo_until=undo_until(lift.state, lift.declined_at, at=now),
        late=lifts.LATE,
        now=now,
        action=f"/respond/{lift_id}/{token}",
        problems=problems,
    )


def _answered(answered: Answered, token: str) -> Response:
    here = f"/respond/{answered.lift.id}/{token}"
    return http.html(200, "pages/answered.html", answered=answered, here=here)
