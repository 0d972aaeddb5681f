"""Stylesheet and icons, kept by browsers for as long as their content stays the same."""

from chalice.app import Blueprint, Response

from chalicelib import http, static
from chalicelib.errors import NotFound

bp = Blueprint(__name__)


@bp.route("/static/{mark}/{name}")
@http.page
def static_file(mark: str, name: str) -> Response:
    """One file; *mark* must be the content's own, so that an old page never mixes with it."""
    if name not in static.files() or static.path_of(name) != f"/static/{mark}/{name}":
        raise NotFound("There is no such file.")
    kind, content = static.files()[name]
    headers: dict[str, str | list[str]] = {
        **http.HEADERS,
        "Content-Type": kind,
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    return Response(content.decode("utf-8"), headers, 200)


@bp.route("/favicon.ico")
@http.page
def favicon() -> Response:
    """Browsers ask for it at the root whatever the page says."""
    return http.redirect(static.path_of("icon.svg"))
