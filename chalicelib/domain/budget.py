"""How many letters one address gets a day, whoever asks for them (PROMISES S9)."""

from dataclasses import dataclass

from chalicelib.domain.change import LetterName


@dataclass(frozen=True, slots=True)
class Budget:
    """So many letters for one address on one day of the campaign's zone.

    Attributes
    ----------
    name
        What is counted together.
    """

    name: str
    most: int


CONFIRMING = Budget("confirm", 3)
"""Anyone can type anyone's address into a form. Three let somebody mistype twice, and are
what PROMISES S9 allows."""

ANYTHING = Budget("any", 40)
"""A cap against loops of our own making. A driver whose minibus of 16 changes twice on the
day gets fewer; nobody reads more."""


def budget_of(name: LetterName) -> Budget | None:
    """The budget that a letter is counted against; None: those who run the service asked."""
    match name:
        case LetterName.CONFIRM_ADDRESS:
            return CONFIRMING
        case LetterName.EVENT_TO_REVIEW:  # to the campaign's own contact, one an event
            return None
    return ANYTHING
