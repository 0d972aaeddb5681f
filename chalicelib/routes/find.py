"""What somebody sees before they fill in a form: the first page, what is near, seats, events."""

from datetime import date
from urllib.parse import urlencode

from chalice.app import Blueprint, Response

from chalicelib import http, wiring
from chalicelib.domain.event import Kind
from chalicelib.domain.kinds import WORDS
from chalicelib.errors import NotFound
from chalicelib.services import marginals, seats, showing, suggestions
from chalicelib.storage.events import ABSENT
from reference import Located, Several, Unknown, find
from reference.places import TEXT_LIMIT

bp = Blueprint(__name__)

NEEDED_SHOWN = 5
LONGEST_ID = 100
"""Far beyond any of ours; the database refuses keys of more than a kilobyte."""


@bp.route("/")
@http.page
def home() -> Response:
    """Ask where somebody starts."""
    return _home(200, "")


@bp.route("/near")
@http.page
def near() -> Response:
    """Show what is on for somebody who starts there."""
    typed = http.query(bp.current_request, "from")
    day, kind = _day(), _kind()
    match find(typed):
        case Located() as place:
            found = suggestions.near(wiring.adapters(), place, day=day, kind=kind)
            reach_s = wiring.adapters().campaign.max_direct_s
            facts = {"place": place, "found": found, "day": day, "kind": kind}
            return http.html(200, "pages/near.html", reach_s=reach_s, words=WORDS, **facts)
        case Several(query=query, choices=choices):
            asked = {name: str(value) for name, value in (("day", day), ("kind", kind)) if value}
            more = f"&{urlencode(asked)}" if asked else ""
            return http.html(
                200, "pages/choose_place.html", query=query, choices=choices, more=more
            )
        case Unknown() as answer:
            return _home(422, typed, answer)


@bp.route("/constituencies")
@http.page
def constituencies() -> Response:
    """Every marginal, by need."""
    world = wiring.adapters()
    rows = marginals.ranked_by_need(world)
    return http.html(200, "pages/constituencies.html", rows=rows, campaign=world.campaign)


@bp.route("/constituencies/{slug}")
@http.page
def constituency(slug: str) -> Response:
    """One seat; by its code, or in capitals, it is found as well."""
    seat, place = seats.named(slug), _start()
    if seat.slug != slug:
        start = f"?{urlencode({'from': place.label})}" if place else ""
        return http.redirect(f"/constituencies/{seat.slug}{start}")
    found = seats.page(wiring.adapters(), seat, _point(place))
    return http.html(
        200, "pages/constituency.html", found=found, start=place.label if place else "", words=WORDS
    )


@bp.route("/events/{event_id}")
@http.page
def event(event_id: str) -> Response:
    """One event with its sessions."""
    if len(event_id) > LONGEST_ID:
        raise NotFound(ABSENT)
    place = _start()
    found = showing.show(wiring.adapters(), event_id, _point(place))
    return http.html(200, "pages/event.html", found=found, start=place.label if place else "")


def _home(status: int, typed: str, answer: Unknown | None = None) -> Response:
    world = wiring.adapters()
    needed = suggestions.most_needed(world, NEEDED_SHOWN)
    return http.html(
        status,
        "pages/home.html",
        typed=typed[:TEXT_LIMIT],
        error=answer.sentence if answer else "",
        meant=answer.suggestions if answer else (),
        needed=needed,
        rows=() if needed else marginals.ranked_by_need(world)[:NEEDED_SHOWN],
        words=WORDS,
    )


def _start() -> Located | None:
    """Where somebody starts, if the address says so in a way that needs no question."""
    answer = find(http.query(bp.current_request, "from"))
    return answer if isinstance(answer, Located) else None


def _point(place: Located | None) -> tuple[float, float] | None:
    return (place.lat, place.lon) if place else None


def _day() -> date | None:
    """The day asked for; what is no day asks for none, as it came from no page of ours."""
    try:
        return date.fromisoformat(http.query(bp.current_request, "day"))
    except ValueError:
        return None


def _kind() -> Kind | None:
    typed = http.query(bp.current_request, "kind")
    return Kind(typed) if typed in set(Kind) else None
