"""The SES stand-in takes what SES would, and has a letter safe before it says so."""

import json
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra import ses, sources

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sesv2.type_defs import EmailContentTypeDef


@pytest.fixture
def client(account: boto3.Session, tmp_path: Path) -> "Iterator[SESV2Client]":
    server = ses.server(tmp_path)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield account.client(
        "sesv2",
        endpoint_url=f"http://127.0.0.1:{server.server_port}",
        config=Config(retries={"total_max_attempts": 1}),
    )
    server.shutdown()
    server.server_close()


def _letter() -> bytes:
    message = EmailMessage()
    message["To"] = "ann@example.org"
    message["Subject"] = "Lifft i Ynys Môn – 9:10am"
    message.set_content("Dewch ŵyl.\n")
    message.add_alternative("<p>Dewch ŵyl.</p>", subtype="html")
    return message.as_bytes(policy=policy.SMTP)


def _send(client: "SESV2Client", **content: Any) -> str:
    return client.send_email(
        FromEmailAddress="lifts@example.org",
        Destination={"ToAddresses": ["ann@example.org"]},
        Content=cast("EmailContentTypeDef", content),
    )["MessageId"]


def test_a_letter_is_kept_byte_for_byte(client: "SESV2Client", tmp_path: Path) -> None:
    letter = _letter()

    message_id = _send(client, Raw={"Data": letter})

    kept = (tmp_path / f"{message_id}.eml").read_bytes()
    message = message_from_bytes(kept, policy=policy.default)
    assert kept == letter
    assert message["Subject"] == "Lifft i Ynys Môn – 9:10am"


def test_letters_are_kept_in_order(client: "SESV2Client", tmp_path: Path) -> None:
    ids = [_send(client, Raw={"Data": _letter()}) for _ in range(5)]

    assert [path.stem for path in sorted(tmp_path.glob("*.eml"))] == ids


def test_many_senders_at_once_lose_nothing(client: "SESV2Client", tmp_path: Path) -> None:
    senders = [
        threading.Thread(target=_send, args=[client], kwargs={"Raw": {"Data": _letter()}})
        for _ in range(20)
    ]

    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert [path.suffix for path in tmp_path.iterdir()] == [".eml"] * 20


def test_only_raw_letters_are_taken(client: "SESV2Client", tmp_path: Path) -> None:
    simple = {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}

    with pytest.raises(ClientError, match="Raw") as caught:
        _send(client, Simple=simple)

    assert caught.value.response["Error"]["Code"] == "BadRequestException"
    assert list(tmp_path.iterdir()) == []


def _told(folder: Path, event: dict[str, Any]) -> str:
    found = []
    sources.deliver_from_topic(
        ses.news(folder), lambda each, _: found.append(each["Records"][0]["Sns"]), limit_s=30
    )
    assert not list(ses.news(folder).iterdir())
    mails = [json.loads(sns["Message"]) for sns in found]
    assert all(mail["mail"] == {**mail["mail"], **event} for mail in mails)
    return " ".join(mail["eventType"] for mail in mails)


@pytest.mark.parametrize(
    ("reader", "kinds"),
    [
        ("ann@example.org", "Send Delivery"),
        ("bounce@simulator.amazonses.com", "Send Bounce"),
        ("bounce+7@simulator.amazonses.com", "Send Bounce"),
        ("complaint@simulator.amazonses.com", "Send Delivery Complaint"),
        ("bounce@example.org", "Send Delivery"),
    ],
)
def test_a_letter_with_a_configuration_set_makes_news(
    client: "SESV2Client", tmp_path: Path, reader: str, kinds: str
) -> None:
    message_id = client.send_email(
        Destination={"ToAddresses": [reader]},
        Content={"Raw": {"Data": _letter()}},
        ConfigurationSetName="letters",
        EmailTags=[{"Name": "row", "Value": "cm93"}],
    )["MessageId"]

    tags = {"ses:configuration-set": ["letters"], "row": ["cm93"]}
    told = _told(tmp_path, {"messageId": message_id, "destination": [reader], "tags": tags})
    assert told == kinds


def test_news_that_fail_are_told_again(client: "SESV2Client", tmp_path: Path) -> None:
    def fail(_event: Any, _context: Any) -> None:
        raise RuntimeError("on purpose")

    client.send_email(
        Destination={"ToAddresses": ["ann@example.org"]},
        Content={"Raw": {"Data": _letter()}},
        ConfigurationSetName="letters",
    )

    assert not sources.deliver_from_topic(ses.news(tmp_path), fail, limit_s=30)
    assert _told(tmp_path, {}) == "Send Delivery"


def test_a_letter_without_a_configuration_set_makes_none(
    client: "SESV2Client", tmp_path: Path
) -> None:
    _send(client, Raw={"Data": _letter()})

    assert not ses.news(tmp_path).exists()


def test_whatever_else_ses_can_do_is_not_played(client: "SESV2Client") -> None:
    with pytest.raises(ClientError, match="Not played locally"):
        client.create_configuration_set(ConfigurationSetName="x")
