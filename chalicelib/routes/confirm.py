"""The first link of all: somebody shows that the address is theirs.

GET only shows, since mail scanners follow links; POST acts, and asks for a ticked box,
since some press buttons too (PROMISES S2). The box is the consent that Article 9 of the
UK GDPR asks for. Who chose a car that has no place for them finds the next best on the page
that confirms, and chooses there without another box.
"""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.domain.request import Request
from chalicelib.domain.states import RequestState
from chalicelib.services import choosing, links
from chalicelib.services.choosing import Chosen
from chalicelib.services.links import Confirmed
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
    """Confirm it; or, once it is confirmed, choose another car."""
    fields = http.form(bp.current_request)
    if fields.get("agree") == "yes":
        return _done(thing, token, links.confirm(adapters(), thing, token))
    kind = links.check(adapters(), thing, token, Purpose.CONFIRM)
    if kind == "request" and fields.get("car"):
        chosen = choosing.choose(adapters(), thing, fields["car"])
        if chosen.request.state is not RequestState.UNCONFIRMED:
            return _done(thing, token, chosen.request, chosen)
    return _page(422, kind, thing, token, {"agree": UNTICKED})


def _done(thing: str, token: str, done: Confirmed, chosen: Chosen | None = None) -> Response:
    if chosen is None and isinstance(done, Request):
        chosen = choosing.came_of(adapters(), done)
    kind, action = thing.partition("-")[0], f"/confirm/{thing}/{token}"
    facts = {"kind": kind, "thing": done, "chosen": chosen, "action": action}
    return http.html(200, "pages/confirmed.html", **facts)


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
