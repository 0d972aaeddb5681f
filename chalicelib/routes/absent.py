"""Every address that is no page: a page that says so, and where to go instead.

Registered last; a route with its own words goes before one with placeholders. GET and POST
are apart since Chalice asks even a GET for the content type that its route names.
"""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib import http
from chalicelib.errors import NotFound

bp = Blueprint(__name__)
DEPTHS = range(1, 8)
"""Parts of an address that are answered: all of ours have fewer than 7."""


@http.page
def nothing(**_parts: str) -> Response:
    """Say that it is not there."""
    raise NotFound("There is no page at this address. Check it, or start from the first page.")


def _named(method: str, depth: int) -> Callable[..., Response]:
    """The view under a name of its own, which Chalice asks of every route."""

    def view(**parts: str) -> Response:
        return nothing(**parts)

    view.__name__ = f"absent_{method.lower()}_{depth}"
    return view


for _depth in DEPTHS:
    _path = "".join(f"/{{part{number}}}" for number in range(_depth))
    bp.route(_path, methods=["GET"])(_named("GET", _depth))
    bp.route(_path, methods=["POST"], content_types=[http.FORM])(_named("POST", _depth))
