"""The SES stand-in takes what SES would, and has a letter safe before it says so."""

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

from infra import ses

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


def test_whatever_else_ses_can_do_is_not_played(client: "SESV2Client") -> None:
    with pytest.raises(ClientError, match="Not played locally"):
        client.create_configuration_set(ConfigurationSetName="x")
