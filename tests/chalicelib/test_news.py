"""What SES says of letters, in the form that its documentation shows."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import news, tags
from chalicelib.domain.report import Fate, Report
from tests.builders import a_person
from tests.chalicelib.test_mime import LETTER

READER = a_person("Ria Shah")
TAGS = {name: [value] for name, value in tags.of_letter(LETTER).items()}
MAIL = {
    "timestamp": "2026-11-20T12:00:00.000Z",
    "source": "Open Doors <lifts@open-doors.example>",
    "sendingAccountId": "123456789012",
    "messageId": "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
    "destination": [READER.email],
    "headersTruncated": False,
    "headers": [{"name": "To", "value": READER.email}],
    "commonHeaders": {"to": [READER.email], "subject": "Your lift"},
    "tags": {"ses:configuration-set": ["letters"], "ses:source-ip": ["192.0.2.0"], **TAGS},
}


def told(kind: str, **facts: Any) -> str:
    return json.dumps({"eventType": kind, "mail": MAIL, **facts})


def bounce(kind: str) -> dict[str, Any]:
    return {"bounceType": kind, "bounceSubType": "General",
            "bouncedRecipients": [{"emailAddress": READER.email, "status": "5.1.1"}]}  # fmt: skip


@pytest.mark.parametrize(
    ("message", "fate"),
    [
        (told("Send", send={}), Fate.SENT),
        (told("Delivery", delivery={"recipients": [READER.email]}), Fate.SENT),
        (told("DeliveryDelay", deliveryDelay={"delayType": "MailboxFull"}), Fate.SENT),
        (told("Bounce", bounce=bounce("Permanent")), Fate.BOUNCED),
        (told("Bounce", bounce=bounce("Transient")), Fate.SENT),
        (told("Bounce", bounce=bounce("Undetermined")), Fate.SENT),
        (told("Complaint", complaint={"complaintFeedbackType": "abuse"}), Fate.COMPLAINED),
        (told("Complaint", complaint={}), Fate.COMPLAINED),
        (told("Complaint", complaint={"complaintFeedbackType": "not-spam"}), Fate.SENT),
        (told("Reject", reject={"reason": "Bad content"}), Fate.REFUSED),
        (told("Rendering Failure", failure={"errorMessage": "..."}), Fate.REFUSED),
    ],
)
def test_what_each_kind_of_news_means(message: str, fate: Fate) -> None:
    assert news.read(message) == Report(LETTER.key, LETTER.edition, READER.key, fate)


@pytest.mark.parametrize("kind", ["Open", "Click", "Subscription", "a kind of next year"])
def test_other_news_do_not_matter(kind: str) -> None:
    assert news.read(told(kind)) is None


@given(st.text(min_size=1, max_size=140), st.text(max_size=40))
def test_tags_hold_whatever_an_id_may_be_in_what_ses_allows(row_id: str, edition: str) -> None:
    letter = LETTER.__class__(**{**_fields(), "key": row_id, "edition": edition})

    sent = tags.of_letter(letter)

    alphabet = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    assert all(set(text) <= alphabet and text for tag in sent.items() for text in tag)
    assert tags.read({name: [value] for name, value in sent.items()}) == (
        row_id, edition, READER.key,
    )  # fmt: skip


def _fields() -> dict[str, Any]:
    return {name: getattr(LETTER, name) for name in LETTER.__dataclass_fields__}


def test_the_longest_of_our_ids_fits_into_a_tag() -> None:
    longest = f"cancelled:signup-20261128-{'a' * 24}:after-20261128T0930:{'a' * 24}"

    sent = tags.of_letter(LETTER.__class__(**{**_fields(), "key": longest}))

    assert all(len(value) <= 256 for value in sent.values())
