"""The form "Make my own way": how many come to one session."""

from chalicelib.adapters import Adapters
from chalicelib.domain import answers
from chalicelib.services import signups
from chalicelib.services.journeys import day, who
from chalicelib.services.journeys.question import Field, Form, Journey, Kind, Question, Said, Values


def own_way() -> Journey:
    """Somebody, or a party, comes by their own means. The session is known from the start."""
    return Journey(
        id="own-way",
        name="Make my own way",
        questions=(_people(), who.question("The organiser sees your first name, no more.")),
        send=_ask,
        button="Sign up",
        next=(
            "Open our letter and press its button within 48 hours. Until then no place is "
            "kept for you.",
            "A second letter says where to meet and when, and carries an entry for your calendar.",
            "If you cannot come after all, one press in that letter frees your place.",
        ),
    )


def _people() -> Question:
    def count(text: str, _: Form) -> int:
        return answers.whole_number(text, 1, signups.MOST_PEOPLE, "Enter how many of you come")

    hint = "Count yourself and everybody you bring."
    return Question(
        id="people",
        title="How many of you come?",
        fields=(Field("people", Kind.NUMBER, count, hint=hint, default="1"),),
        short="People",
        say=lambda values, _: Said(str(values["people"])),
        # The session came with the form's address: it has no page of its own to be asked on.
        check=lambda _, form: {day.SESSION: form.text(day.SESSION)},
    )


def _ask(world: Adapters, draft_id: str, values: Values) -> tuple[str, ...]:
    asked = signups.ask(
        world,
        draft_id,
        person=values["person"],
        session_id=values[day.SESSION],
        people=values["people"],
    )
    return (asked.id,)
