"""What each function is asked in a proof, and what must have come of it.

Answers are looked up where they matter: in the page, the tables, the queues, with SES.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.http import HEADERS
from infra import schedules, ses, sources, world
from infra.bundle import events
from infra.bundle.function import Answer, Function
from infra.bundle.stage import Stage

Run = Callable[[str], AbstractContextManager[Function]]
"""Runs the function of that name, from a cold start."""

_FAR = timedelta(days=200)  # nobody of the sample comes then
_LIMIT_S = 30

MATCHING = frozenset({"hourly", "nightly"})
"""The schedules that have days matched."""


class NotTrueError(Exception):
    """A function answered, but did not do what it is for."""


def of_web(scene: Stage, run: Run) -> Answer:
    """Pages, a form, the stream, letters and schedules; return the first page's answer."""
    with run("web") as web:
        first = _pages(web)
        _a_form_is_stored(scene, web)
    _the_stream_is_handed_on(scene, run)
    _letters_are_sent(scene, run)
    _news_settle_letters(scene, run)
    _schedules_are_kept(scene, run)
    return first


def of_solver(scene: Stage, run: Run) -> Answer:
    """Small days, and one on which nobody comes; return the first day's answer."""
    with run("solver") as solver:
        answers = []
        for day in scene.days():  # the smallest may hold a driver and a rider far apart
            answers.append(_matched(solver, day))
            if not _managed(answers[-1]) or (scene.lifts(day) and solver.has_loaded("libortools")):
                break
        _require("a small day is matched", all(map(_managed, answers)))
        _require("OR-Tools took part", solver.has_loaded("libortools"))
        _require("its lifts are stored", scene.lifts(day) > 0)
        empty = _matched(solver, (datetime.now(UTC) + _FAR).date().isoformat())
        _require("a day without bookings is matched", _managed(empty))
    return answers[0]


def _matched(solver: Function, day: str) -> Answer:
    return solver.call(events.message(json.dumps({"day": day})))


def _managed(answer: Answer) -> bool:
    return bool(answer.value == {"batchItemFailures": []})


def _pages(web: Function) -> Answer:
    first = web.call(events.get("/"))
    _require("GET / renders", _status(first) == 200 and "</html>" in first.value["body"])
    near = web.call(events.get("/near", {"from": "M21 9AN"}))
    _require(
        "GET /near?from=M21+9AN finds the place",
        _status(near) == 200 and "M21" in near.value["body"],
    )
    unknown = web.call(events.get("/near", {"from": "qqqqqq"}))
    _require("an unknown place is a page of ours, too", _status(unknown) == 422)
    _require(
        "every answer has our headers",
        all(HEADERS.items() <= each.value["headers"].items() for each in (first, near, unknown)),
    )
    return first


def _status(answer: Answer) -> int:
    return int(answer.value["statusCode"])


def _a_form_is_stored(scene: Stage, web: Function) -> None:
    fields = {"given-key": "k" * 43, "day": scene.days()[0]}
    sent = web.call(events.post("/start/{journey}", {"journey": "drive"}, fields))
    _require(
        "POST /start/drive is stored, and leads on",
        _status(sent) == 303
        and sent.value["headers"]["Location"].startswith("/form/")
        and len(scene.items("drafts")) == 1,
    )


def _the_stream_is_handed_on(scene: Stage, run: Run) -> None:
    owed = scene.owed_letters
    failures: list[Any] = []
    with run("relay") as relay:
        position, table = scene.folder / "position", f"{world.PREFIX}-outbox"
        handler = _watched(relay, failures)
        while sources.deliver_from_stream(
            scene.streams, table, position, handler, limit_s=_LIMIT_S, retry_s=0
        ):
            pass
    _require(
        "the outbox's stream is handed on to both queues",
        not failures and scene.waiting("MAIL") == owed > 0 and scene.waiting("MATCH") > 0,
    )


def _letters_are_sent(scene: Stage, run: Run) -> None:
    owed = scene.owed_letters
    failures: list[Any] = []
    with run("mail") as mail:
        handler, url = _watched(mail, failures), scene.url("MAIL")
        while sources.deliver_from_queue(
            scene.sqs, url, handler, batch=10, limit_s=_LIMIT_S, retry_s=0
        ):
            _require("the mail queue's messages are managed", not failures)
    _require("SES has every letter that was owed", scene.letters == owed)


def _news_settle_letters(scene: Stage, run: Run) -> None:
    letters = [item for item in scene.items("outbox") if item.get("message_id")]
    unanswered = letters[0]["id"]
    scene.dynamodb.update_item(
        TableName=f"{world.PREFIX}-outbox", Key={"id": unanswered},
        UpdateExpression="SET #state = :sending", ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":sending": {"S": "sending"}},
    )  # fmt: skip
    with run("mail_events") as function:
        news = ses.news(scene.folder / "mail")
        sources.deliver_from_topic(
            news, lambda event, _: function.call(event).value, limit_s=_LIMIT_S
        )
    states = {item["id"]["S"]: item["state"]["S"] for item in scene.items("outbox")}
    _require(
        "SES's news settle a letter without an answer",
        not any(news.iterdir()) and states[unanswered["S"]] == "sent",
    )


def _schedules_are_kept(scene: Stage, run: Run) -> None:
    for name in ("sweep", "deadlines", "count", "hourly", "nightly"):
        before = scene.waiting("MATCH")
        with run(name) as function:
            answer = function.call(schedules.event(name, datetime.now(UTC)))
        more = scene.waiting("MATCH") > before
        _require(f"{name} runs", answer.value is None and (more or name not in MATCHING))


def _watched(function: Function, failures: list[Any]) -> sources.Handler:
    """A handler for `sources`, which would try again what fails; here nothing may."""

    def handler(event: Any, _context: object) -> Any:
        try:
            answer = function.call(event).value
        except Exception as error:
            failures.append(error)
            raise
        failures.extend(answer["batchItemFailures"])
        return answer

    return handler


def _require(deed: str, done: bool) -> None:
    if not done:
        raise NotTrueError(f"not true: {deed}")
    print(f"    {deed}", flush=True)
