"""A stand-in for SES: takes what boto3's sesv2 ``send_email`` sends, and keeps each letter.

A letter is a file ``<id>.eml``, byte for byte as SES would have got it. It is there in full
and on the disk before the sender gets its MessageId, as a letter that SES accepted. Ids sort
by time. Only raw letters are taken, because this service sends no others.
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

_LARGEST = 40 * 1024 * 1024  # SES's own limit on a letter, in bytes


def server(folder: Path) -> ThreadingHTTPServer:
    """Make a server on a free loopback port that keeps letters in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    return _Server(("127.0.0.1", 0), partial(_Ses, folder))


def keep(folder: Path, letter: bytes) -> str:
    """Write *letter* so that a reader, or a crash, finds all of it or nothing; answer its id."""
    letter_id = f"{time.time_ns():020d}-{secrets.token_hex(8)}"
    unfinished = folder / f".{letter_id}"
    with unfinished.open("wb") as file:
        file.write(letter)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"{letter_id}.eml")
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)
    return letter_id


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
            letter = _raw_letter(self.rfile.read(self._length()))
        except _Refused as refused:
            return self._answer(HTTPStatus.BAD_REQUEST, message=str(refused))
        return self._answer(HTTPStatus.OK, MessageId=keep(self.folder, letter))

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


def _raw_letter(body: bytes) -> bytes:
    try:
        request = json.loads(body)
        letter = base64.b64decode(request["Content"]["Raw"]["Data"], validate=True)
        addresses = request["Destination"]["ToAddresses"]
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise _Refused("Only Content.Raw with a Destination is played locally.") from error
    if not letter or not addresses or len(letter) > _LARGEST:
        raise _Refused("A letter needs contents, an addressee, and 40 MB at most.")
    return letter
