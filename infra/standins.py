"""The process that plays SQS and SES for the local service.

SQS is moto's, in memory: what waits there is lost when the service ends. That is safe because
the outbox table holds all that is owed, and the sweep puts it in the queues again. moto is not
safe under threads, so it answers one request at a time.
"""

import logging
import sys
import threading
from pathlib import Path

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from infra import child, ses


def sqs_server() -> BaseWSGIServer:
    """Make moto's server on a free loopback port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app))


def main(mail_folder: str) -> None:
    """Serve until the parent goes; announce SQS's and SES's address."""
    announce = child.follow_parent(child.leave)
    sqs, mail = sqs_server(), ses.server(Path(mail_folder))
    threading.Thread(target=sqs.serve_forever, daemon=True).start()
    announce(f"http://127.0.0.1:{sqs.server_port} http://127.0.0.1:{mail.server_port}")
    mail.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
