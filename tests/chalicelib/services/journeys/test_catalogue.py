"""Every form, as data: whatever is typed, it is read or refused with a sentence."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.people import Person
from chalicelib.domain.places import Places
from chalicelib.errors import Invalid
from chalicelib.services.journeys import JOURNEYS
from chalicelib.services.journeys.question import Form, Journey, Question
from tests.builders import FRIDAY

TYPED = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "yes", "no", "20", "3", "9:30am", "28", "11", "2026", "2026-11-28", "anywhere", "M14"]
    ),
)
RIDER = {
    "day": "2026-11-28",
    "place": "m14 5rq",
    "session": "anywhere",
    "needs-standard": "2",
    "needs-wheelchair": "",
    "needs-child": "1",
    "earliest": "8.30am",
    "back": "yes",
    "extra": "20",
    "name": " Ann  Lee ",
    "email": "Ann@Example.org",
    "website": "",
}
ORGANISER = {
    "kind": "canvass",
    "title": "Doors and cake",
    "description": "",
    "place": "M33 7XY",
    "address": "",
    "meeting-point": "By the clock",
    "date-1-day": "28",
    "date-1-month": "11",
    "date-1-year": "2026",
    "starts-1": "10am",
    "ends-1": "1pm",
    "another-2": "no",
    "minimum": "4",
    "target": "20",
    "maximum": "30",
    "accessibility": "",
    "name": "Olu",
    "email": "olu@example.org",
    "website": "",
}


def form(answers: dict[str, str]) -> Form:
    return Form(answers, FRIDAY, ZoneInfo("Europe/London"))


def refused(question: Question, answers: dict[str, str]) -> set[str]:
    try:
        question.read(form(answers))
    except Invalid as error:
        return set(error.fields) or {"a refusal without a field"}
    return set()


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
def test_names_within_a_form_are_its_own(journey: Journey) -> None:
    ids = [question.id for question in journey.questions]
    names = [name for question in journey.questions for name in question.inputs]

    assert len(ids) == len(set(ids))
    assert len(names) == len(set(names))
    assert not {"check", "sent"} & set(ids)
    assert not any(name.startswith(("given-", "about-")) for name in names)


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
@given(data=st.data())
def test_whatever_is_typed_every_question_is_read_or_refused(
    journey: Journey, data: st.DataObject
) -> None:
    names = [name for question in journey.questions for name in question.inputs]
    answers = data.draw(st.dictionaries(st.sampled_from(names), TYPED, max_size=8))

    for question in journey.questions:
        question.note(form(answers))
        question.so_far(form(answers))
        wrong = refused(question, answers)
        assert wrong <= {field.name for field in question.fields}


def test_a_rider_s_answers_mean_what_was_typed() -> None:
    values = JOURNEYS["lift"].values(form(RIDER))

    assert values["person"] == Person("Ann Lee", "ann@example.org")
    assert values["needs"] == Places(standard=2, child=1)
    assert values["extra"] == 1200
    assert values["sessions"] is None
    assert values["earliest"].isoformat() == "2026-11-28T08:30:00+00:00"


def test_a_form_goes_on_with_the_first_question_that_lacks_a_usable_answer() -> None:
    journey = JOURNEYS["lift"]

    assert journey.open(form({})) is journey.question("day")
    assert journey.open(form({**RIDER, "earliest": "then"})) is journey.question("earliest")
    assert journey.open(form(RIDER)) is None


def test_a_name_that_several_towns_share_is_asked_about() -> None:
    journey = JOURNEYS["lift"]
    shared = {**RIDER, "place": "Newport"}

    assert journey.open(form(shared)) is journey.question("which-place")
    assert journey.open(form({**shared, "which-place": "Newport (NP20)"})) is None
    assert journey.open(form({**shared, "which-place": "Hull"})) is journey.question("which-place")


def test_an_answer_that_time_has_overtaken_is_asked_again() -> None:
    journey = JOURNEYS["event"]
    past = {**ORGANISER, "date-1-day": "19"}

    question = journey.open(form(past))

    assert question is journey.question("session-1")
    assert question is not None
    assert refused(question, past) == {"date-1"}


def test_a_session_until_midnight_ends_with_its_day() -> None:
    values = JOURNEYS["event"].values(form({**ORGANISER, "starts-1": "8pm", "ends-1": "midnight"}))

    starts_at, ends_at = values["times-1"]
    assert (ends_at - starts_at).total_seconds() == 4 * 3600


def test_numbers_of_people_must_rise() -> None:
    question = JOURNEYS["event"].question("people")
    assert question is not None

    assert refused(question, {**ORGANISER, "target": "3"}) == {"target"}
    assert refused(question, {**ORGANISER, "maximum": "19"}) == {"maximum"}
