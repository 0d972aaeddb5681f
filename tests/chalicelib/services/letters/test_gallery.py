"""What must hold for every letter in every state, whatever people typed."""

import re
from collections.abc import Mapping
from email import message_from_bytes, policy
from importlib import resources

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.mime import Letter, mime
from chalicelib.services.letters.truth import TRUE_IN
from tests.builders import CHORLTON, SALE, STRETFORD
from tests.chalicelib.services.letters.gallery import Case, Words, letters_of
from tests.chalicelib.services.letters.reading import (
    check_calendar,
    holds,
    plain,
    times,
    unbalanced,
    words,
)

HOSTILE = Words(
    title='=1+1 <script>alert(1)</script>\r\nBcc: eve@example.org\x00 \u202e"A"; {{ 7 * 7 }} ' * 3,
    description="</p><img src=x onerror=alert(1)>\x00\r\n.\r\nQUIT {% raw %}",
    meeting_point="END:VEVENT\r\nBEGIN:VALARM\u2028<b>there</b>",
    name='Ria<b>"\r\nCc:eve@example.org\x00\u202e Shah',
    driver='Dan"\r\nATTENDEE:mailto:eve@example.org\x00\u202e Price',
)
TEMPLATES = resources.files("templates") / "emails"


@pytest.fixture
def gallery(world: Adapters) -> Mapping[Case, Letter]:
    return letters_of(world, Words())


@pytest.fixture
def hostile(world: Adapters) -> Mapping[Case, Letter]:
    return letters_of(world, HOSTILE)


def test_every_letter_has_its_three_templates() -> None:
    wanted = {str(name) for name in LetterName}
    wanted |= {f"{name}/{about}" for name, about in TRUE_IN if about}

    parts = {name: [TEMPLATES / f"{name}.{part}" for part in ("subject.txt", "txt", "html")]
             for name in wanted}  # fmt: skip

    assert [name for name, files in parts.items() if not all(one.is_file() for one in files)] == []


def test_every_letter_name_may_be_sent_in_some_state() -> None:
    assert {name for name, _ in TRUE_IN} == set(LetterName)


def test_html_letters_take_the_same_words_as_text_letters() -> None:
    """A link to one file; where links are not kept, at least the same content."""
    assert (TEMPLATES / "words.html").read_text() == (TEMPLATES / "words.txt").read_text()


def test_a_subject_is_one_short_line(gallery: Mapping[Case, Letter]) -> None:
    bad = {case: letter.subject for case, letter in gallery.items()
           if "\n" in letter.subject or not 10 < len(letter.subject) <= 120}  # fmt: skip

    assert bad == {}


def test_letters_about_a_lift_tell_its_time_and_place_in_the_subject(
    gallery: Mapping[Case, Letter],
) -> None:
    wanted = {LetterName.LIFT_PROPOSED: "Altrincham", LetterName.LIFT_ACCEPTED: "Altrincham",
              LetterName.PLACE_ASKED: "Altrincham",
              LetterName.LIFT_CONFIRMED: STRETFORD.label}  # fmt: skip

    for case, letter in gallery.items():
        if place := wanted.get(case.name):
            assert place in letter.subject
            assert times(letter.subject)


