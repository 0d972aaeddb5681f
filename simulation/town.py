"""What the people of the simulation type into forms: names, places, numbers, times.

All of it comes from a stream of chance. They live in a handful of towns beside each other, so
that most cars could take most riders. Begin with `typed`.
"""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

NAMES = ("Ann", "Ben", "Cara", "Dev", "Ella", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kit", "Lea")
HOMES = ("M32 0JT", "M21 9AN", "M14 5RQ", "M33 2DH", "M41 5BG", "M20 6RE", "Altrincham", "SK8 4NN")
VENUES = ("WA14 1SA", "M33 7XX", "WA15 9QT", "SK8 1PY")
TITLES = ("Doors in Sale", "Leaflets at the market", "Talk to your street", "Cake and canvass")
KINDS = ("canvass", "canvass", "leaflet", "training")


def day_fields(number: int, day: datetime) -> dict[str, str]:
    """The three inputs of a date."""
    local = day.astimezone(LONDON)
    parts = {"day": local.day, "month": local.month, "year": local.year}
    return {f"date-{number}-{name}": str(part) for name, part in parts.items()}


def session(draws: Random, number: int, now: datetime) -> dict[str, str]:
    """A shift one to four days from now."""
    day = now + timedelta(days=draws.choice((1, 1, 1, 2, 2, 3)))
    starts = draws.choice((9, 10, 11, 13, 14, 17))
    ends = starts + draws.choice((1, 2, 3))
    clock = {f"starts-{number}": f"{starts}:00", f"ends-{number}": f"{ends}:00"}
    return day_fields(number, day) | clock


def size(draws: Random) -> dict[str, str]:
    """People wanted: often so few that the last place is fought for."""
    most = draws.choice((3, 4, 5, 6, 8, 12))
    return {"minimum": "1", "target": str(most - 1), "maximum": str(most)}


def places(draws: Random, question: str) -> dict[str, str]:
    """Places in a car, or for a party."""
    count = draws.choice((1, 2, 3, 3, 4)) if question == "seats" else draws.choice((1, 1, 1, 2, 3))
    return {
        f"{question}-standard": str(count),
        f"{question}-wheelchair": "",
        f"{question}-child": "",
    }


def typed(draws: Random, name: str, choices: list[str], now: datetime) -> dict[str, str]:
    """What somebody answers to the question that asks for the input *name*."""
    kind = name.partition("-")[0]
    match kind:
        case "date" | "starts" | "ends":
            return session(draws, int(name.split("-")[1]), now)
        case "minimum" | "target" | "maximum":
            return size(draws)
        case "seats" | "needs":
            return places(draws, kind)
        case "another":
            return {name: draws.choices(("yes", "no"), (1, 3))[0]}
    if choices:
        return {name: _chosen(draws, name, choices)}
    return {name: _text(draws, name)}


def _chosen(draws: Random, name: str, choices: list[str]) -> str:
    if name in {"detour", "extra"}:
        return draws.choice(choices[-2:])
    if name == "auto":
        return draws.choices(("yes", "no"), (2, 3))[0]
    if name == "back":
        return draws.choices(("yes", "no"), (4, 1))[0]
    return draws.choice(choices)


def _text(draws: Random, name: str) -> str:
    match name:
        case "title":
            return draws.choice(TITLES)
        case "place":
            return draws.choice(HOMES)
        case "meeting-point":
            return draws.choice(("By the clock", "At the side door", "Under the bridge"))
        case "people":
            return str(draws.choice((1, 2, 2, 3)))
        case "earliest":
            return draws.choice(("6am", "7am", "7:30am", "8am"))
    return ""
