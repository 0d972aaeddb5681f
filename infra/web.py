"""The process that serves the pages, through Chalice's own local server.

What that server gets wrong for browsers is put right here, and only that; what it does as
API Gateway would stays. The mailbox page is added, which no Lambda has.
"""

import functools
import logging
import sys
from contextlib import suppress
from http import HTTPStatus
from http.server import HTTPServer
from importlib import import_module
from typing import Any

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import ChaliceRequestHandler, ThreadedHTTPServer, create_local_server

from infra import child, mailbox

_LARGEST_BODY = 10 * 1024 * 1024  # API Gateway's limit, in bytes


class Browserproof(ChaliceRequestHandler):
    """Chalice's request handler, fit for real browsers and for anything else that connects."""

    disable_nagle_algorithm = True  # else every answer waits 40 ms for the browser's confirmation
    timeout = 60  # a silent connection would keep its thread for ever

    def parse_request(self) -> bool:
        """Read the request's head; answer False when it has been refused."""
        if not super().parse_request():
            return False
        length = self.headers.get("Content-Length", "0")
        if not all(value.isascii() for value in self.headers.values()):
            return self._refuse(HTTPStatus.BAD_REQUEST)  # Chalice would fail at some of them
        if "Transfer-Encoding" in self.headers:
            return self._refuse(HTTPStatus.LENGTH_REQUIRED)  # its body would be the next request
        if not (length.isascii() and length.isdigit()):
            return self._refuse(HTTPStatus.BAD_REQUEST)  # Chalice would drop the connection
        if len(length) > 20 or int(length) > _LARGEST_BODY:  # int refuses to read thousands
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)  # it would read it all
        return True

    def _refuse(self, status: HTTPStatus) -> bool:
        self.close_connection = True  # where the body ends cannot be told, or is far away
        self.send_error(status)
        return False

    def _send_http_response_with_body(
        self, code: int, headers: dict[str, Any], body: str | bytes | None
    ) -> None:
        if self.command == "HEAD":  # with a body the browser would read it as the next answer
            return self._send_http_response_no_body(code, headers)
        return super()._send_http_response_with_body(code, headers, body or b"")

    def handle(self) -> None:
        """Answer until the browser goes; that it goes in the middle is nothing to report."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_: Any) -> None:
        """Say nothing: what fails is logged by whoever fails."""


def server(app: Chalice, port: int) -> HTTPServer:
    """Make a server of *app* on *port* of the loopback interface (0: any free one)."""
    ThreadedHTTPServer.request_queue_size = 128  # 5 by default: a page's own files fill that
    config = Config.create(chalice_stage="local", lambda_timeout=29)
    made: HTTPServer = create_local_server(app, config, "127.0.0.1", port).server
    handler: Any = functools.partial(Browserproof, app_object=app, config=config)
    made.RequestHandlerClass = handler
    return made


def main(port: str, code: str) -> None:
    """Serve the app of the folder *code* on *port* until the parent goes."""
    announce = child.follow_parent(child.leave)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    sys.path.insert(0, code)
    app = import_module("app").app
    app.register_blueprint(mailbox.bp)
    serving = server(app, int(port))
    announce("serving")
    serving.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
