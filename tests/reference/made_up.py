"""A made-up kingdom in the shape of the published files: three seats, two hundred postcodes."""

import csv
import json
import lzma
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from statistics import median

from reference.build.constituencies import PARTIES

SEATS = (("E14009001", "AAA"), ("N05009003", "CCC"), ("W07009002", "BBB"))
LETTERS = "ABDEFGHJLN"

Row = dict[str, object]


def write_source(folder: Path) -> None:
    """Write all files that `reference.build` reads into *folder*."""
    units = list(unit_rows())
    _xz(folder / "postcodes_gb.csv.xz", units)
    _csv(folder / "postcode_sectors_gb.csv", list(_areas(units, "sector", 2)))
    northern: Row = {"outcode": "ZC1", "lat": 54.6, "lon": -5.9, "unit_postcodes": 60}
    northern |= {"nation": "Northern Ireland", "r90_m": 1500, "hh_est": 900, "pcons": "CCC:1.00"}
    outcodes = [row | {"nation": "England"} for row in _areas(units, "outcode", 3)]
    _csv(folder / "outcodes_uk.csv", [*outcodes, northern])
    _xz(folder / "small_areas_uk.csv.xz", list(_small_areas()))
    _csv(folder / "gazetteer_uk.csv", list(_towns()))
    _csv(folder / "constituencies_2024.csv", [_seat(*seat) for seat in SEATS])
    _csv(folder / "results_ge2024.csv", [_result(code) for code, _ in SEATS])
    _csv(folder / "seat_holders_2026-04.csv", [_holder(code) for code, _ in SEATS])
    _json(folder / "constituencies_2024.topojson", _topology())
    hexes = {code: {"q": at, "r": -at} for at, (code, _) in enumerate(SEATS)}
    _json(folder / "constituencies_2024.hexjson", {"layout": "odd-r", "hexes": hexes})


def unit_rows() -> Iterator[Row]:
    """Give two outcodes of two sectors of fifty unit postcodes each."""
    for place, outcode in enumerate(("ZA1", "ZA10")):
        for digit in "03":
            for at in range(50):
                unit = f"{outcode}{digit}{LETTERS[at % 10]}{LETTERS[at // 10]}"
                lat = 52 + place / 10 + int(digit) / 50 + at * at % 37 / 10_000
                lon = -0.01 + at / 2_000
                yield {
                    "postcode": unit,
                    "lat": f"{lat:.4f}",
                    "lon": f"{lon:.4f}",
                    "pcon": "BBB" if at % 7 == 3 else "AAA",
                }


def _areas(units: Sequence[Row], column: str, cut: int) -> Iterator[Row]:
    names = dict.fromkeys(str(unit["postcode"])[:-cut] for unit in units)
    for name in names:
        inside = [unit for unit in units if str(unit["postcode"])[:-cut] == name]
        yield {
            column: f"{name[:-1]} {name[-1]}" if column == "sector" else name,
            "lat": median(float(str(unit["lat"])) for unit in inside),
            "lon": median(float(str(unit["lon"])) for unit in inside),
            "unit_postcodes": len(inside),
            "r90_m": 700,
            "pop_est": 40 * len(inside),
            "hh_est": 18 * len(inside),
            "pcons": "AAA:1.000",
        }


def _small_areas() -> Iterator[Row]:
    """Give a zone of Northern Ireland, three areas elsewhere, one of them without people."""
    areas = (
        ("N21000001", 54.61, -5.91, "", 1000, 60, "CCC"),
        ("E01000002", 52.0126, -0.0054, 1504, 600, 90, "AAA"),
        ("E01000003", 52.0221, -0.0051, 1496, 620, 10, "AAA"),
        ("W01000004", 52.1, 0.0, 2000, 900, 30, "BBB"),
        ("E01000005", 52.0, 0.0, 0, 0, 10, "AAA"),
    )
    columns = ("code", "lat", "lon", "pop", "households", "unit_postcodes", "pcon")
    return (dict(zip(columns, area, strict=True)) for area in areas)


def _towns() -> Iterator[Row]:
    towns = (
        ("Madeup", 52.0, 0.0, 3000, "AAA", "ZA1"),
        ("Madeup", 52.1, 0.0, 900, "BBB", "ZA10"),
        ("Saint Nowhere-by-Sea", 52.05, 0.01, 0, "AAA", "ZA10"),
        ("Bally", 54.6, -5.9, 5000, "CCC", ""),
    )
    columns = ("name", "lat", "lon", "population", "pcon", "outcode")
    for number, town in enumerate(towns):
        yield {"geonameid": number} | dict(zip(columns, town, strict=True))


def _seat(code: str, short: str) -> Row:
    return {
        "code": code,
        "name": f"Seat {short}",
        "name_cy": "Sedd" if code.startswith("W") else "",
        "short_code": short,
        "nation": {"E": "England", "W": "Wales", "N": "Northern Ireland"}[code[0]],
        "region": "Somewhere",
        "anchor_lat": 52.01234,
        "anchor_lon": -0.00567,
        "hh_no_car_2011_pct": {"E": 20.4, "W": 10.4}.get(code[0], ""),
    }


def _result(code: str) -> Row:
    votes = dict.fromkeys((*PARTIES, "other"), 0) | {"lab": 400, "con": 300, "other": 300}
    return {
        "code": code,
        "first_party": "Lab",
        "second_party": "Con",
        "mp_first_name": "Sam",
        "mp_surname": "Sample",
        "electorate": 2000,
        "valid_votes": 1000,
        "majority": 100,
        "first_votes": 400,
        "second_votes": 300,
    } | votes


def _holder(code: str) -> Row:
    return {"code": code, "party_now": "Lab", "mp_since": "2024-07-04", "by_election": ""}


def _topology() -> Row:
    square = [[0, 0], [10, 0], [0, 10], [-10, 0], [0, -10]]
    drawn = [
        {"type": "Polygon", "arcs": [[0 if at else -1]], "properties": {"code": code}}
        for at, (code, _) in enumerate(SEATS)
    ]
    return {
        "arcs": [square],
        "transform": {"scale": [0.01, 0.01], "translate": [-1.0, 52.0]},
        "objects": {"constituencies": {"geometries": drawn}},
    }


def _text(rows: Sequence[Row]) -> str:
    columns = dict.fromkeys(column for row in rows for column in row)
    text = StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _csv(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(_text(rows), encoding="utf-8")


def _xz(path: Path, rows: Sequence[Row]) -> None:
    path.write_bytes(lzma.compress(_text(rows).encode()))


def _json(path: Path, document: Row) -> None:
    path.write_text(json.dumps(document), encoding="utf-8")
