"""The form "Create an event"."""

from chalicelib.adapters import Adapters
from chalicelib.domain import answers
from chalicelib.domain.event import Kind as EventKind
from chalicelib.domain.kinds import WORDS
from chalicelib.errors import Invalid
from chalicelib.services import events
from chalicelib.services.journeys import shifts, where, who
from chalicelib.services.journeys.question import (
    Field,
    Form,
    Journey,
    Kind,
    Option,
    Question,
    Said,
    Values,
)

MOST_PEOPLE = 2000
"""People in one session; more is nearly always mistyped."""

LONGEST_PARAGRAPH = 600
"""Characters about accessibility: about 100 words."""

_NEXT = (
    "Open our letter and press its button within 48 hours. Until then nobody sees your event.",
    "We may look at it before it is public. If we do, a letter tells you when we have.",
    "Then people find it, sign up and ask for lifts. Your letter has the link with which "
    "you see how many come, change the event, or cancel it.",
)


def event() -> Journey:
    """Somebody creates an event; it is not public before their address is confirmed."""
    return Journey(
        id="event",
        name="Create an event",
        questions=(
            _kind(),
            _title(),
            _description(),
            _place(),
            where.which(),
            _meeting_point(),
            *shifts.questions(),
            _people(),
            _accessibility(),
            who.question("Everybody sees your first name as the organiser's, and no more."),
        ),
        send=_propose,
        button="Create this event",
        agreed="Everybody can see this event once it is public, but not your email address.",
        next=_NEXT,
    )


def _kind() -> Question:
    options = tuple(Option(kind, WORDS[kind].name) for kind in EventKind)

    def known(text: str, _: Form) -> EventKind:
        kinds = tuple(str(kind) for kind in EventKind)
        return EventKind(answers.choice(text, kinds, "Choose what kind of event it is"))

    return Question(
        id="kind",
        title="What kind of event is it?",
        fields=(Field("kind", Kind.RADIOS, known, options=options),),
        short="Kind",
        say=lambda values, _: Said(WORDS[values["kind"]].name),
    )


def _title() -> Question:
    hint = "A few words that make people want to come, such as “Doors and cake in Sale”."
    return Question(
        id="title",
        title="What is the event called?",
        fields=(
            Field(
                "title",
                Kind.TEXT,
                lambda text, _: answers.line(text, "Enter what the event is called"),
                hint=hint,
                autocomplete="off",
            ),
        ),
        short="Title",
        say=lambda values, _: Said(values["title"]),
    )


def _description() -> Question:
    return Question(
        id="description",
        title="What should people know about it?",
        fields=(
            Field(
                "description",
                Kind.TEXTAREA,
                lambda text, _: answers.optional_text(text),
                hint="What you will do, whether newcomers are welcome, what to bring.",
                optional=True,
            ),
        ),
        short="Description",
        say=lambda values, _: Said(values["description"] or "None"),
    )


def _place() -> Question:
    return where.venue(
        title="Where is it?",
        hint="A postcode lets lifts come to the door. If people take part from home, say which "
        "place it is about.",
    )


def _meeting_point() -> Question:
    return Question(
        id="meeting-point",
        title="Where exactly do people meet?",
        fields=(
            Field(
                "meeting-point",
                Kind.TEXT,
                lambda text, _: answers.line(text, "Enter where people meet", most=200),
                hint="So that somebody who has never been there finds you, such as “by the "
                "clock outside the market hall”.",
                autocomplete="off",
            ),
        ),
        short="Meeting point",
        say=lambda values, _: Said(values["meeting-point"]),
        note=where.exactness,
    )


def _people() -> Question:
    fields = (
        _count("minimum", "At least", "With fewer it is not worth it."),
        _count("target", "Ideally", "We send people where most are missing."),
        _count("maximum", "At most", "Then we show it as full."),
    )

    return Question(
        id="people",
        title="How many people do you want in each session?",
        fields=fields,
        short="People in each session",
        say=lambda values, _: Said(
            f"At least {values['minimum']}, ideally {values['target']}, at most {values['maximum']}"
        ),
        check=_rise,
    )


def _rise(values: Values, _: Form) -> Values:
    least, ideal, most = values["minimum"], values["target"], values["maximum"]
    if ideal < least:
        sentence = f"Enter {least} or more as the ideal"
        raise Invalid(sentence, {"target": sentence})
    if most < ideal:
        sentence = f"Enter {ideal} or more as the most"
        raise Invalid(sentence, {"maximum": sentence})
    return {}


def _count(name: str, label: str, hint: str) -> Field:
    missing = f"Enter how many people {label.lower()}"

    def count(text: str, _: Form) -> int:
        return answers.whole_number(text, 1, MOST_PEOPLE, missing)

    return Field(name, Kind.NUMBER, count, label, hint)


def _accessibility() -> Question:
    return Question(
        id="accessibility",
        title="How accessible is it?",
        fields=(
            Field(
                "accessibility",
                Kind.TEXTAREA,
                lambda text, _: answers.optional_text(text, most=LONGEST_PARAGRAPH),
                hint="Steps, toilets, how far people walk, whether there is something to do "
                "sitting down.",
                optional=True,
            ),
        ),
        short="Accessibility",
        say=lambda values, _: Said(values["accessibility"] or "None"),
    )


def _propose(world: Adapters, draft_id: str, values: Values) -> tuple[str, ...]:
    made = events.propose(
        world,
        draft_id,
        kind=values["kind"],
        title=values["title"],
        description=values["description"],
        organiser=values["person"],
        venue=where.venue_of(where.meant(values), values[where.ADDRESS]),
        meeting_point=values["meeting-point"],
        accessibility=values["accessibility"],
        times=shifts.times(values),
        minimum=values["minimum"],
        target=values["target"],
        maximum=values["maximum"],
    )
    return (made.id,)
