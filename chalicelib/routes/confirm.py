"""The first link of all: somebody shows that the address is theirs.

GET only shows, since mail scanners follow links; POST acts, and asks for a ticked box,
since some press buttons too (PROMISES S2). The box is the consent that Article 9 of the
UK GDPR asks for.
"""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.services import links
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNTICKED = "Tick the box if you agree; without it we may not keep what you sent"


@bp.route("/confirm/{thing}/{token}", methods=["GET"])
@http.page
def show(thing: str, token: str) -> Response:
    """What is about to be confirmed."""
    kind = links.check(adapters(), thing, token, Purpose.CONFIRM)
    return _page(200, kind, thing, token)


@bp.route("/confirm/{thing}/{token}", methods=["POST"], content_types=[http.FORM])
@http.page
def confirm(thing: str, token: str) -> Response:
    """Confirm it."""
    if http.form(bp.current_request).get("agree") != "yes":
        kind = links.check(adapters(), thing, token, Purpose.CONFIRM)
        return _page(422, kind, thing, token, {"agree": UNTICKED})
    done = links.confirm(adapters(), thing, token)
    return http.html(200, "pages/confirmed.html", kind=thing.partition("-")[0], thing=done)


def _page(
    status: int, kind: str, thing: str, token: str, problems: dict[str, str] | None = None
) -> Response:
    return http.html(
        status,
        "pages/confirm.html",
        kind=kind,
        action=f"/confirm/{thing}/{token}",
        problems=problems or {},
    )
