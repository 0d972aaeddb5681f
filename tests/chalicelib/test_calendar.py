"""Calendar entries, read back as a mail program would."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.calendar import Entry, Method, invitation
from chalicelib.domain.people import Person

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    uid="request-20261128-aaaaaaaaaaaa@lifts.example",
    sequence=4,
    title="Lift to Altrincham",
    starts_at=datetime(2026, 11, 28, 9, 25, 40, tzinfo=UTC),
    ends_at=datetime(2026, 11, 28, 13, 27, tzinfo=UTC),
    where="M32 0JT",
    description="Be ready at 9:25am.\nDan drives.",
    who=Person("Ria Shah", "ria@example.org"),
)


def written(entry: Entry, method: Method = Method.REQUEST, zone: ZoneInfo = LONDON) -> str:
    return invitation(method, entry, sender="Open Doors <lifts@open.example>", zone=zone, now=NOW)


def event_in(text: str) -> Any:
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event


def test_an_entry_says_who_when_and_where() -> None:
    event = event_in(written(ENTRY))

    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 4
    assert event["DTSTAMP"].dt == NOW
    assert event["SUMMARY"] == "Lift to Altrincham"
    assert event["LOCATION"] == "M32 0JT"
    assert event["DESCRIPTION"] == ENTRY.description
    assert event["STATUS"] == "CONFIRMED"
    assert event["ORGANIZER"] == "mailto:lifts@open.example"
    assert event["ORGANIZER"].params["CN"] == "Open Doors"
    assert event["ATTENDEE"] == "mailto:ria@example.org"
    assert event["ATTENDEE"].params["CN"] == "Ria Shah"


def test_seconds_are_cut_as_the_letter_cuts_them() -> None:
    event = event_in(written(ENTRY))

    assert event["DTSTART"].dt == datetime(2026, 11, 28, 9, 25, tzinfo=LONDON)


def test_a_cancelled_entry_has_the_same_uid_and_a_higher_sequence() -> None:
    text = written(replace(ENTRY, sequence=5), Method.CANCEL)

    event = event_in(text)
    assert "METHOD:CANCEL\r\n" in text
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 5


@pytest.mark.parametrize(
    ("utc", "wall", "offset_h"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "20260329T005900", 0),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "20260329T020000", 1),
        (datetime(2026, 3, 29, 9, 0, tzinfo=UTC), "20260329T100000", 1),
        (datetime(2026, 10, 24, 9, 0, tzinfo=UTC), "20261024T100000", 1),
        (datetime(2026, 10, 25, 9, 0, tzinfo=UTC), "20261025T090000", 0),
        (datetime(2026, 10, 25, 10, 0, tzinfo=UTC), "20261025T100000", 0),
    ],
)
def test_wall_time_and_utc_are_both_right_where_clocks_change(
    utc: datetime, wall: str, offset_h: int
) -> None:
    """PROMISES R13."""
    text = written(replace(ENTRY, starts_at=utc, ends_at=utc + timedelta(hours=3)))

    assert f"DTSTART;TZID=Europe/London:{wall}\r\n" in text
    assert _as_told(text, wall) == utc
    assert event_in(text)["DTSTART"].dt.utcoffset() == timedelta(hours=offset_h)


@given(
    st.integers(0, 7 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/London", "Europe/Paris", "America/New_York", "UTC"]),
)
def test_any_instant_is_told_rightly_by_the_entrys_own_zone(at: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    local = at.astimezone(zone)

    text = written(replace(ENTRY, starts_at=at, ends_at=at + timedelta(hours=3)), zone=zone)

    # Of an hour that comes twice, words cannot say which; the first is meant.
    assert _as_told(text, f"{local:%Y%m%dT%H%M%S}") == local.replace(fold=0).astimezone(UTC)


@given(st.text(), st.text(), st.text(max_size=80))
def test_nothing_typed_ends_a_line_or_begins_another(title: str, words: str, name: str) -> None:
    """PROMISES S7; and every line is folded at 75 octets, between characters."""
    typed = replace(
        ENTRY,
        title=f"{title}\r\nATTENDEE:mailto:eve@example.org",
        description=f"{words}\r\nEND:VEVENT\x00\u2028\u202e",
        where=f"{title}\nX-EVIL:1",
        who=Person(f'Ria" ;:,{name}\r\nX-EVIL:1', "ria@example.org"),
    )

    text = written(typed)

    event = event_in(text)
    assert event.errors == []
    assert set(event) == set(event_in(written(ENTRY)))
    assert event["ATTENDEE"] == "mailto:ria@example.org"
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def _as_told(text: str, wall: str) -> datetime:
    """What *wall* means by the entry's own VTIMEZONE, read as RFC 5545, 3.6.5 has it."""
    local = datetime.strptime(wall, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    for offset in sorted({one[1] for one in _observances(text)}, reverse=True):
        begun = [one for one in _observances(text) if one[0] <= local - offset]
        if begun and max(begun)[1] == offset:
            return local - offset
    raise AssertionError(f"There is no {wall} in this zone.")


def _observances(text: str) -> list[tuple[datetime, timedelta]]:
    """Each observance's begin, in UTC, and its offset from then on."""
    zone: Any = icalendar.Calendar.from_ical(text).subcomponents[0]
    return [
        (one["DTSTART"].dt.replace(tzinfo=UTC) - one["TZOFFSETFROM"].td, one["TZOFFSETTO"].td)
        for one in zone.subcomponents
    ]
