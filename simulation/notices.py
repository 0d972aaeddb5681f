"""What SES tells about a letter, as it comes to a Lambda through SNS.

The shapes are those of "Examples of event data that Amazon SES publishes to Amazon SNS" in
the SES developer guide. Begin with `event`.
"""

import json
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from typing import Any

from simulation.ses import Letter, Notice
from simulation.tables.streams import ACCOUNT, REGION

MTA = "dsn; mta.example.com"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:letters"


def event(notice: Notice, at: datetime, *, bounce: str = "Permanent") -> dict[str, Any]:
    """The event of a Lambda that hears of *notice* at that instant.

    Parameters
    ----------
    bounce
        Of a "Bounce": "Permanent", "Transient" or "Undetermined".
    """
    told = {
        "eventType": notice.kind,
        notice.kind[0].lower() + notice.kind[1:]: _details(notice, _stamp(at), bounce),
        "mail": _mail(notice.letter),
    }
    record = {
        "EventVersion": "1.0",
        "EventSubscriptionArn": f"{TOPIC}:simulated",
        "EventSource": "aws:sns",
        "Sns": _sns(f"{notice.letter.id}-{notice.kind}", json.dumps(told), _stamp(at)),
    }
    return {"Records": [record]}


def _sns(message_id: str, message: str, stamp: str) -> dict[str, Any]:
    return {
        "SignatureVersion": "1",
        "Timestamp": stamp,
        "Signature": "simulated",
        "SigningCertUrl": f"https://sns.{REGION}.amazonaws.com/simulated.pem",
        "MessageId": message_id,
        "Message": message,
        "MessageAttributes": {},
        "Type": "Notification",
        "UnsubscribeUrl": f"https://sns.{REGION}.amazonaws.com/",
        "TopicArn": TOPIC,
        "Subject": "Amazon SES Email Event Notification",
    }


@lru_cache(4)
def _head(raw: bytes) -> EmailMessage:
    """A letter's head; each letter has two events, one soon after the other."""
    return message_from_bytes(raw, policy=policy.default)


def _mail(letter: Letter) -> dict[str, Any]:
    message = _head(letter.raw)
    source = str(message["From"] or "")
    tags = {name: [value] for name, value in letter.tags.items()}
    return {
        "timestamp": _stamp(letter.at),
        "source": source,
        "sendingAccountId": ACCOUNT,
        "messageId": letter.id,
        "destination": list(letter.to),
        "headersTruncated": False,
        "headers": [{"name": name, "value": str(text)} for name, text in message.items()],
        "commonHeaders": {
            "from": [source],
            "to": list(letter.to),
            "messageId": letter.id,
            "subject": str(message["Subject"] or ""),
        },
        "tags": {"ses:configuration-set": [letter.configuration_set], **tags},
    }


def _details(notice: Notice, stamp: str, bounce: str) -> dict[str, Any]:
    to, feedback = notice.letter.to, {"timestamp": stamp, "feedbackId": f"{notice.letter.id}-back"}
    match notice.kind:
        case "Delivery":
            return _delivery(to, stamp)
        case "Bounce":
            kind = {"bounceType": bounce, "bounceSubType": "General", "reportingMTA": MTA}
            return kind | feedback | {"bouncedRecipients": [_bounced(one) for one in to]}
        case "Complaint":
            kind = {"complaintFeedbackType": "abuse", "arrivalDate": stamp}
            return kind | feedback | {"complainedRecipients": [{"emailAddress": one} for one in to]}
        case "DeliveryDelay":
            late = [{"emailAddress": one, "status": "4.4.7"} for one in to]
            kind = {"delayType": "TransientCommunicationFailure", "timestamp": stamp}
            return {**kind, "delayedRecipients": late}
        case "Reject":
            return {"reason": "Bad content"}
    return {}


def _delivery(to: tuple[str, ...], stamp: str) -> dict[str, Any]:
    return {
        "timestamp": stamp,
        "processingTimeMillis": 900,
        "recipients": list(to),
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": MTA,
    }


def _bounced(address: str) -> dict[str, str]:
    return {
        "emailAddress": address,
        "action": "failed",
        "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 user unknown",
    }


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
