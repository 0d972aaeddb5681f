"""Letters on the wire: the message, and that nobody can type a header into it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import NotAllowed
from chalicelib.mime import LONGEST_SUBJECT, Letter, mime, one_line

SENDER = "Drysau Agored Ŷ <lifts@open-doors.example>"
LETTER = Letter(
    key="lift_confirmed:request-20261128-aaaaaaaaaaaa:4",
    to="ria@example.org",
    at=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
    subject="Your lift on Saturday 28 November: be ready at 9:25am, M32 0JT",
    text="Be ready at 9:25am.\n",
    html="<p>Be ready at 9:25am, Siân.</p>\n",
    reply_to="hello@open-doors.example",
    calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    method="REQUEST",
)


def parsed(letter: Letter) -> EmailMessage:
    return message_from_bytes(mime(letter, SENDER), policy=policy.default)


def test_a_message_has_text_html_and_the_calendar_twice() -> None:
    message = parsed(LETTER)

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                     "text/calendar", "application/ics"]  # fmt: skip
    invitation = list(message.walk())[4]
    assert invitation.get_param("method") == "REQUEST"
    assert [part.get_filename() for part in message.iter_attachments()] == ["lift.ics"]


def test_the_same_letter_is_the_same_bytes_and_other_words_have_another_boundary() -> None:
    boundary = parsed(LETTER).get_boundary()
    assert boundary

    typed = replace(LETTER, text=f"--{boundary}\r\nContent-Type: text/html\r\n\r\n<b>hello</b>")

    assert mime(LETTER, SENDER) == mime(LETTER, SENDER)
    assert parsed(typed).get_boundary() != boundary
    assert len(list(parsed(typed).walk())) == len(list(parsed(LETTER).walk()))


def test_a_message_without_a_calendar_is_text_and_html() -> None:
    message = parsed(replace(LETTER, calendar="", method=""))

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_headers_say_who_to_whom_when_and_that_nobody_typed_it() -> None:
    message = parsed(LETTER)

    assert str(message["From"]) == "Drysau Agored Ŷ <lifts@open-doors.example>"
    assert str(message["To"]) == "ria@example.org"
    assert str(message["Reply-To"]) == "hello@open-doors.example"
    assert message["Date"].datetime == LETTER.at
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_letter_has_the_same_message_id_which_does_not_give_its_key_away() -> None:
    first, again = parsed(LETTER)["Message-ID"], parsed(LETTER)["Message-ID"]
    other = parsed(replace(LETTER, key="lift_confirmed:request-20261128-aaaaaaaaaaaa:5"))
    anew = parsed(replace(LETTER, edition="2026-11-20T12:30:00+00:00"))

    assert first == again
    assert len({first, other["Message-ID"], anew["Message-ID"]}) == 3
    assert first.endswith("@open-doors.example>")
    assert "request" not in first


def test_the_wire_form_is_ascii_in_short_lines() -> None:
    wire = mime(replace(LETTER, subject="Ŵ" * 100, text="Siân " * 300), SENDER)

    assert wire.isascii()
    assert all(len(line) <= 998 for line in wire.split(b"\r\n"))
    assert b"\n" not in wire.replace(b"\r\n", b"")


@given(st.text(max_size=300))
def test_nothing_typed_adds_a_header(typed: str) -> None:
    """PROMISES S7: not by line ends, not by NUL, not by what turns the writing round."""
    message = parsed(replace(LETTER, subject=f"Re {typed}\r\nBcc: eve@example.org\x00\u202e"))

    assert "Bcc" not in message
    subject = str(message["Subject"])
    assert len(subject) <= LONGEST_SUBJECT
    assert subject.isprintable()


@pytest.mark.parametrize(
    "to",
    ["", "ria", "ria@", "@example.org", "ria@example.org\r\nBcc: eve@example.org",
     "r\x00@a.example", "ria@example.org, eve@example.org", "siân@example.org",
     "ria@a..example", "a b@example.org", "\u202eria@example.org"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_for_good(to: str) -> None:
    with pytest.raises(NotAllowed):
        mime(replace(LETTER, to=to), SENDER)


def test_an_address_in_another_script_is_written_as_mail_wants_it() -> None:
    assert str(parsed(replace(LETTER, to="ria@tŷ.example"))["To"]) == "ria@xn--t-foa.example"


def test_one_line_is_cut_where_it_is_too_long() -> None:
    assert one_line("a\r\nb\tc   d\x00\u202e", 20) == "a bc d"
    assert one_line("abcdef", 4) == "abc…"
