"""Letters as they leave us: subject, text, html, perhaps a calendar entry.

`write` fills a letter's three templates, a mailer sends it, as `mime` puts it together.
Nothing here knows what a letter is about: `services.letters` says that.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from botocore import exceptions as aws

from chalicelib import tags
from chalicelib.domain.campaign import Campaign
from chalicelib.domain.change import LetterName
from chalicelib.errors import Busy, NotAllowed
from chalicelib.mime import LONGEST_SUBJECT, Letter, address, mime, one_line, visible
from chalicelib.rendering import render, site_of

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

__all__ = ["Letter", "Mailer", "Outbox", "SesMailer", "TooFast", "Unknown", "words", "write"]

WIDTH = 72
"""Letters of a line in the plain text; addresses may be longer, and stay whole."""

FOR_GOOD = frozenset({"MessageRejected", "BadRequestException", "InvalidParameterValue"})
"""Codes with which SES refuses this letter, today and tomorrow."""

NEVER_LEFT = (
    aws.EndpointConnectionError,
    aws.ConnectTimeoutError,
    aws.ProxyConnectionError,
    aws.NoCredentialsError,
)
"""Faults before a word was said: the letter was certainly not taken."""


TOO_FAST = "Maximum sending rate exceeded"
"""What SES says when it takes letters, but fewer a second. Its code is that of a day's quota, too:
https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html"""


UNSAID = frozenset({500, 502, 504})
"""Statuses after which nobody knows whether the letter was taken: a second one may be a second
letter, so what the carrier tells us later decides."""


class Mailer(Protocol):
    """Sends letters."""

    @property
    def reports(self) -> bool:
        """Whether the carrier tells us of every letter that it has taken."""

    def send(self, letter: Letter) -> str:
        """Send it, and return the carrier's id for it.

        Raises
        ------
        NotAllowed
            When it is refused for good.
        TooFast
            When it was certainly not taken, because others were in this very second.
        Busy
            When it was certainly not taken, and may be later.
        Unknown
            When there was no answer: it may have been taken, so it must not be sent again
            before the carrier's silence has said that it was not.
        """


class Unknown(Exception):
    """No answer came: the letter may or may not be on its way."""


class TooFast(Busy):
    """The carrier takes letters, but not so many a second."""


@dataclass(slots=True)
class Outbox:
    """The mailer of tests and simulations: keeps letters instead of sending them."""

    letters: list[Letter] = field(default_factory=list)
    reports: bool = False

    def send(self, letter: Letter) -> str:
        """Keep it; its id is its number."""
        self.letters.append(letter)
        return f"outbox-{len(self.letters)}"


@dataclass(frozen=True, slots=True)
class SesMailer:
    """The real mailer.

    The client must make one attempt only (`wiring.ONCE`): SES has no idempotency token.

    Attributes
    ----------
    configuration_set
        The set whose event destination brings us news of letters; "" for none.
    """

    client: "SESV2Client"
    sender: str
    configuration_set: str = ""

    @property
    def reports(self) -> bool:
        """With a configuration set it does."""
        return bool(self.configuration_set)

    def send(self, letter: Letter) -> str:
        """Hand it to SES."""
        message = mime(letter, self.sender)
        try:
            answer = self.client.send_email(
                Destination={"ToAddresses": [address(letter.to).addr_spec]},
                Content={"Raw": {"Data": message}},
                **self._beside(letter),
            )
        except aws.ClientError as error:
            raise _refusal(error) from error
        except NEVER_LEFT as error:
            raise Busy("The mail service cannot be reached.") from error
        except aws.BotoCoreError as error:
            raise Unknown from error
        return answer["MessageId"]

    def _beside(self, letter: Letter) -> Any:
        """What has SES tell us of this letter, and of which."""
        named = [{"Name": name, "Value": value} for name, value in tags.of_letter(letter).items()]
        beside: Any = {"EmailTags": named}
        if self.configuration_set:
            beside["ConfigurationSetName"] = self.configuration_set
        return beside


def _refusal(error: aws.ClientError) -> Exception:
    """What an answer of SES means. Its 500, and a gateway's 502 or 504, do not say whether it
    took the letter before it failed.

    All the rest (throttled, paused, no rights, not verified) is no fault of the letter's,
    and it waits until a person or time has mended it.
    """
    if TOO_FAST in error.response["Error"].get("Message", ""):
        return TooFast("The mail service takes fewer letters a second.")
    if error.response["Error"]["Code"] in FOR_GOOD:
        return NotAllowed("The mail service refuses this letter.")
    if error.response["ResponseMetadata"]["HTTPStatusCode"] in UNSAID:
        return Unknown()
    return Busy("The mail service takes no letters now.")


def write(
    name: LetterName,
    campaign: Campaign,
    base_url: str,
    *,
    key: str,
    to: str,
    at: datetime,
    facts: Mapping[str, Any],
    calendar: str = "",
    method: str = "",
) -> Letter:
    """Fill the three templates of a letter."""
    parts = {
        part: words(f"emails/{name}.{part}", campaign, base_url, facts)
        for part in ("subject.txt", "txt", "html")
    }
    return Letter(
        key=key,
        to=to,
        at=at,
        subject=one_line(parts["subject.txt"], LONGEST_SUBJECT),
        text=_wrapped(parts["txt"]),
        html=parts["html"],
        reply_to=campaign.contact,
        calendar=calendar,
        method=method,
    )


def words(template: str, campaign: Campaign, base_url: str, facts: Mapping[str, Any]) -> str:
    """A template of a letter, filled; whatever its facts hold, nothing invisible is in it."""
    return visible(render(template, site_of(campaign, base_url), facts)).strip()


def _wrapped(text: str) -> str:
    """Lines of up to `WIDTH`, never two empty ones; what follows a "- " is indented."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip():
            hang = "  " if line.startswith("- ") else ""
            lines += textwrap.wrap(
                line.strip(),
                WIDTH,
                subsequent_indent=hang,
                break_long_words=False,
                break_on_hyphens=False,
            )
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines) + "\n"
