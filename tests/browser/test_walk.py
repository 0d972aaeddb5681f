"""The main job, whole, by people whose browsers run no scripts.

An organiser creates an event; two drivers offer, four riders ask, all confirm from their
letters; the run matches them; the drivers accept; the riders' letters hold the times; one
rider cancels, and everyone it touches gets exactly one letter.
"""

from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from icalendar import Calendar

from tests.browser.person import Person, calendar_of, words_of
from tests.browser.running import eventually

LONDON = ZoneInfo("Europe/London")
DAY = (datetime.now(LONDON) + timedelta(days=9)).date()

ORGANISER = "olu@example.org"
DRIVERS = {"dan@example.org": ("Dan Price", "M21 9AN"), "eva@example.org": ("Eva Long", "M33 4BT")}
RIDERS = {
    "ria@example.org": ("Ria Shah", "M32 0JT"),
    "bo@example.org": ("Bo Hall", "M21 8AU"),
    "cy@example.org": ("Cy Dunn", "M33 2DH"),
    "di@example.org": ("Di Moss", "M16 0GW"),
}


def test_from_a_postcode_to_a_lift_in_the_inbox(person: Person) -> None:
    event = an_event_is_created_and_confirmed(person)
    for email, (name, postcode) in DRIVERS.items():
        a_driver_offers(person, event, email, name, postcode)
    for email, (name, postcode) in RIDERS.items():
        a_rider_asks(person, event, email, name, postcode)
    the_run_matches_them(person)
    drivers_accept(person)

    pickups = {email: a_rider_is_told(person, email) for email in RIDERS}
    one_rider_cancels(person, pickups)


def an_event_is_created_and_confirmed(person: Person) -> str:
    person.open("/")
    person.press("Create an event")
    person.answer(kind="canvass")
    person.answer(title="Doors and cake in Altrincham")
    person.answer(description="We knock on doors in pairs. Newcomers are welcome.")
    person.answer(place="wa14 1pf", address="Market House")
    person.answer(meeting_point="Under the market clock")
    person.fill(date_1_day=str(DAY.day), date_1_month=str(DAY.month), date_1_year=str(DAY.year))
    person.answer(starts_1="10:30am", ends_1="1.30pm")
    person.answer(another_2="no")
    person.answer(minimum="4", target="12", maximum="20")
    person.answer(accessibility="Level pavements; a bench at the meeting point.")
    person.answer(name="Olu Adeyemi", email=ORGANISER)
    assert "Check your answers" in person.heading
    person.press("Create this event")
    confirmed(person, ORGANISER)
    assert "Your event is public" in person.heading
    person.letter(ORGANISER, "Doors and cake in Altrincham")
    person.press("look at its page")
    assert person.heading == "Doors and cake in Altrincham"
    return person.driver.current_url


def a_driver_offers(person: Person, event: str, email: str, name: str, postcode: str) -> None:
    person.open(event)
    person.press("I can drive")
    person.answer(place=postcode)
    only_this_session(person)
    person.answer(seats_standard="2")
    person.answer(earliest="8am")
    person.answer(detour="30")
    person.answer(back="yes")
    person.answer(auto="no")
    person.answer(name=name, email=email)
    person.press("Offer these places")
    confirmed(person, email)
    assert "Your offer is open" in person.text or "your offer is open" in person.text


def a_rider_asks(person: Person, event: str, email: str, name: str, postcode: str) -> None:
    person.open(event)
    person.press("I need a lift")
    person.answer(place=postcode)
    only_this_session(person)
    person.answer(needs_standard="1")
    person.answer(earliest="8am")
    person.answer(back="yes")
    person.answer(extra="30")
    person.answer(name=name, email=email)
    person.press("Ask for a lift")
    confirmed(person, email)
    assert "Requested: you do not have a lift yet" in person.text


def only_this_session(person: Person) -> None:
    for field in person.driver.find_elements("name", "session"):
        if field.get_attribute("value") != "anywhere":
            person.answer(session=str(field.get_attribute("value")))
            return
    raise AssertionError(f"no session to choose:\n{person.text}")


