"""The page server bears whatever connects to it."""

import socket
import threading
from collections.abc import Iterator

import pytest
from chalice.app import Chalice, Response

from infra import web


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = Chalice(app_name="bears")

    @app.route("/")
    def home() -> Response:
        return Response("Bears.", {"Content-Type": "text/plain"})

    server = web.server(app, 0)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def _say(port: int, *requests: bytes) -> bytes:
    """Send *requests* on one connection, and read what comes until the server closes it."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"".join(requests))
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while more := connection.recv(65536):
            answer += more
        return answer


GOOD = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def test_two_requests_on_one_connection_get_two_answers(port: int) -> None:
    assert _say(port, GOOD, GOOD).count(b"Bears.") == 2


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"Content-Length: many", b"400"),
        (b"Content-Length: -1", b"400"),
        (b"Content-Length: \xb2", b"400"),
        (b"Content-Length: 10485761", b"413"),
        (b"Content-Length: " + b"9" * 5000, b"413"),
        (b"Transfer-Encoding: chunked", b"411"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused(port: int, header: bytes, status: bytes) -> None:
    answer = _say(
        port, b"POST / HTTP/1.1\r\nHost: x\r\n", header, b"\r\n\r\nGET / HTTP/1.1\r\n\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.count(b"HTTP/1.1") == 1  # what follows is not taken for a request


def test_an_answer_to_head_has_no_body(port: int) -> None:
    answer = _say(port, b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", GOOD)

    assert answer.count(b"HTTP/1.1 ") == 2
    assert answer.partition(b"\r\n\r\n")[2].startswith(b"HTTP/1.1 200")


def test_an_unknown_method_is_refused(port: int) -> None:
    assert _say(port, b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 501")


def test_a_header_that_is_not_ascii_is_refused(port: int) -> None:
    answer = _say(port, b"GET /nowhere HTTP/1.1\r\nAuthorization: \xff\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400")


def test_noise_is_refused(port: int) -> None:
    assert b"Error code: 400" in _say(port, b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
