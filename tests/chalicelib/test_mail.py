"""Handing letters to SES, and what its answers mean."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from chalicelib import tags
from chalicelib.errors import Busy, NotAllowed
from chalicelib.mail import SesMailer, TooFast, Unknown
from chalicelib.mime import mime
from infra import letters, ses
from tests.builders import a_person
from tests.chalicelib.test_mime import LETTER, SENDER

ONCE = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1})


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


def answering(answer: Callable[[BaseHTTPRequestHandler], None], *, read: bool = True) -> HTTPServer:
    """A server of our own making, which takes the letter and then does what *answer* does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if read:
                self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return HTTPServer(("127.0.0.1", 0), Handler)


def refusing(status: int, code: str, said: bytes = b"{}") -> HTTPServer:
    return answering(lambda handler: say(handler, status, said, code))


def say(handler: BaseHTTPRequestHandler, status: int, said: bytes, code: str = "") -> None:
    handler.send_response(status)
    if code:
        handler.send_header("x-amzn-ErrorType", code)
    handler.send_header("Content-Length", str(len(said)))
    handler.end_headers()
    handler.wfile.write(said)


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
        (500, "InternalFailure", Unknown),
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


def test_more_letters_a_second_than_ses_takes_is_not_a_ses_that_is_away() -> None:
    said = b'{"message": "Maximum sending rate exceeded."}'
    server = refusing(429, "TooManyRequestsException", said)

    with served(server) as mailer, pytest.raises(TooFast):
        mailer.send(LETTER)


def test_a_letter_carries_what_its_news_will_name_and_no_set_unless_there_is_one() -> None:
    asked: list[dict[str, Any]] = []

    def take(handler: BaseHTTPRequestHandler) -> None:
        asked.append(json.loads(handler.rfile.read(int(handler.headers["Content-Length"]))))
        say(handler, 200, b'{"MessageId": "1"}')

    with served(answering(take, read=False)) as mailer:
        mailer.send(LETTER)
        replace(mailer, configuration_set="letters").send(LETTER)

    named = {tag["Name"]: [tag["Value"]] for tag in asked[0]["EmailTags"]}
    assert tags.read(named) == (LETTER.key, LETTER.edition, a_person("Ria Shah").key)
    assert [request.get("ConfigurationSetName") for request in asked] == [None, "letters"]


def test_only_with_a_configuration_set_do_we_hear_what_became_of_letters() -> None:
    mailer = mailer_at(1)

    assert not mailer.reports
    assert replace(mailer, configuration_set="letters").reports


def test_where_nobody_listens_the_letter_was_certainly_not_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    with pytest.raises(Busy):
        mailer_at(port).send(LETTER)
