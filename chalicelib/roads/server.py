"""A road server over HTTP: one question, one JSON answer or none, in bounded time.

Bounded in attempts, seconds and bytes, and redirects are not followed: whoever is
configured is asked, and nobody else. Logs say who failed and how, never the question.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from urllib3 import BaseHTTPResponse, PoolManager, Timeout, exceptions

log = logging.getLogger("marginal_lifts")
# Its warnings quote the address asked, and in OSRM's addresses are people's homes.
logging.getLogger("urllib3").setLevel(logging.ERROR)

ATTEMPTS = 2
CONNECT_S = 2.0
PATIENCE_S = 10.0
"""Seconds for one attempt: servers answer 2,500 drives in one or two."""

MOST_BYTES = 32_000_000
"""More than the wordiest answer to the largest question, 500 by 500."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where one is, and what we ask it with.

    Attributes
    ----------
    url
        Its address, without a slash at the end.
    now
        The one clock.
    """

    kind: str
    url: str
    pool: PoolManager
    now: Callable[[], datetime]
    patience_s: float = PATIENCE_S

    @property
    def name(self) -> str:
        """Its kind, and a mark of its address: another server may have other roads."""
        return f"{self.kind}-{hashlib.sha256(self.url.encode()).hexdigest()[:8]}"

    def answer(self, method: str, path: str, body: object = None) -> Any:
        """What it answers, as JSON values; None when that is nothing usable."""
        failure = ""
        for _ in range(ATTEMPTS):
            try:
                status, said = self._once(method, path, body)
            except exceptions.HTTPError as error:
                failure = type(error).__name__
                continue
            if status == 200:
                return _parsed(said)
            failure = f"status {status}"
            if status < 500:  # it has understood us, and will not think better of it
                break
        log.warning("%s: no usable answer (%s)", self.name, failure)
        return None

    def _once(self, method: str, path: str, body: object) -> tuple[int, bytes]:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        response = self.pool.request(
            method,
            self.url + path,
            body=None if body is None else json.dumps(body).encode(),
            headers=headers,
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            timeout=Timeout(connect=CONNECT_S, read=self.patience_s),
        )
        try:
            return response.status, self._read(response)
        finally:
            response.close()  # of no effect on one read to its end, which is used again

    def _read(self, response: BaseHTTPResponse) -> bytes:
        """All of it: a timeout is for a single read, and a slow server may send many."""
        until = self.now() + timedelta(seconds=self.patience_s)
        said = bytearray()
        while piece := response.read1(65_536):
            said += piece
            if len(said) > MOST_BYTES:
                raise exceptions.ResponseError("too long")
            if self.now() > until:
                raise exceptions.TimeoutError("too slow")
        return bytes(said)


def _parsed(said: bytes) -> Any:
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None
