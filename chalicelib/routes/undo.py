"""Undo, for ten minutes, what one has cancelled, by the link in one's letter."""

from collections.abc import Callable, Mapping

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.services import links, standing
from chalicelib.services.undoing import events, offers, requests, signups
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNTICKED = "Tick the box if you want it back"
RESTORE: Mapping[str, Callable[[Adapters, str], object]] = {
    "event": events.restore,
    "signup": signups.restore,
    "offer": offers.restore,
    "request": requests.restore,
}
"""Kind -> the deed that brings back a thing of that kind."""


@bp.route("/manage/{thing}/{token}/undo", methods=["GET"])
@http.page
def ask(thing: str, token: str) -> Response:
    """Ask whether they want it back; say so where that cannot be any more."""
    return _ask(200, thing, token, {})


@bp.route("/manage/{thing}/{token}/undo", methods=["POST"], content_types=[http.FORM])
@http.page
def undo(thing: str, token: str) -> Response:
    """Bring it back; again changes nothing. The page afterwards shows where it stands."""
    if http.form(bp.current_request).get("sure") != "yes":
        return _ask(422, thing, token, {"sure": UNTICKED})
    kind = links.check(adapters(), thing, token, Purpose.MANAGE)
    RESTORE[kind](adapters(), thing)
    return http.redirect(f"/manage/{thing}/{token}")


def _ask(status: int, thing: str, token: str, problems: dict[str, str]) -> Response:
    kind = links.check(adapters(), thing, token, Purpose.MANAGE)
    return http.html(
        status,
        "pages/undo.html",
        standing=standing.of(adapters(), kind, thing),
        here=f"/manage/{thing}/{token}",
        problems=problems,
    )
