"""Lambda's Runtime API on a loopback port, as far as awslambdaric uses it."""

import queue
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

_TIMEOUT_S = 29


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a function is asked, and what it answers: ("response" or "error", body)."""

    calls: "queue.Queue[bytes]" = field(default_factory=queue.Queue)
    answers: "queue.Queue[tuple[str, bytes]]" = field(default_factory=queue.Queue)


@contextmanager
def serving(exchange: Exchange) -> Iterator[str]:
    """Serve it; yield its host and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_RuntimeApi, exchange))
    Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _RuntimeApi(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, exchange: Exchange, *arguments: Any) -> None:
        self.exchange = exchange
        super().__init__(*arguments)

    def handle(self) -> None:
        """Answer until the function is ended, which is in the middle of its next question."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """ "What is next?": waits until there is something."""
        body = self.exchange.calls.get()
        self._answer(
            200,
            body,
            {
                "Content-Type": "application/json",
                "Lambda-Runtime-Aws-Request-Id": secrets.token_hex(16),
                "Lambda-Runtime-Deadline-Ms": str(int((time.time() + _TIMEOUT_S) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-2:0:function:it",
                "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
            },
        )

    def do_POST(self) -> None:
        """ "This is my answer", or "this is what went wrong", be it at the start."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.exchange.answers.put((self.path.rpartition("/")[2], body))
        self._answer(202, b"", {})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: what fails is raised by whoever called."""
