"""Questions about a place: what was typed, which of several was meant, how exact it is."""

from chalicelib.domain import answers
from chalicelib.domain.event import Venue
from chalicelib.domain.people import Start
from chalicelib.errors import Invalid
from chalicelib.services.journeys.question import Field, Form, Kind, Option, Question, Said, Values
from reference import Kind as Exactness
from reference import Located, Several, Unknown, constituency, find

METRES_A_MILE = 1609.344

PLACE, WHICH, ADDRESS = "place", "which-place", "address"


def place(*, title: str, hint: str, short: str, seen: str, autocomplete: str) -> Question:
    """Ask for a postcode or a town.

    *seen* says what others see of it, with {area} and {label} in their places.
    """
    field = Field(PLACE, Kind.TEXT, _found, hint=hint, autocomplete=autocomplete)

    def said(_: Values, form: Form) -> Said:
        found = located(form)
        if found is None:
            return Said(form.text(PLACE))
        shown = seen.format(area=start_of(found).area, label=found.label)
        return Said("\n".join(filter(None, (found.label, within(found), shown))))

    return Question(id=PLACE, title=title, fields=(field,), short=short, say=said)


def venue(*, title: str, hint: str) -> Question:
    """Ask where an event is: its postcode or town, and its address if there is one."""
    return Question(
        id=PLACE,
        title=title,
        hint=hint,
        fields=(
            Field(PLACE, Kind.TEXT, _found, label="Postcode or town", autocomplete="off"),
            Field(
                ADDRESS,
                Kind.TEXT,
                lambda text, _: answers.optional_line(text),
                label="Building and street",
                optional=True,
                autocomplete="off",
            ),
        ),
        short="Where",
        say=_said_venue,
    )


def which() -> Question:
    """Ask which of several places of one name is meant."""
    field = Field(WHICH, Kind.RADIOS, _chosen, options=_namesakes)
    return Question(
        id=WHICH,
        title="Which of these places do you mean?",
        fields=(field,),
        short="Which place",
        say=lambda _values, _form: None,
        asked=lambda form: isinstance(find(form.text(PLACE)), Several),
    )


def located(form: Form) -> Located | None:
    """The place that the answers name, once they name one."""
    answer = find(form.text(PLACE))
    if isinstance(answer, Several):
        meant = form.text(WHICH)
        return next((one.place for one in answer.choices if one.query == meant), None)
    return answer if isinstance(answer, Located) else None


def meant(values: Values) -> Located:
    """The place that the whole form names."""
    found: Located = values.get(WHICH) or values[PLACE]
    return found


def start_of(found: Located) -> Start:
    """Where somebody sets out. Others see the area's name and its outcode, no more."""
    outcode = "" if found.kind is Exactness.TOWN else f" ({found.label.split(' ')[0]})"
    area = f"near {found.near}{outcode}"
    return Start(found.label, area, found.lat, found.lon, found.error_m)


def venue_of(found: Located, address: str) -> Venue:
    """Where an event takes place."""
    return Venue(address, found.label, found.near, found.lat, found.lon, found.constituency)


def exactness(form: Form) -> str:
    """A sentence on what was found: which constituency it is in, and how exactly."""
    found = located(form)
    if found is None:
        return ""
    seats = [name for code, _ in found.seats if (name := _seat(code))]
    if len(found.seats) == 1:
        sentence = f"{found.label} is in the constituency {seats[0]}."
    else:
        sentence = (
            f"{found.label} lies in several constituencies, most of it in {seats[0]}. "
            "If that is wrong, give the whole postcode."
        )
    return " ".join(filter(None, (found.note, sentence, within(found))))


def within(found: Located) -> str:
    """How far the true place may be from where we take it to be, in words; "" when near."""
    if found.error_m <= 200:
        return ""
    miles = round(found.error_m / METRES_A_MILE)
    if miles < 1:
        return "We know it to within half a mile."
    return f"We know it to within {miles} mile{'s' if miles > 1 else ''}."


def _found(text: str, _: Form) -> Located | Several:
    answer = find(text)
    if isinstance(answer, Unknown):
        raise Invalid(answer.sentence)
    return answer


def _chosen(_: str, form: Form) -> Located:
    found = located(form)
    if found is None:
        raise Invalid("Choose one of the places")
    return found


def _namesakes(form: Form) -> tuple[Option, ...]:
    answer = find(form.text(PLACE))
    choices = answer.choices if isinstance(answer, Several) else ()
    return tuple(Option(choice.query, choice.text) for choice in choices)


def _said_venue(values: Values, form: Form) -> Said:
    found = located(form)
    if found is None:
        return Said(form.text(PLACE))
    lines = [values.get(ADDRESS, ""), found.label, f"In {_seat(found.constituency)}"]
    return Said("\n".join(filter(None, (*lines, within(found)))))


def _seat(code: str) -> str:
    seat = constituency(code)
    return seat.name if seat else ""
