"""What each kind of event is, in words for somebody who has never been to one."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.event import Kind

ONLINE = frozenset({Kind.PHONE_BANK})
"""Kinds that people take part in from home: no way there, and no lifts."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind's name, and what somebody new to it wants to know."""

    name: str
    explained: str


WORDS: Mapping[Kind, KindWords] = {
    Kind.CANVASS: KindWords(
        "Canvassing",
        "You knock on doors, in pairs, and ask people what matters to them. "
        "Somebody shows you how before you start.",
    ),
    Kind.LEAFLET: KindWords(
        "Leafleting",
        "You walk a few streets and put leaflets through letter boxes. "
        "You need not talk to anybody.",
    ),
    Kind.PHONE_BANK: KindWords(
        "Phone bank, online",
        "You ring people from home, with a script to follow. "
        "Somebody shows you how, online, before you start.",
    ),
    Kind.TRAINING: KindWords("Training", "You learn how it is done. Nobody expects you to know."),
    Kind.MEETING: KindWords("Meeting", "People come together to talk and to plan."),
    Kind.FOOD_BANK: KindWords("Food bank", "You help to collect, sort or hand out food."),
    Kind.OTHER: KindWords("Something else", "The organiser says below what it is."),
}

NAMES: Mapping[Kind, str] = {kind: words.name for kind, words in WORDS.items()}
"""The names alone, to choose from."""
