"""The mailbox shows letters as they are, and lets nothing in them out."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from chalice.app import Chalice, CloudWatchEvent, Rate
from chalice.test import Client, HTTPResponse

from chalicelib import wiring
from chalicelib.adapters import Adapters
from chalicelib.http import FORM
from infra import folder, mailbox, ses

swept: list[str] = []


@pytest.fixture(scope="module")
def client() -> Client:
    """An app with the mailbox and two jobs. Chalice registers a blueprint rightly only once."""
    app = Chalice(app_name="mailbox")
    app.register_blueprint(mailbox.bp)

    @app.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
    def sweep(event: CloudWatchEvent) -> None:
        swept.append(event.time)

    @app.schedule(Rate(1, unit=Rate.MINUTES), name="nightly")
    def nightly(_event: CloudWatchEvent) -> None:
        raise RuntimeError("on purpose")

    return Client(app)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The folder of the letters, and a browser."""

    letters: Path
    client: Client

    def get(self, path: str) -> HTTPResponse:
        return self.client.http.get(path)

    def press(self, job: str, *, site: str = "same-origin") -> HTTPResponse:
        headers = {"Content-Type": FORM, "Sec-Fetch-Site": site}
        return self.client.http.post(f"/mailbox/jobs/{job}", headers=headers)


@pytest.fixture
def box(
    world: Adapters, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mailbox]:
    monkeypatch.setenv("MARGINAL_LOCAL_FOLDER", str(tmp_path))
    folder.mail(tmp_path).mkdir()
    swept.clear()
    with wiring.lend(world):
        yield Mailbox(folder.mail(tmp_path), client)


def _letter(subject: str = "Your lift", **parts: Any) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["To"] = "ann@example.org"
    message["Subject"] = subject
    message.set_content(parts.get("text", "Dewch ŵyl.\n\nhttps://lifts.example/l/abc\n"))
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    if "calendar" in parts:
        message.add_alternative(parts["calendar"], subtype="calendar", params={"method": "REQUEST"})
    return message.as_bytes()


def test_the_newest_letter_comes_first(box: Mailbox) -> None:
    ses.keep(box.letters, _letter("The first"))
    ses.keep(box.letters, _letter("The second"))

    page = box.get("/mailbox").body.decode()

    assert page.index("The second") < page.index("The first")


def test_an_empty_mailbox_says_what_to_do(box: Mailbox) -> None:
    assert b"Create an event" in box.get("/mailbox").body


def test_a_letter_shows_its_text_with_links(box: Mailbox) -> None:
    letter = ses.keep(box.letters, _letter())

    page = box.get(f"/mailbox/{letter}").body.decode()

    assert "Dewch ŵyl." in page
    assert '<a href="https://lifts.example/l/abc"' in page
    assert f"/mailbox/{letter}/html" not in page  # it has none


def test_what_a_letter_says_is_not_html_of_ours(box: Mailbox) -> None:
    letter = ses.keep(box.letters, _letter("<b>bold</b>", text="<script>alert(1)</script>"))

    for path in ("/mailbox", f"/mailbox/{letter}"):
        page = box.get(path).body
        assert b"<b>bold" not in page
        assert b"<script>" not in page


def test_a_letters_html_is_shown_alone_and_shut_in(box: Mailbox) -> None:
    letter = ses.keep(box.letters, _letter(html="<p style='color:red'>Dewch ŵyl</p>"))

    answer = box.get(f"/mailbox/{letter}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert answer.body.decode().strip() == "<p style='color:red'>Dewch ŵyl</p>"
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


def test_a_calendar_entry_can_be_taken_away(box: Mailbox) -> None:
    letter = ses.keep(box.letters, _letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))

    answer = box.get(f"/mailbox/{letter}/calendar")

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VCALENDAR" in answer.body


def test_a_letter_can_be_had_as_it_was_sent(box: Mailbox) -> None:
    sent = _letter()
    letter = ses.keep(box.letters, sent)

    assert box.get(f"/mailbox/{letter}/raw").body == sent
    assert "ŵyl" in box.get(f"/mailbox/{letter}/text").body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/mailbox/00000000000000000001-0123456789abcdef",
        "/mailbox/..%2f..%2fsecret/raw",
        "/mailbox/../raw",
        "/mailbox/secret/raw",
        "/mailbox/secret.eml/raw",
    ],
)
def test_what_is_not_a_letters_id_finds_nothing(box: Mailbox, path: str) -> None:
    (box.letters / "secret.eml").write_text("secret")
    (box.letters.parent / "secret").write_text("secret")

    assert box.get(path).status_code == 404


def test_a_part_that_a_letter_lacks_is_not_found(box: Mailbox) -> None:
    letter = ses.keep(box.letters, _letter())

    assert box.get(f"/mailbox/{letter}/html").status_code == 404
    assert box.get(f"/mailbox/{letter}/calendar").status_code == 404


def test_a_job_can_be_done_now(box: Mailbox) -> None:
    answer = box.press("sweep")

    assert (answer.status_code, len(swept)) == (303, 1)
    assert answer.headers["Location"].endswith("/mailbox")


def test_a_job_that_fails_says_so(box: Mailbox) -> None:
    answer = box.press("nightly")

    assert answer.status_code == 503
    assert b"terminal" in answer.body


def test_another_site_cannot_press_the_buttons(box: Mailbox) -> None:
    answer = box.press("sweep", site="cross-site")

    assert (answer.status_code, swept) == (403, [])


def test_there_are_no_other_jobs(box: Mailbox) -> None:
    answer = box.press("mail")

    assert answer.status_code == 404
