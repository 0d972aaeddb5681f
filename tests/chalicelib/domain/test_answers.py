"""Whatever people type becomes a value or a sentence for them, and nothing else."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import answers
from chalicelib.errors import Invalid

TEXTS = st.text(max_size=300) | st.text(
    alphabet=" \t\n\r@.,:/-+0123456789apmz\0\u202e", max_size=40
)


@given(TEXTS)
def test_a_line_is_one_printable_line_or_refused(text: str) -> None:
    with suppress(Invalid):
        found = answers.line(text, "Enter it")
        assert found == found.strip()
        assert found.isprintable()
        assert 0 < len(found) <= answers.LONGEST_LINE


@given(TEXTS)
def test_a_text_keeps_its_lines_and_nothing_that_does_not_print(text: str) -> None:
    found = answers.optional_text(text)

    assert all(char == "\n" or char.isprintable() for char in found)
    assert answers.optional_text(found) == found


@given(TEXTS)
def test_an_email_address_is_lower_case_ascii_without_spaces_or_refused(text: str) -> None:
    with suppress(Invalid):
        found = answers.email(text)
        assert found.isascii()
        assert found.isprintable()
        assert " " not in found
        assert found == found.lower()
        assert found.count("@") == 1


@given(TEXTS)
def test_a_name_carries_no_link(text: str) -> None:
    with suppress(Invalid):
        found = answers.name(text)
        assert not set("/@<>\n") & set(found)


@given(TEXTS, st.integers(0, 5), st.integers(5, 100))
def test_a_number_lies_within_its_limits_or_is_refused(text: str, least: int, most: int) -> None:
    with suppress(Invalid):
        found = answers.whole_number(text, least, most, "Enter a number")
        assert least <= found <= most


@pytest.mark.parametrize(
    "typed",
    [
        "Ann.Lee@Example.ORG ",
        "o'neil+lifts@mail.example.co.uk",
        "a@b-c.example",
        "x_1@sub.a1.wales",
    ],
)
def test_usual_email_addresses_are_taken(typed: str) -> None:
    assert answers.email(typed) == typed.strip().lower()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@@example.org",
        "ann@example..org",
        ".ann@example.org",
        "ann@-example.org",
        "ann lee@example.org",
        "ann@example.org, bob@example.org",
        "ann@example.org\r\nBcc: all@example.org",
        "ann@exämple.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 63 + "." + "e" * 63 + ".org",
    ],
)
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        answers.email(typed)


@pytest.mark.parametrize("typed", ["Ann", "Siân Ó Briain", "李明", "Ann-Marie O'Neil", "J R"])
def test_names_of_all_sorts_are_taken(typed: str) -> None:
    assert answers.name(typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "12", "win at www.example.org", "http://x.example", "a@b.example", "a" * 101],
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        answers.name(typed)


@pytest.mark.parametrize("typed", ["3.5", "-1", "+3", "three", "٣", "1e1", "0x3", "3,3", "1234567"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="whole number from 1 to 8"):
        answers.whole_number(typed, 1, 8, "Enter a number")
