"""SES's news reach their row, and nothing that comes in their place does harm."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app import app
from chalicelib import tags, wiring
from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.errors import Busy
from chalicelib.storage.tables import OutboxRow
from tests.builders import a_request
from tests.chalicelib.services.letters.wire import refusal
from tests.chalicelib.test_mime import LETTER

ROW = "cancelled:request-20261128-aaaaaaaaaaaa:1"


def sns(*messages: str) -> dict[str, Any]:
    told = [{"MessageId": f"sns-{n}", "Message": text} for n, text in enumerate(messages)]
    return {"Records": [{"EventSource": "aws:sns", "Sns": each} for each in told]}


def test_news_of_a_letter_settle_its_row_and_stop_a_dead_address(
    world: Adapters,
) -> None:
    request = a_request()
    owed = OweLetter(LetterName.CANCELLED, request.id, 1, "by_you")
    world.commit([Save(request), owed])
    claimed = world.outbox.claim(ROW, world.token())
    letter = replace(LETTER, key=ROW, edition=claimed.edition)
    mail = {"tags": {name: [value] for name, value in tags.of_letter(letter).items()}}
    bounce = {"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}, "mail": mail}
    late = {"eventType": "Send", "send": {}, "mail": mail}

    with wiring.lend(world):
        for event in (bounce, late, bounce):
            assert app.handler_map["mail_events"](sns(json.dumps(event)), None) is None

    assert world.outbox.state(ROW) == "bounced"
    assert world.limits.is_stopped(a_request().person.key)


@pytest.mark.parametrize(
    "message",
    [
        "", "nonsense ria@example.org", "null", "[]", "7", "{}", '{"eventType": "Send"}',
        '{"eventType": {}, "mail": {}}', '{"eventType": "Bounce", "mail": {}}',
        '{"eventType": "Send", "mail": {"destination": ["ria@example.org"]}}',
        '{"eventType": "Send", "mail": {"tags": {"row": ["!"], "reader": ["x"]}}}',
        '{"eventType": "Send", "mail": {"tags": {"row": [], "reader": []}}}',
        '{"eventType": "Send", "mail": {"tags": {"row": ["/"], "reader": ["' + "0" * 32 + '"]}}}',
        '{"eventType": "Send", "mail": {"tags": {"row": ["_w"], "reader": ["' + "0" * 32 + '"]}}}',
    ],
)  # fmt: skip
def test_s15_news_that_cannot_be_read_are_dropped_and_only_their_id_is_logged(
    world: Adapters, caplog: pytest.LogCaptureFixture, message: str
) -> None:
    with wiring.lend(world):
        app.handler_map["mail_events"](sns(message), None)

    assert [record.getMessage() for record in caplog.records] == ["mail event sns-0 cannot be read"]
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize("event", [{}, {"Records": [{}]}, {"Records": [{"Sns": {}}]}])
def test_an_event_that_is_not_sns_s_does_no_harm(world: Adapters, event: dict[str, Any]) -> None:
    with wiring.lend(world):
        app.handler_map["mail_events"](event, None)


def test_news_that_cannot_be_stored_fail_and_are_told_again(world: Adapters) -> None:
    mail = {"tags": {name: [value] for name, value in tags.of_letter(LETTER).items()}}
    event = sns(json.dumps({"eventType": "Send", "mail": mail}))
    client = OutboxRow._get_connection().connection.client

    def refuse(request: Any, **_: Any) -> Any:
        return refusal(request, "ProvisionedThroughputExceededException")

    client.meta.events.register_first("before-send", refuse)
    with wiring.lend(world), pytest.raises(Busy):
        app.handler_map["mail_events"](event, None)
    client.meta.events.unregister("before-send", refuse)
