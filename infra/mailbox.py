"""The mailbox page of the local service: every letter that would have left, and what to do now.

`infra.web` adds it to the app. It never exists on AWS, because infra/ is not packed.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from chalice.app import Blueprint, Response

from chalicelib import errors, http
from infra import folder, letters, worker

bp = Blueprint(__name__)

# Which schedules can be called at once, and what their buttons say.
JOBS = {"nightly": "Match drivers and riders now", "sweep": "Send what is still owed now"}

_SHOWN = 200

# A letter is somebody else's page: its own looks, its links, and nothing that runs or loads.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups "
    "allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@bp.route("/mailbox")
@http.page
def mailbox() -> Response:
    """List the letters, newest first."""
    newest = letters.newest(_mail(), _SHOWN)
    return http.html(200, "pages/mailbox.html", letters=newest, jobs=JOBS)


@bp.route("/mailbox/{letter_id}")
@http.page
def letter(letter_id: str) -> Response:
    """Show one letter and its other forms."""
    return http.html(200, "pages/mailbox_letter.html", letter=_found(letter_id))


@bp.route("/mailbox/{letter_id}/html")
@http.page
def letter_html(letter_id: str) -> Response:
    """Show the letter as a mail program would, shut in by a policy of its own."""
    shut_in = {"Content-Security-Policy": _LETTER_POLICY}
    return _part(_found(letter_id).html, "text/html", shut_in)


@bp.route("/mailbox/{letter_id}/text")
@http.page
def letter_text(letter_id: str) -> Response:
    """Show the letter's plain form."""
    return _part(_found(letter_id).text, "text/plain", {})


@bp.route("/mailbox/{letter_id}/calendar")
@http.page
def letter_calendar(letter_id: str) -> Response:
    """Hand out the calendar entry, as a mail program would."""
    return _part(_found(letter_id).calendar, "text/calendar", _download("lift.ics"))


@bp.route("/mailbox/{letter_id}/raw")
@http.page
def letter_raw(letter_id: str) -> Response:
    """Hand out the letter as it was sent. Chalice answers this type as text; it is UTF-8."""
    raw = _found(letter_id).raw.decode("utf-8", "replace")
    return _part(raw, "message/rfc822", _download(f"{letter_id}.eml"))


@bp.route("/mailbox/jobs/{name}", methods=["POST"], content_types=[http.FORM])
@http.page
def run_job(name: str) -> Response:
    """Do now what a schedule would do later; the result shows in the mailbox."""
    http.form(bp.current_request)  # refuses other sites, whose pages can post to this computer too
    if name not in JOBS:
        raise errors.NotFound("There is no such job.")
    if not worker.call_schedule(name, bp.current_app.handler_map[name], datetime.now(UTC)):
        raise errors.Busy("That did not work. The terminal of the local service says why.")
    return http.redirect("/mailbox")


def _mail() -> Path:
    return folder.mail(Path(os.environ["MARGINAL_LOCAL_FOLDER"]))


def _found(letter_id: str) -> letters.Letter:
    if found := letters.read(_mail(), letter_id):
        return found
    raise errors.NotFound("There is no such letter.")


def _part(content: str | None, kind: str, headers: dict[str, str]) -> Response:
    """Answer with one part of a letter and nothing around it."""
    if content is None:
        raise errors.NotFound("This letter has no such part.")
    return Response(content, {**http.HEADERS, "Content-Type": f"{kind}; charset=utf-8", **headers})


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