def test_nothing_of_the_templates_shows(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        whole = letter.subject + letter.text + letter.html + letter.calendar
        assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|None|Undefined|timedelta", whole), case


def test_text_and_html_tell_the_same_times(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        assert times(letter.text) == times(words(letter.html)), case
        assert times(letter.subject) <= times(letter.text), case


def test_the_text_reads_well_by_itself(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        assert not re.search(r"<\w|&\w+;|\n\n\n|[ \t]\n", letter.text), case
        long = [line for line in letter.text.splitlines() if len(line) > 72 and " " in line]
        assert long == [], case


def test_every_letter_says_who_wrote_why_and_whom_to_ask(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        for told in (" ".join(letter.text.split()), words(letter.html)):
            assert "Open Doors" in told, case
            assert re.search(r"You get this letter because \w+.{10,}\. Questions", told), case
            assert "hello@open-doors.example" in told, case


def test_every_link_of_the_html_is_in_the_text_and_leads_to_us(
    gallery: Mapping[Case, Letter],
) -> None:
    for case, letter in gallery.items():
        links = set(re.findall(r'href="([^"]+)"', letter.html)) - {
            "mailto:hello@open-doors.example"
        }
        assert links == set(re.findall(r"https?://\S+", letter.text)), case
        assert all(link.startswith("https://lifts.example/") for link in links), case


def test_an_html_letter_loads_nothing_and_is_well_formed(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        assert not re.search(r"(?i)<(img|script|link|iframe|style|form)\b| src=|url\(", letter.html)
        assert unbalanced(letter.html) == [], case


def test_a_driver_never_reads_where_exactly_riders_live(gallery: Mapping[Case, Letter]) -> None:
    secret = [STRETFORD.label, SALE.label, "53.4", "-2.3", "ria@", "sam@", "Shah", "Po"]

    for case, letter in gallery.items():
        if case.kind in {Lift, Offer} and case.name is not LetterName.RIDERS_STRANDED:
            assert letter.to == "dan@example.org"
            assert [one for one in secret if holds(letter, one)] == [], case


def test_an_organiser_reads_how_many_and_whence_and_nothing_of_who_they_are(
    gallery: Mapping[Case, Letter],
) -> None:
    secret = [STRETFORD.label, SALE.label, CHORLTON.label, "53.4", "-2.3", "sam@", "dan@", "Sam"]

    [letter] = [one for case, one in gallery.items() if case.name is LetterName.RIDERS_STRANDED]

    assert [one for one in secret if holds(letter, one)] == []
    assert STRETFORD.area in letter.text
    assert SALE.area in letter.text


def test_what_one_has_ended_can_be_undone_from_the_letter(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        if case.about.startswith("by_you"):
            text = " ".join(letter.text.split())
            assert "a mistake, undo it until 12:10pm: https://lifts.example/manage/" in text, case


def test_a_rider_reads_nothing_of_the_others_but_the_drivers_first_name(
    gallery: Mapping[Case, Letter],
) -> None:
    secret = [CHORLTON.label, CHORLTON.area, SALE.label, "Sale", "Price", "dan@", "Sam", "53.4"]

    for case, letter in gallery.items():
        if case.kind is Request:
            assert letter.to == "ria@example.org"
            assert [one for one in secret if holds(letter, one)] == [], case


def test_a_letter_to_an_unconfirmed_address_is_the_same_whatever_its_writer_typed(
    gallery: Mapping[Case, Letter], hostile: Mapping[Case, Letter]
) -> None:
    """PROMISES S9: nobody can have us send their words to somebody else."""
    unconfirmed = [case for case in gallery if case.state == "unconfirmed"]

    assert len(unconfirmed) == 4
    for case in unconfirmed:
        assert plain(gallery[case]) == plain(hostile[case]), case


def test_calendars_are_what_mail_programs_take(gallery: Mapping[Case, Letter]) -> None:
    for case, letter in gallery.items():
        if letter.calendar:
            check_calendar(letter)
            assert letter.method == ("CANCEL" if case.name is LetterName.CANCELLED or
                                     case.about.endswith("_lift") else "REQUEST")  # fmt: skip


def test_whoever_has_a_plan_gets_a_calendar_entry(gallery: Mapping[Case, Letter]) -> None:
    planned = {case for case, letter in gallery.items() if letter.method == "REQUEST"}
    known_already = {LetterName.REMINDER, LetterName.AFTERWARDS, LetterName.PLACE_ASKED}

    assert planned == {
        case for case in gallery
        if case.state in {"coming", "confirmed", "accepted", "locked"}
        and case.name not in known_already
    }  # fmt: skip


def test_hostile_words_stay_words(hostile: Mapping[Case, Letter]) -> None:
    """PROMISES S7."""
    for case, letter in hostile.items():
        assert not re.search(r"(?i)<(script|img|b)\b", letter.html), case
        assert unbalanced(letter.html) == [], case
        assert not re.search(r"\b49\b", letter.text), case
        assert len(letter.subject) <= 120, case
        for part in (letter.subject, letter.text, letter.html):
            assert all(char == "\n" or char.isprintable() for char in part), case


def test_hostile_words_add_no_header_and_no_calendar_line(
    hostile: Mapping[Case, Letter],
) -> None:
    for letter in hostile.values():
        message = message_from_bytes(
            mime(letter, "Open Doors <lifts@open-doors.example>"), policy=policy.default
        )
        assert set(message.keys()) == {
            "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted",
            "MIME-Version", "Content-Type",
        }  # fmt: skip
        assert str(message["To"]) == letter.to
        assert b"\x00" not in message.as_bytes()
        if letter.calendar:
            check_calendar(letter)
