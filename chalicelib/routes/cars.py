"""A rider who waits chooses a car, by the link in their letter."""

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.domain.link import Purpose
from chalicelib.domain.states import RequestState
from chalicelib.errors import NotFound
from chalicelib.services import choosing, links
from chalicelib.services.choosing import Chosen
from chalicelib.wiring import adapters

bp = Blueprint(__name__)
UNCHOSEN = "Choose a car"


@bp.route("/manage/{thing}/{token}/cars", methods=["GET"])
@http.page
def show(thing: str, token: str) -> Response:
    """The cars that would have a place for them now."""
    _check(thing, token)
    return _page(200, thing, token, choosing.look(adapters(), thing))


@bp.route("/manage/{thing}/{token}/cars", methods=["POST"], content_types=[http.FORM])
@http.page
def choose(thing: str, token: str) -> Response:
    """Ask for a place in one. The page afterwards shows where the request stands."""
    car = http.form(bp.current_request).get("car", "")
    _check(thing, token)
    if not car:
        return _page(422, thing, token, choosing.look(adapters(), thing), {"car": UNCHOSEN})
    chosen = choosing.choose(adapters(), thing, car)
    if chosen.request.state is not RequestState.WAITING:
        return http.redirect(f"/manage/{thing}/{token}")
    return _page(409, thing, token, chosen)


def _check(thing: str, token: str) -> None:
    if links.check(adapters(), thing, token, Purpose.MANAGE) != "request":
        raise NotFound("There is no car to choose here.")


def _page(
    status: int, thing: str, token: str, chosen: Chosen, problems: dict[str, str] | None = None
) -> Response:
    return http.html(
        status,
        "pages/cars.html",
        chosen=chosen,
        here=f"/manage/{thing}/{token}",
        refused=status == 409,
        problems=problems or {},
    )
