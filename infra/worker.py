"""The process that calls the handlers of work without a request, as Lambda would.

One kind runs the jobs of app.py: the outbox's stream to "relay", the mail queue to "mail", SES's
news to "mail_events", and the schedules; its errands are the same without the daily schedules.
The other runs only the solver, which may take every core for a while. Either does one thing at a
time, so that what happened can be read from top to bottom.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3

from infra import child, folder, schedules, ses, sources

# Seconds between two looks when there is nothing to do: somebody waits for a letter.
_IDLE_S = {"jobs": 0.2, "errands": 0.2, "solver": 1.0}
_RETRY_S = 2

# Seconds that a call may last: the functions' timeouts on AWS.
_JOB_LIMIT_S = 30
_SOLVER_LIMIT_S = 900

_log = logging.getLogger(__name__)
Turn = Callable[[], bool]


def main(kind: str, code: str) -> None:
    """Work as *kind*, with app.py and solver.py of the folder *code*."""
    stopping = threading.Event()
    announce = child.follow_parent(stopping.set)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    sys.path.insert(0, code)
    turns = _solver() if kind == "solver" else _jobs(daily=kind == "jobs")
    announce("working")
    while not stopping.is_set():
        try:
            busy = sum(turn() for turn in turns) > 0
        except Exception:
            busy = False  # nothing to hurry on for
            _log.exception("A stand-in did not answer; trying again.")
        if not busy:
            stopping.wait(_IDLE_S[kind])


def _jobs(*, daily: bool) -> list[Turn]:
    app = import_module("app").app
    sqs, streams = boto3.client("sqs"), _streams()
    table = f"{os.environ['MARGINAL_TABLE_PREFIX']}-outbox"
    local = Path(os.environ["MARGINAL_LOCAL_FOLDER"])
    position, news = folder.position(local), ses.news(folder.mail(local))
    handlers = app.handler_map
    return [
        lambda: sources.deliver_from_stream(
            streams, table, position, handlers["relay"], limit_s=_JOB_LIMIT_S, retry_s=_RETRY_S
        ),
        lambda: sources.deliver_from_queue(
            sqs, os.environ["MARGINAL_MAIL_QUEUE_URL"], handlers["mail"],
            batch=10, limit_s=_JOB_LIMIT_S, retry_s=_RETRY_S,
        ),
        lambda: sources.deliver_from_topic(news, handlers["mail_events"], limit_s=_JOB_LIMIT_S),
        *(_schedule(source, handlers[source.name]) for source in app.event_sources
          if hasattr(source, "schedule_expression")
          and (daily or not _expression(source).startswith("cron("))),
    ]  # fmt: skip


def _solver() -> list[Turn]:
    os.nice(10)  # pages come first
    sqs, handler = boto3.client("sqs"), import_module("solver").handler
    return [
        lambda: sources.deliver_from_queue(
            sqs, os.environ["MARGINAL_MATCH_QUEUE_URL"], handler,
            batch=1, limit_s=_SOLVER_LIMIT_S, retry_s=_RETRY_S,
        )
    ]  # fmt: skip


def _schedule(source: Any, handler: sources.Handler) -> Turn:
    """Make the turn of one registered schedule; the first time counts from now."""
    text = _expression(source)
    last = datetime.now(UTC)

    def turn() -> bool:
        nonlocal last
        now = datetime.now(UTC)
        if schedules.is_due(text, last=last, now=now):
            last = now
            call_schedule(source.name, handler, now)
        return False  # it finds its own work: nothing to hurry on for

    return turn


def _expression(source: Any) -> str:
    """The schedule as EventBridge writes it."""
    expression = source.schedule_expression
    return expression if isinstance(expression, str) else str(expression.to_string())


def call_schedule(name: str, handler: sources.Handler, now: datetime) -> bool:
    """Call a schedule's handler, and answer whether it managed; if not, the log says why."""
    try:
        handler(schedules.event(name, now), sources.context(name, _JOB_LIMIT_S))
    except Exception:
        _log.exception("%s failed", name)
        return False
    return True


def _streams() -> Any:
    """Dynoxide serves tables and streams at one address, AWS at two."""
    return boto3.client("dynamodbstreams", endpoint_url=os.environ["AWS_ENDPOINT_URL_DYNAMODB"])


if __name__ == "__main__":
    main(*sys.argv[1:])
    child.leave()
