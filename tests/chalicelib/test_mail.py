"""Letters on the wire: the message, and what SES's answers mean."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Busy, NotAllowed
from chalicelib.mail import SesMailer, Unknown
from chalicelib.mime import LONGEST_SUBJECT, Letter, mime, one_line
from infra import letters, ses

SENDER = "Drysau Agored Ŷ <lifts@open-doors.example>"
LETTER = Letter(
    key="lift_confirmed:request-20261128-aaaaaaaaaaaa:4",
    to="ria@example.org",
    at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
    subject="Your lift on Saturday 28 November: be ready at 9:25am, M32 0JT",
    text="Be ready at 9:25am.\n",
    html="<p>Be ready at 9:25am, Siân.</p>\n",
    reply_to="hello@open-doors.example",
    calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    method="REQUEST",
)
ONCE = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})


def parsed(letter: Letter) -> EmailMessage:
    return message_from_bytes(mime(letter, SENDER), policy=policy.default)


def test_a_message_has_text_html_and_the_calendar_twice() -> None:
    message = parsed(LETTER)

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                     "text/calendar", "application/ics"]  # fmt: skip
    invitation = list(message.walk())[4]
    assert invitation.get_param("method") == "REQUEST"
    assert [part.get_filename() for part in message.iter_attachments()] == ["lift.ics"]


def test_the_same_letter_is_the_same_bytes_and_other_words_have_another_boundary() -> None:
    boundary = parsed(LETTER).get_boundary()
    assert boundary

    typed = replace(LETTER, text=f"--{boundary}\r\nContent-Type: text/html\r\n\r\n<b>hello</b>")

    assert mime(LETTER, SENDER) == mime(LETTER, SENDER)
    assert parsed(typed).get_boundary() != boundary
    assert len(list(parsed(typed).walk())) == len(list(parsed(LETTER).walk()))


def test_a_message_without_a_calendar_is_text_and_html() -> None:
    message = parsed(replace(LETTER, calendar="", method=""))

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_headers_say_who_to_whom_when_and_that_nobody_typed_it() -> None:
    message = parsed(LETTER)

    assert str(message["From"]) == "Drysau Agored Ŷ <lifts@open-doors.example>"
    assert str(message["To"]) == "ria@example.org"
    assert str(message["Reply-To"]) == "hello@open-doors.example"
    assert message["Date"].datetime == LETTER.at
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_letter_has_the_same_message_id_which_does_not_give_its_key_away() -> None:
    first, again = parsed(LETTER)["Message-ID"], parsed(LETTER)["Message-ID"]
    other = parsed(replace(LETTER, key="lift_confirmed:request-20261128-aaaaaaaaaaaa:5"))

    assert first == again != other["Message-ID"]
    assert first.endswith("@open-doors.example>")
    assert "request" not in first


def test_the_wire_form_is_ascii_in_short_lines() -> None:
    wire = mime(replace(LETTER, subject="Ŵ" * 100, text="Siân " * 300), SENDER)

    assert wire.isascii()
    assert all(len(line) <= 998 for line in wire.split(b"\r\n"))
    assert b"\n" not in wire.replace(b"\r\n", b"")


@given(st.text(max_size=300))
def test_nothing_typed_adds_a_header(typed: str) -> None:
    """PROMISES S7: not by line ends, not by NUL, not by what turns the writing round."""
    message = parsed(replace(LETTER, subject=f"Re {typed}\r\nBcc: eve@example.org\x00\u202e"))

    assert "Bcc" not in message
    subject = str(message["Subject"])
    assert len(subject) <= LONGEST_SUBJECT
    assert subject.isprintable()


@pytest.mark.parametrize(
    "to",
    ["", "ria", "ria@", "@example.org", "ria@example.org\r\nBcc: eve@example.org",
     "r\x00@a.example", "ria@example.org, eve@example.org", "siân@example.org",
     "ria@a..example", "a b@example.org", "\u202eria@example.org"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_for_good(to: str) -> None:
    with pytest.raises(NotAllowed):
        mime(replace(LETTER, to=to), SENDER)


def test_an_address_in_another_script_is_written_as_mail_wants_it() -> None:
    assert str(parsed(replace(LETTER, to="ria@tŷ.example"))["To"]) == "ria@xn--t-foa.example"


def test_one_line_is_cut_where_it_is_too_long() -> None:
    assert one_line("a\r\nb\tc   d\x00\u202e", 20) == "a bc d"
    assert one_line("abcdef", 4) == "abc…"


@contextmanager
def served(server: HTTPServer) -> Iterator[SesMailer]:
    """A mailer whose SES is *server*."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield mailer_at(server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def mailer_at(port: int) -> SesMailer:
    client = boto3.client(
        "sesv2", region_name="eu-west-2", endpoint_url=f"http://127.0.0.1:{port}", config=ONCE
    )
    return SesMailer(client, SENDER)


def answering(answer: Callable[[BaseHTTPRequestHandler], None]) -> HTTPServer:
    """A server of our own making, which takes the letter and then does what *answer* does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return HTTPServer(("127.0.0.1", 0), Handler)


def refusing(status: int, code: str) -> HTTPServer:
    def refuse(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("x-amzn-ErrorType", code)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"{}")

    return answering(refuse)


def test_ses_gets_the_letter_as_it_is(tmp_path: Path) -> None:
    with served(ses.server(tmp_path)) as mailer:
        message_id = mailer.send(LETTER)

    kept = letters.read(tmp_path, message_id)
    assert kept is not None
    assert kept.raw == mime(LETTER, SENDER)


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (400, "MessageRejected", NotAllowed),
        (400, "BadRequestException", NotAllowed),
        (429, "TooManyRequestsException", Busy),
        (400, "LimitExceededException", Busy),
        (400, "SendingPausedException", Busy),
        (400, "AccountSuspendedException", Busy),
        (400, "MailFromDomainNotVerifiedException", Busy),
        (403, "AccessDeniedException", Busy),
        (403, "ExpiredTokenException", Busy),
        (500, "InternalFailure", Busy),
        (503, "ServiceUnavailable", Busy),
        (502, "BadGateway", Unknown),
        (504, "GatewayTimeout", Unknown),
    ],
)
def test_what_an_answer_of_ses_means(status: int, code: str, meaning: type[Exception]) -> None:
    with served(refusing(status, code)) as mailer, pytest.raises(meaning):
        mailer.send(LETTER)


def test_an_answer_that_never_comes_leaves_it_unknown() -> None:
    silent = threading.Event()

    def wait(_: BaseHTTPRequestHandler) -> None:
        silent.wait(3)

    with served(answering(wait)) as mailer:
        with pytest.raises(Unknown):
            mailer.send(LETTER)
        silent.set()


def test_a_connection_that_breaks_after_the_letter_leaves_it_unknown() -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)

    with served(answering(hang_up)) as mailer, pytest.raises(Unknown):
        mailer.send(LETTER)


def test_where_nobody_listens_the_letter_was_certainly_not_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    with pytest.raises(Busy):
        mailer_at(port).send(LETTER)
