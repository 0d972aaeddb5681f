"""`find`: what people type, and what they are told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import Answer, Kind, Located, Several, Unknown, find, towns
from reference.places import TEXT_LIMIT
from reference.written import SHOWN_LIMIT

LIKE_PLACES = st.text("ABEHLNOSTWXIabehl0178 -.,'", max_size=12)


def located(text: str) -> Located:
    """Find *text*, which must be one place."""
    place = find(text)
    assert isinstance(place, Located), place
    return place


@pytest.mark.parametrize(
    "text",
    ["sw1a1aa", " SW1A 1AA.", "SW1A-1AA", "s w 1 a 1 a a", "ＳＷ１Ａ　１ＡＡ", "sw1a\t1aa\n",
     "10 The Mall, London SW1A 1AA", "\u202eSW1A 1AA", "SW1A\x001AA"],
)  # fmt: skip
def test_a_postcode_is_found_however_it_is_typed(text: str) -> None:
    """Buckingham Palace, 51.5010 north, 0.1416 west."""
    place = located(text)

    assert (place.label, place.kind) == ("SW1A 1AA", Kind.POSTCODE)
    assert (place.lat, place.lon, place.error_m) == (51.5010, -0.1416, 100)
    assert (place.constituency, place.nation) == ("E14001172", "England")
    assert place.seats == (("E14001172", 1.0),)
    assert place.note == ""


@pytest.mark.parametrize("text", ["Hebden Bridge", "hebden-bridge", "HEBDEN  BRIDGE",
                                  "hebdenbridge", "Hébden Brïdge", "Hebden Bridge, Yorkshire",
                                  "1 High Street, Hebden Bridge",
                                  "Hebden Bridge HX7"])  # fmt: skip
def test_a_town_is_found_however_it_is_typed(text: str) -> None:
    place = located(text)

    assert (place.label, place.kind, place.near) == (
        "Hebden Bridge",
        Kind.TOWN,
        "Hebden Bridge",
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [("m1 1", "M1 1"), ("m11", "M11"), ("SW1A", "SW1A"), ("sw1a1", "SW1A 1"), ("LEEDS LS6", "LS6"),
     ("Abertawe", "Swansea"), ("Hull", "Kingston upon Hull"), ("saint albans", "St Albans"),
     ("kings lynn", "King's Lynn"), ("newport np20", "Newport (NP20)")],
)  # fmt: skip
def test_areas_and_names(text: str, label: str) -> None:
    assert located(text).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("SWIA IAA", "SW1A 1AA"),
        ("SW1A IAA", "SW1A 1AA"),
        ("LSI 1AZ", "LS1 1AZ"),
        ("E1O 5AB", "E10 5AB"),
    ],
)
def test_letters_typed_for_digits_are_read_and_said(text: str, label: str) -> None:
    place = located(text)

    assert place.label == label
    assert place.note.startswith(f"You typed {text}; we read it as {label}.")


def test_a_letter_that_may_be_two_digits_is_asked_about() -> None:
    answer = find("E1O")

    assert isinstance(answer, Unknown)
    assert answer.sentence == "We do not know “E1O”. Did you mean E10 or E1 0?"
    assert [choice.place for choice in answer.suggestions] == [find("E10"), find("E1 0")]


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [("SW1A 1AX", "SW1A 1", Kind.SECTOR), ("SW1A 8AA", "SW1A", Kind.OUTCODE),
     ("BT1 5GS", "BT1", Kind.OUTCODE), ("BT1 5", "BT1", Kind.OUTCODE)],
)  # fmt: skip
def test_a_postcode_we_lack_falls_back_and_says_so(text: str, label: str, kind: Kind) -> None:
    place = located(text)

    assert (place.label, place.kind) == (label, kind)
    assert place.note == f"We do not have {text} itself; this is the middle of {label}."
    assert place == replace(located(label), note=place.note)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ZZ9 9ZZ", "We do not know the postcode ZZ9 9ZZ. "
                    "Check the letters and digits, or type a town."),
        ("JE2 3AB", "JE2 3AB is in Jersey, which has no seat in the House of Commons."),
        ("HX7 8A", "HX7 8A lacks its last letter. Type the whole postcode, or only HX7 8."),
        ("Calder Valley", "Calder Valley is a constituency. Type a postcode or a town in it."),
        ("Hebdon Brige", "We do not know “Hebdon Brige”. "
                         "Did you mean Hebden Bridge or Haydon Bridge?"),
        ("hebd", "We do not know “hebd”. Did you mean Hebden Bridge?"),
        ("qqqq", "We do not know “qqqq”. Check the spelling, or type a postcode."),
        ("M10", "We do not know the postcode M10. Check the letters and digits, or type a town."),
        ("", "Type a postcode (SW1A 1AA), the first part of one (SW1A), or a town."),
        ("\x00 \u200f", "Type a postcode (SW1A 1AA), the first part of one (SW1A), or a town."),
        ("a" * 10**6, "That is too long for a place. Type a postcode or a town."),
    ],
)  # fmt: skip
def test_a_refusal_helps(text: str, sentence: str) -> None:
    answer = find(text)

    assert isinstance(answer, Unknown)
    assert answer.sentence == sentence


def test_a_shared_name_offers_all_most_people_first() -> None:
    answer = find("newport")

    assert isinstance(answer, Several)
    texts = [choice.text for choice in answer.choices]
    assert texts[0] == "Newport, in Newport East (NP20)"
    assert len(set(texts)) == len(texts) == 6
    assert [find(choice.query) for choice in answer.choices] == [
        choice.place for choice in answer.choices
    ]


def test_a_short_name_may_mean_a_bigger_town_with_a_longer_one() -> None:
    answer = find("Newcastle")

    assert isinstance(answer, Several)
    assert answer.choices[0].query == "Newcastle upon Tyne"
    assert "Newcastle (BT33)" in [choice.query for choice in answer.choices]


def test_every_towns_label_finds_it() -> None:
    for town in towns.every():
        place = towns.located(town)
        assert find(place.label) == place
        assert place.seats[0][0] == place.constituency
        assert place.error_m >= 500


@given(st.text(max_size=TEXT_LIMIT + 10) | LIKE_PLACES)
@settings(max_examples=600, deadline=None)
def test_nothing_raises_and_every_answer_finds_itself(text: str) -> None:
    answer = find(text)

    assert shown(answer).isprintable()
    assert len(shown(answer)) <= SHOWN_LIMIT
    for place in places(answer):
        assert find(place.label) == replace(place, note="")


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00" * 200, "😀" * 200, "\ufdfa" * 200, "שלום", "I1O0" * 50, "1" * 7, "²³"]
)
def test_odd_characters_are_refused(text: str) -> None:
    assert isinstance(find(text), Unknown)


def places(answer: Answer) -> list[Located]:
    """Give every place in *answer*."""
    if isinstance(answer, Located):
        return [answer]
    choices = answer.choices if isinstance(answer, Several) else answer.suggestions
    return [choice.place for choice in choices]


def shown(answer: Answer) -> str:
    """Give what an answer repeats of what was typed."""
    return answer.label if isinstance(answer, Located) else answer.query
