"""SES in memory: keeps every letter it accepts, and has events to tell about each.

It has no idempotency token, as SES has none: each request that is carried out is a letter
of its own. Events are told of letters that name a configuration set. Begin with
`Ses.send`, `letters` and `notices`.
"""

import base64
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from simulation.refusals import NotSimulated, Refused

REFUSALS = {
    "TooManyRequestsException": 429,
    "SendingPausedException": 400,
    "AccountSuspendedException": 400,
    "LimitExceededException": 400,
    "MailFromDomainNotVerifiedException": 400,
    "MessageRejected": 400,
}
"""Codes with which SES refuses a letter, and their HTTP status."""

DELIVERED = ("Send", "Delivery")
BOUNCED = ("Send", "Bounce")
COMPLAINED = ("Send", "Delivery", "Complaint")
LATE = ("Send", "DeliveryDelay", "Delivery")
REJECTED = ("Send", "Reject")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that SES has accepted.

    Attributes
    ----------
    id
        The MessageId that SES answered, or would have.
    to
        Addresses of the request, not of the letter's head.
    raw
        The letter itself.
    tags
        The request's EmailTags.
    """

    id: str
    at: datetime
    to: tuple[str, ...]
    raw: bytes
    tags: Mapping[str, str]
    configuration_set: str

    @property
    def message(self) -> EmailMessage:
        """The letter as a reader's program sees it; read anew each time."""
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass(frozen=True, slots=True)
class Notice:
    """An event that SES has to tell.

    Attributes
    ----------
    kind
        "Send", "Delivery", "DeliveryDelay", "Bounce", "Complaint" or "Reject".
    """

    letter: Letter
    kind: str


@dataclass(slots=True)
class Ses:
    """One account.

    Attributes
    ----------
    letters
        All that were accepted, oldest first.
    notices
        Events that nobody has handed on yet; `notices.event` writes one as Lambda gets it.
    fates
        Address -> the kinds of events that come of a letter to it; `DELIVERED` else.
    """

    now: Callable[[], datetime]
    letters: list[Letter] = field(default_factory=list)
    notices: deque[Notice] = field(default_factory=deque)
    fates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refusing: tuple[str, datetime] | None = None

    def refuse(self, code: str, until: datetime) -> None:
        """Refuse every letter before *until*, with one of the codes in `REFUSALS`."""
        if code not in REFUSALS:
            raise ValueError(f"SES has no {code}")
        self.refusing = (code, until)

    def answer(self, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a request on the wire asks.

        Raises
        ------
        Refused
            What SES would answer with an error.
        NotSimulated
            When it is anything but SendEmail with a raw letter.
        """
        if operation != "SendEmail" or "Raw" not in request.get("Content", {}):
            raise NotSimulated(f"SES's {operation}: {sorted(request)}")
        return {"MessageId": self.send(request).id}

    def send(self, request: Mapping[str, Any]) -> Letter:
        """Accept a letter."""
        if self.refusing is not None and self.now() < self.refusing[1]:
            code = self.refusing[0]
            raise Refused(code, "Sending is not possible at this time.", REFUSALS[code])
        to = tuple(request.get("Destination", {}).get("ToAddresses", ()))
        raw = base64.b64decode(request["Content"]["Raw"]["Data"])
        if not to or not raw:
            raise Refused("BadRequestException", "A letter needs an addressee and contents.")
        letter = Letter(
            f"{len(self.letters) + 1:016x}-00000000-0000-4000-8000-000000000000-000000",
            self.now(),
            to,
            raw,
            {tag["Name"]: tag["Value"] for tag in request.get("EmailTags") or ()},
            request.get("ConfigurationSetName") or "",
        )
        self.letters.append(letter)
        fate = next((self.fates[one] for one in to if one in self.fates), DELIVERED)
        if letter.configuration_set:
            self.notices.extend(Notice(letter, kind) for kind in fate)
        return letter
