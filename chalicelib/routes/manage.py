"""See and cancel what one has sent, by the link in one's letter. `change` lies beside."""

from collections.abc import Callable, Mapping

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.services import events, links, offers, requests, signups, standing
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNTICKED = "Tick the box if you are sure"
CANCEL: Mapping[str, Callable[[Adapters, str], object]] = {
    "event": events.cancel,
    "signup": signups.cancel,
    "offer": offers.withdraw,
    "request": requests.cancel,
}
"""Kind -> the deed that ends a thing of that kind."""


@bp.route("/manage/{thing}/{token}", methods=["GET"])
@http.page
def show(thing: str, token: str) -> Response:
    """Where it stands, and what may be done."""
    kind = links.check(adapters(), thing, token, Purpose.MANAGE)
    return http.html(
        200,
        f"pages/manage_{kind}.html",
        standing=standing.of(adapters(), kind, thing),
        here=f"/manage/{thing}/{token}",
    )


@bp.route("/manage/{thing}/{token}/cancel", methods=["GET"])
@http.page
def ask(thing: str, token: str) -> Response:
    """Ask whether they are sure."""
    return _ask(200, thing, token, {})


@bp.route("/manage/{thing}/{token}/cancel", methods=["POST"], content_types=[http.FORM])
@http.page
def cancel(thing: str, token: str) -> Response:
    """End it; again changes nothing. The page afterwards shows where it stands."""
    if http.form(bp.current_request).get("sure") != "yes":
        return _ask(422, thing, token, {"sure": UNTICKED})
    kind = links.check(adapters(), thing, token, Purpose.MANAGE)
    CANCEL[kind](adapters(), thing)
    return http.redirect(f"/manage/{thing}/{token}")


def _ask(status: int, thing: str, token: str, problems: dict[str, str]) -> Response:
    kind = links.check(adapters(), thing, token, Purpose.MANAGE)
    return http.html(
        status,
        "pages/cancel.html",
        standing=standing.of(adapters(), kind, thing),
        here=f"/manage/{thing}/{token}",
        problems=problems,
    )
