"""Packing the constituencies: one compressed table, tabs between its fields."""

from reference import written
from reference.build.container import deflated
from reference.build.source import Row, Source, SourceError, point, whole
from reference.constituencies import OTHER

PARTIES = {
    "con": "Con",
    "lab": "Lab",
    "ld": "LD",
    "ruk": "RUK",
    "green": "Green",
    "snp": "SNP",
    "pc": "PC",
    "dup": "DUP",
    "sf": "SF",
    "sdlp": "SDLP",
    "uup": "UUP",
    "apni": "APNI",
}
"""Party code by its column in the results."""


def sections(source: Source) -> list[bytes]:
    """Give the section of the constituencies' file."""
    seats = {row["code"]: row for row in source.rows("constituencies_2024.csv")}
    results = {row["code"]: row for row in source.rows("results_ge2024.csv")}
    holders = {row["code"]: row for row in source.rows("seat_holders_2026-04.csv")}
    hexes = source.document("constituencies_2024.hexjson")["hexes"]
    if not seats.keys() == results.keys() == holders.keys() == hexes.keys():
        raise SourceError("the four lists of constituencies differ")
    lines = [_line(seats[c], results[c], holders[c], hexes[c]) for c in source.codes]
    if len({line[1] for line in lines}) < len(lines):
        raise SourceError("two constituencies have the same slug")
    return [deflated("\n".join("\t".join(line) for line in lines).encode())]


def slug(name: str) -> str:
    """Give the name for addresses: "calder-valley", "ynys-mon"."""
    return "-".join(written.words(name))


def _line(seat: Row, result: Row, holder: Row, place: dict[str, int]) -> list[str]:
    lat, lon = point(seat, "anchor_lat", "anchor_lon")
    mp = f"{result['mp_first_name']} {result['mp_surname']}"
    texts = [seat["code"], slug(seat["name"]), seat["name"], seat["name_cy"]]
    texts += [seat["nation"], seat["region"], result["first_party"], result["second_party"]]
    texts += [mp, holder["party_now"], holder["mp_since"]]
    counts = [whole(result[column]) for column in ("electorate", "valid_votes", "majority")]
    numbers = [lat, lon, *counts, whole(holder["by_election"]), place["q"], place["r"]]
    votes = [str(part) for pair in _votes(result) for part in pair]
    return [*texts, *map(str, numbers), *votes]


def _votes(result: Row) -> list[tuple[str, int]]:
    """Give the votes by party, taking the first two candidates out of the sum of others."""
    votes = {code: whole(result[column]) for column, code in PARTIES.items()}
    others = whole(result["other"])
    first_two = {result["first_party"]: "first_votes", result["second_party"]: "second_votes"}
    if len(first_two) < 2:
        raise SourceError(f"{result['code']}: first and second have the same party code")
    for party, column in first_two.items():
        count = whole(result[column])
        if party not in votes:
            votes[party] = count
            others -= count
        elif votes[party] != count:
            raise SourceError(f"{result['code']}: two numbers of votes for {party}")
    votes[OTHER] = others
    if others < 0 or sum(votes.values()) != whole(result["valid_votes"]):
        raise SourceError(f"{result['code']}: the votes do not sum to the valid votes")
    return sorted(((p, n) for p, n in votes.items() if n), key=lambda pair: (-pair[1], pair[0]))
