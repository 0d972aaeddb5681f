"""A stand-in for SES: takes what boto3's sesv2 ``send_email`` sends, and keeps each letter.

A letter is a file ``<id>.eml``, byte for byte as SES would have got it. It is there in full
and on the disk before the sender gets its MessageId, as a letter that SES accepted. Ids sort
by time. Only raw letters are taken, because this service sends no others.

A letter that names a configuration set makes news, as with SES, in the folder that `news` names;
`sources` brings them to their handler. SES's own mailbox simulator is played: what goes to
bounce@simulator.amazonses.com comes back, and complaint@simulator.amazonses.com calls it spam.
"""

import base64
import binascii
import json
import os
import secrets
import time
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_SIMULATOR = "simulator.amazonses.com"
_LARGEST = 40 * 1024 * 1024  # SES's own limit on a letter, in bytes


def server(folder: Path) -> ThreadingHTTPServer:
    """Make a server on a free loopback port that keeps letters in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    return _Server(("127.0.0.1", 0), partial(_Ses, folder))


def news(folder: Path) -> Path:
    """Where the news of the letters in *folder* wait, one file each."""
    return folder / "news"


def keep(folder: Path, letter: bytes) -> str:
    """Write *letter* so that a reader, or a crash, finds all of it or nothing; answer its id."""
    letter_id = f"{time.time_ns():020d}-{secrets.token_hex(8)}"
    _write(folder, f"{letter_id}.eml", letter)
    return letter_id


def _write(folder: Path, name: str, content: bytes) -> None:
    unfinished = folder / f".{name}"
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / name)
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def _tell(folder: Path, letter_id: str, request: dict[str, Any]) -> None:
    """Leave the news of a letter that was kept, in the form in which SES publishes them.

    https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html
    """
    if not request.get("ConfigurationSetName"):
        return
    given = {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags", [])}
    tags = {"ses:configuration-set": [request["ConfigurationSetName"]], **given}
    readers = request["Destination"]["ToAddresses"]
    mail = {"messageId": letter_id, "destination": readers, "tags": tags}
    news(folder).mkdir(exist_ok=True)
    for number, told in enumerate(_fates(readers[0])):
        content = json.dumps({**told, "mail": mail}).encode()
        _write(news(folder), f"{letter_id}-{number}.json", content)


def _fates(reader: str) -> list[dict[str, Any]]:
    who, _, domain = reader.partition("@")
    simulated = who.partition("+")[0] if domain == _SIMULATOR else ""
    sent: dict[str, Any] = {"eventType": "Send", "send": {}}
    delivered = {"eventType": "Delivery", "delivery": {"recipients": [reader]}}
    if simulated == "bounce":
        dead = [{"emailAddress": reader, "action": "failed", "status": "5.1.1"}]
        bounce = {"bounceType": "Permanent", "bouncedRecipients": dead}
        return [sent, {"eventType": "Bounce", "bounce": {"bounceSubType": "General", **bounce}}]
    if simulated == "complaint":
        readers = [{"emailAddress": reader}]
        complaint = {"complaintFeedbackType": "abuse", "complainedRecipients": readers}
        return [sent, delivered, {"eventType": "Complaint", "complaint": complaint}]
    return [sent, delivered]


class _Refused(Exception):
    """What SES would answer with 400."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # 5 by default: with more senders at once, some would wait a second


class _Ses(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer waits 40 ms
    timeout = 30

    def __init__(self, folder: Path, *arguments: Any) -> None:
        self.folder = folder
        super().__init__(*arguments)

    def do_POST(self) -> None:
        if self.path != "/v2/email/outbound-emails":
            return self._answer(HTTPStatus.NOT_FOUND, message=f"Not played locally: {self.path}")
        try:
            request, letter = _request(self.rfile.read(self._length()))
        except _Refused as refused:
            return self._answer(HTTPStatus.BAD_REQUEST, message=str(refused))
        letter_id = keep(self.folder, letter)
        _tell(self.folder, letter_id, request)
        return self._answer(HTTPStatus.OK, MessageId=letter_id)

    def _length(self) -> int:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > 2 * _LARGEST:
            self.close_connection = True  # the body that follows cannot be skipped
            raise _Refused("A letter needs a Content-Length, and SES takes 40 MB at most.")
        return int(length)

    def _answer(self, status: HTTPStatus, **facts: str) -> None:
        body = json.dumps(facts).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status is HTTPStatus.BAD_REQUEST:
            self.send_header("x-amzn-ErrorType", "BadRequestException")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the mailbox shows what arrived."""


def _request(body: bytes) -> tuple[dict[str, Any], bytes]:
    """What is asked, and the letter in it."""
    try:
        request: dict[str, Any] = json.loads(body)
        letter = base64.b64decode(request["Content"]["Raw"]["Data"], validate=True)
        addresses = request["Destination"]["ToAddresses"]
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise _Refused("Only Content.Raw with a Destination is played locally.") from error
    if not letter or not addresses or len(letter) > _LARGEST:
        raise _Refused("A letter needs contents, an addressee, and 40 MB at most.")
    return request, letter