def confirmed(person: Person, email: str) -> None:
    person.follow(person.letter(email, "onfirm"), "confirm")
    person.press("Confirm")
    assert "There is a problem" in person.text, "the box must be ticked"
    person.fill(agree="yes")
    person.press("Confirm")


def the_run_matches_them(person: Person) -> None:
    assert not any(proposals(person, email) for email in DRIVERS), "matched before all had asked"
    person.open("/mailbox")
    person.press("Match drivers and riders now")
    eventually(lambda: all(proposals(person, email) for email in DRIVERS))


def drivers_accept(person: Person) -> None:
    for email in DRIVERS:
        [letter] = proposals(person, email)
        person.follow(letter, "respond")
        assert person.heading.startswith("Will you take ")
        assert not any(postcode in person.text for _, postcode in RIDERS.values())
        assert not any(lifts(person, rider) for rider in riders_in(person.heading))
        person.fill(answer="yes")
        person.press("Send my answer")
        assert "you are driving" in person.heading


def riders_in(heading: str) -> list[str]:
    return [email for email, (name, _) in RIDERS.items() if name.split()[0] in heading]


def proposals(person: Person, email: str) -> list[EmailMessage]:
    return [one for one in person.letters(email) if "/respond/" in words_of(one)]


def lifts(person: Person, email: str) -> list[EmailMessage]:
    return [one for one in person.letters(email) if "Your lift" in str(one["Subject"])]


def a_rider_is_told(person: Person, email: str) -> datetime:
    eventually(lambda: lifts(person, email))
    [letter] = lifts(person, email)
    calendar = Calendar.from_ical(calendar_of(letter))
    [entry] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert calendar.walk("VTIMEZONE"), "clients that know no Europe/London need it"
    pickup: datetime = entry.decoded("DTSTART")
    assert RIDERS[email][1] in str(entry["LOCATION"])
    local = pickup.astimezone(LONDON)
    assert local.date() == DAY
    clock = f"{local.hour}:{local.minute:02}am".replace(":00", "")
    assert clock in str(letter["Subject"])
    assert clock in words_of(letter)
    person.follow(letter, "manage")
    assert "You have a lift" in person.heading
    assert clock in person.text
    return pickup


def one_rider_cancels(person: Person, pickups: dict[str, datetime]) -> None:
    everyone = [ORGANISER, *DRIVERS, *RIDERS]
    before = {email: len(person.letters(email)) for email in everyone}
    leaver = "ria@example.org"
    person.follow(lifts(person, leaver)[0], "manage")
    car = next(name for name in ("Dan", "Eva") if name in person.text)
    driver = next(email for email, (name, _) in DRIVERS.items() if name.startswith(car))
    others = [email for email in RIDERS if email != leaver and rides_with(person, email, car)]
    person.follow(lifts(person, leaver)[0], "manage")
    person.press("Cancel your request")
    person.fill(sure="yes")
    person.press("Cancel your request")
    assert "You have cancelled" in person.heading

    eventually(lambda: len(person.letters(leaver)) > before[leaver])
    eventually(lambda: len(person.letters(driver)) > before[driver])
    quiet(person, everyone)
    new = Counter({email: len(person.letters(email)) - before[email] for email in everyone})
    later = [email for email in others if has_another_time(person, email, pickups[email])]
    assert +new == Counter([leaver, driver, *later])
    gone = Calendar.from_ical(calendar_of(person.letters(leaver)[-1]))
    assert gone["METHOD"] == "CANCEL"


def rides_with(person: Person, email: str, driver: str) -> bool:
    person.follow(lifts(person, email)[0], "manage")
    return f"{driver}, coming from" in person.text


def has_another_time(person: Person, email: str, pickup: datetime) -> bool:
    newest = [one for one in person.letters(email) if "METHOD:REQUEST" in one.as_string()][-1]
    [entry] = Calendar.from_ical(calendar_of(newest)).walk("VEVENT")
    return bool(entry.decoded("DTSTART") != pickup)


def quiet(person: Person, everyone: list[str]) -> None:
    """Wait until two looks, a run and a sweep apart, show the same letters."""
    seen: list[int] = []

    def settled() -> bool:
        seen.append(sum(len(person.letters(email)) for email in everyone))
        return len(seen) > 80 and len(set(seen[-80:])) == 1

    eventually(settled)
