"""Pages that say what this service is and does with what people tell it."""

from chalice.app import Blueprint, Response

from chalicelib import http

bp = Blueprint(__name__)


@bp.route("/credits")
@http.page
def credits_page() -> Response:
    """Whose data this stands on."""
    return http.html(200, "pages/credits.html")


@bp.route("/safety")
@http.page
def safety() -> Response:
    """How to travel with people one does not know."""
    return http.html(200, "pages/safety.html")


@bp.route("/privacy")
@http.page
def privacy() -> Response:
    """What is kept, who sees it, and for how long."""
    return http.html(200, "pages/privacy.html")
