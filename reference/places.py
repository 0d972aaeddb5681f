"""`find`: where somebody starts from, whatever they typed.

In this order: a postcode, sector or outcode; a town; a postcode with O for 0 or I for 1; a
postcode at the end of an address, the first town between its commas. Else a refusal that helps.
"""

from collections.abc import Callable
from dataclasses import replace

from reference import areas, postcodes, readings, refusals, spelling, towns, written
from reference.answers import Answer, Choice, Located, Several, Unknown
from reference.constituencies import constituency
from reference.files import OURS, Pack
from reference.readings import Reading

TEXT_LIMIT = 200
"""Characters of a text that we look at: an address fits; a pasted letter does not."""

Words = tuple[str, ...]


def find(text: str, *, pack: Pack = OURS) -> Answer:
    """Find the place that *text* names.

    Any case, spacing, punctuation, accents and full-width characters will do. A whole
    postcode that we do not have (a new one, or one in Northern Ireland) is answered by its
    sector, else its outcode, with that area's error and a note. Never raises, on any string;
    the work is bounded. `find(answer.label)` gives the same place.
    """
    if len(text) > TEXT_LIMIT:
        return Unknown(written.shown(text), refusals.TOO_LONG)
    typed = written.words(text)
    if not typed:
        return Unknown(written.shown(text), refusals.NOTHING)
    for way in _WAYS:
        if answer := way(typed, text, pack):
            return answer
    return _unknown(typed, text, pack)


def _as_postcode(typed: Words, _: str, pack: Pack) -> Located | None:
    read = readings.readings(typed)
    return next(filter(None, (_read_as(reading, typed, pack) for reading in read)), None)


def _as_town(typed: Words, text: str, pack: Pack) -> Answer | None:
    found = towns.namesakes(" ".join(typed), pack)
    if len(found) == 1:
        return towns.located(found[0], pack=pack)
    if found:
        return Several(written.shown(text), tuple(towns.choice(town, pack) for town in found))
    return None


def _as_misread(typed: Words, text: str, pack: Pack) -> Answer | None:
    read = {
        reading: place
        for reading in readings.misreadings(typed)
        if (place := _read_as(reading, typed, pack))
    }
    exact = {reading: place for reading, place in read.items() if place.label == reading.label}
    meant = {place.label: (reading, place) for reading, place in (exact or read).items()}
    if not meant:
        return None
    query = written.shown(text)
    if len(meant) == 1:
        [(reading, place)] = meant.values()
        return replace(place, note=refusals.read_as(query, reading.label, place.note))
    offered = tuple(Choice(label, label, place) for label, (_, place) in meant.items())
    return Unknown(query, refusals.did_you_mean(query, offered), offered)


def _at_its_end(typed: Words, _: str, pack: Pack) -> Located | None:
    split = readings.ending(typed)
    if split is None:
        return None
    before, reading = split
    town = towns.within(" ".join(before), reading.label, pack)
    return towns.located(town, pack=pack) if town else _read(reading, pack)


def _between_commas(_: Words, text: str, pack: Pack) -> Answer | None:
    parts = text.split(",") if "," in text else []
    for part in filter(None, map(written.words, parts)):
        if answer := _as_town(part, text, pack):
            return answer
    return None


_WAYS: tuple[Callable[[Words, str, Pack], Answer | None], ...] = (
    _as_postcode,
    _as_town,
    _as_misread,
    _at_its_end,
    _between_commas,
)
"""In the order in which they are tried."""


def _unknown(typed: Words, text: str, pack: Pack) -> Unknown:
    query = written.shown(text)
    part = readings.part(typed)
    sector = areas.sector(part.sector, pack) if part else None
    if sector:
        place = areas.located(sector, pack=pack)
        only = (Choice(sector.label, sector.label, place),)
        return Unknown(query, refusals.incomplete(query, sector.label), only)
    whole = next(readings.readings(typed), None)
    if whole:
        return Unknown(query, refusals.no_postcode(whole))
    if seat := constituency("-".join(typed), pack=pack):
        return Unknown(query, refusals.not_a_town(seat.name))
    offered = _like(" ".join(typed), pack)
    return Unknown(query, refusals.did_you_mean(query, offered), offered)


def _like(key: str, pack: Pack) -> tuple[Choice, ...]:
    """Give the towns whose names begin so, else those that look so."""
    found = towns.begun(key, pack)[: spelling.OFFERED] if len(key) > 2 else []
    return tuple(towns.choice(town, pack) for town in found or spelling.close(key, pack))


def _read_as(reading: Reading, typed: Words, pack: Pack) -> Located | None:
    """Give `_read`, but refuse to take an outcode that has gone, "M10", for a part of "M1"."""
    place = _read(reading, pack)
    coarser = place is not None and place.note and not reading.letters
    return None if coarser and len(typed) == 1 else place


def _read(reading: Reading, pack: Pack) -> Located | None:
    """Give the smallest area of *reading* that we know, with a note if it is not all of it."""
    outcode = areas.outcode(reading.outcode, pack)
    if outcode is None:
        return None
    inward = reading.digit + reading.letters
    if reading.letters and (unit := postcodes.unit(outcode, inward, pack)):
        return postcodes.located(unit, pack=pack)
    sector = areas.sector(reading.sector, pack) if reading.digit else None
    area = sector or outcode
    note = "" if area.label == reading.label else refusals.coarser(reading.label, area.label)
    return areas.located(area, note, pack)
