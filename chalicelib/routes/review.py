"""Somebody at the campaign looks at a new event before it is public."""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.services import events, links
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNANSWERED = "Choose whether to publish it"


@bp.route("/review/{event_id}/{token}", methods=["GET"])
@http.page
def show(event_id: str, token: str) -> Response:
    """The event as its organiser wrote it."""
    links.check(adapters(), event_id, token, Purpose.REVIEW)
    return _page(200, event_id, token, {})


@bp.route("/review/{event_id}/{token}", methods=["POST"], content_types=[http.FORM])
@http.page
def review(event_id: str, token: str) -> Response:
    """Publish it, or turn it down; its organiser is told either way."""
    world, answer = adapters(), http.form(bp.current_request).get("answer")
    links.check(world, event_id, token, Purpose.REVIEW)
    if answer == "publish":
        return http.html(200, "pages/reviewed.html", event=events.publish(world, event_id))
    if answer == "refuse":
        return http.html(200, "pages/reviewed.html", event=events.cancel(world, event_id))
    return _page(422, event_id, token, {"answer": UNANSWERED})


def _page(status: int, event_id: str, token: str, problems: dict[str, str]) -> Response:
    event, sessions = adapters().events.get(event_id)
    return http.html(
        status,
        "pages/review.html",
        event=event,
        sessions=sessions,
        action=f"/review/{event_id}/{token}",
        problems=problems,
    )
