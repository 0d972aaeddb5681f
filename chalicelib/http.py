"""Form in, page out, error -> status: the one translation between HTTP and us.

Every view wears `page`. It refuses posts from other sites, turns our errors into pages
and anything unforeseen into a page with a reference number, and gives every answer the
same headers.
"""

import functools
import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chalice.app import Request, Response

from chalicelib import errors, static, wiring
from chalicelib.rendering import Site, render, site_of

FORM = "application/x-www-form-urlencoded"
MOST_BYTES, MOST_FIELDS, LONGEST_VALUE = 64_000, 80, 6_000
"""What a form of ours may hold; far beyond any honest one."""

STATUS: Mapping[type[errors.ServiceError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.Expired: 410,
    errors.Invalid: 422,
    errors.Busy: 503,
}

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}
"""PROMISES S6. Referrer-Policy also keeps the tokens in our links from other sites."""

MISUSED = (
    "That is not a way to use this page. Open it by a link, or send its form from the page itself."
)

log = logging.getLogger("marginal_lifts")

View = Callable[..., Response]


def page(view: View) -> View:
    """Give a view its manners. The request is the blueprint's, so *view* takes paths only."""

    @functools.wraps(view)
    def polite(*args: Any, **kwargs: Any) -> Response:
        try:
            return view(*args, **kwargs)
        except errors.ServiceError as error:
            return html(_status(error), "pages/error.html", sentence=str(error), reference="")
        except Exception:
            reference = wiring.token()[:8]
            log.exception("unforeseen, reference %s", reference)
            return html(
                500,
                "pages/error.html",
                sentence="Something went wrong at our end. What you sent may not be stored.",
                reference=reference,
            )

    return polite


def as_page(request: Request, answer_to: Callable[[Request], Response]) -> Response:
    """Middleware: what Chalice refuses by itself (405, 415) is a page with our headers too."""
    answer = answer_to(request)
    if "Content-Security-Policy" in answer.headers:
        return answer
    ours = html(answer.status_code, "pages/error.html", sentence=MISUSED, reference="")
    ours.headers |= {name: answer.headers[name] for name in ("Allow",) if name in answer.headers}
    return ours


def _status(error: errors.ServiceError) -> int:
    """The status of the error's class, or of the one that it is a case of."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def html(status: int, template: str, **facts: Any) -> Response:
    """A page."""
    body = render(template, site(), facts)
    return Response(body, {**HEADERS, "Content-Type": "text/html; charset=utf-8"}, status)


def redirect(path: str) -> Response:
    """Go on to another page of ours, with a GET."""
    location = urlsplit(wiring.adapters().base_url).path + path
    return Response("", {**HEADERS, "Location": location}, 303)


def query(request: Request | None, name: str) -> str:
    """A value of the address's query, cleaned; "" when it is not there."""
    params = request.query_params if request else None
    return clean(params.get(name, "")) if params else ""


def form(request: Request | None) -> dict[str, str]:
    """The fields of a posted form, cleaned: name -> text; several of one name by commas.

    Raises
    ------
    NotAllowed
        When another site sent it (PROMISES S4).
    Invalid
        When it is larger than any form of ours.
    """
    if request is None:
        raise errors.Invalid("There was no form in what you sent.")
    _same_origin(request)
    raw = request.raw_body
    body = raw.encode() if isinstance(raw, str) else raw
    if len(body) > MOST_BYTES:
        raise errors.Invalid("That is more text than this form can take.")
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise errors.Invalid("That is more than this form can take.") from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        text = clean(value)
        fields[name] = f"{fields[name]},{text}" if fields.get(name) else text
    return fields


def clean(text: str) -> str:
    """*text* without control characters and outer space, lines ended by \\n, bounded."""
    lines = text[:LONGEST_VALUE].replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in lines if char == "\n" or char.isprintable())
    return "".join(kept).strip()


def _same_origin(request: Request) -> None:
    headers = request.headers
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        if fetch_site == "same-origin":
            return
    else:
        origin = urlsplit(headers.get("origin", ""))
        if origin.netloc and origin.netloc == headers.get("host", ""):
            return
    raise errors.NotAllowed(
        "This form was sent from another site, or your browser hid where it came from. "
        "Open the page here and send it again."
    )


def site() -> Site:
    """What every page knows of this deployment."""
    world = wiring.adapters()
    stylesheet = static.path_of("style.css")
    return site_of(world.campaign, world.base_url, local=world.local, stylesheet=stylesheet)
