"""SES's news of letters, as its event publishing puts them into an SNS topic.

Their form: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
Of it only the kind and our own tags are read, never an address nor a header.
"""

import json
from typing import Any

from chalicelib import tags
from chalicelib.domain.report import Fate, Report

_FATES = {
    "Send": Fate.SENT,
    "Delivery": Fate.SENT,
    "DeliveryDelay": Fate.SENT,  # it has been taken, and SES goes on trying
    "Reject": Fate.REFUSED,
    "Rendering Failure": Fate.REFUSED,
}


def read(message: str) -> Report | None:
    """What an SNS message says of a letter of ours; None: nothing that matters.

    Raises
    ------
    ValueError, KeyError, TypeError, AttributeError
        When it is none of SES's, or not of a letter of ours.
    """
    news: dict[str, Any] = json.loads(message)
    fate = _fate(news)
    if fate is None:
        return None
    row_id, edition, reader = tags.read(news["mail"]["tags"])
    return Report(row_id, edition, reader, fate)


def _fate(news: dict[str, Any]) -> Fate | None:
    match news["eventType"]:
        case "Bounce":
            # A full mailbox or a server that is down is transient: the address is good.
            permanent = news["bounce"]["bounceType"] == "Permanent"
            return Fate.BOUNCED if permanent else Fate.SENT
        case "Complaint":
            # Some providers tell us as well when a reader says that it is no spam.
            fine = news["complaint"].get("complaintFeedbackType") == "not-spam"
            return Fate.SENT if fine else Fate.COMPLAINED
    return _FATES.get(news["eventType"])
