"""Which letters go first, and how many an address gets."""

import pytest

from chalicelib.domain.budget import ANYTHING, CONFIRMING, budget_of
from chalicelib.domain.change import LetterName, OweLetter
from chalicelib.domain.urgency import URGENCY, Urgency, urgency


def of(name: LetterName, about: str = "") -> Urgency:
    return urgency(OweLetter(name, "request-20261128-aaaaaaaaaaaa", 1, about))


def test_every_letter_has_an_urgency() -> None:
    assert {name for name, about in URGENCY if not about} == set(LetterName)


@pytest.mark.parametrize(
    ("name", "about", "expected"),
    [
        (LetterName.CONFIRM_ADDRESS, "", Urgency.FIRST),
        (LetterName.LIFT_PROPOSED, "", Urgency.FIRST),
        (LetterName.CANCELLED, "driver", Urgency.FIRST),
        (LetterName.CANCELLED, "by_you", Urgency.FIRST),
        (LetterName.CHANGED, "pickup", Urgency.FIRST),
        (LetterName.CHANGED, "details", Urgency.NORMAL),
        (LetterName.CHANGED, "a word of a later release", Urgency.FIRST),
        (LetterName.EVENT_PUBLISHED, "", Urgency.NORMAL),
    ],
)
def test_what_somebody_waits_for_or_is_hours_away_goes_first(
    name: LetterName, about: str, expected: Urgency
) -> None:
    assert of(name, about) is expected


def test_letters_are_counted_against_a_budget_but_for_those_we_asked_for_ourselves() -> None:
    assert budget_of(LetterName.CONFIRM_ADDRESS) is CONFIRMING
    assert CONFIRMING.most == 3  # PROMISES S9
    assert budget_of(LetterName.EVENT_TO_REVIEW) is None
    assert budget_of(LetterName.LIFT_CONFIRMED) is ANYTHING
