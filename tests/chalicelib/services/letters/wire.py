"""Everything that the mail handlers say to AWS, in one place: to count it, fault it, die at it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError
from botocore.httpsession import URLLib3Session

from chalicelib.storage.tables import OutboxRow
from tests.builders import ListedQueues
from tests.chalicelib.services.letters.post import Died

LOST = "the letter is lost on the way"
UNANSWERED = "the letter is taken, and the answer lost"
PAUSED = "the letter is refused, for sending is paused"


@dataclass
class Wire:
    """The way to AWS.

    Attributes
    ----------
    fatal
        Number of the call at which the process dies: before it, or *after* it was carried out.
    ses
        What happens to the next letters, one word each; then they go as they should.
    asleep
        A test looks around: nothing counts.
    """

    fatal: int = 0
    after: bool = False
    made: int = 0
    ses: list[str] = field(default_factory=list)
    asleep: bool = False

    def sent(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        """Botocore's hook: let it pass (None), answer in its place, or raise."""
        if self.asleep:
            return None
        self.made += 1
        is_fatal = self.made == self.fatal
        if is_fatal and not self.after:
            raise Died
        answer = self._answer(request)
        if is_fatal:
            if answer is None:
                URLLib3Session().send(request)
            raise Died
        return answer

    def _answer(self, request: AWSPreparedRequest) -> AWSResponse | None:
        if not request.url.endswith("/v2/email/outbound-emails") or not self.ses:
            return None
        fault = self.ses.pop(0)
        if fault == PAUSED:
            return refusal(request, "SendingPausedException")
        if fault == UNANSWERED:
            URLLib3Session().send(request)
        raise ReadTimeoutError(endpoint_url=request.url)

    def queued(self) -> None:
        """A call to a queue that the tests play themselves; dying after it is the next call's."""
        self.made += 1
        if self.made == self.fatal:
            raise Died


class _Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        """All of it at once."""
        yield self.read()


def refusal(request: AWSPreparedRequest, code: str, status: int = 400) -> AWSResponse:
    """SES's answer with that code."""
    headers = HTTPHeaders()
    headers["x-amzn-ErrorType"] = code
    return AWSResponse(request.url, status, headers, _Raw(b"{}"))


@contextmanager
def watched(wire: Wire, *clients: Any) -> Iterator[None]:
    """Have *wire* between *clients*, and the tables' one, and AWS."""
    tables = OutboxRow._get_connection().connection.client
    for client in (tables, *clients):
        client.meta.events.register_first("before-send", wire.sent)
    try:
        yield
    finally:
        for client in (tables, *clients):
            client.meta.events.unregister("before-send", wire.sent)


@dataclass(slots=True)
class WiredQueues(ListedQueues):
    """Queues that are on the wire, too."""

    wire: Wire = field(default_factory=Wire)

    def mail(self, row_id: str) -> None:
        """Keep an outbox row's id."""
        self.wire.queued()
        self.letters.append(row_id)
