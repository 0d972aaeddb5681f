"""The 650 constituencies of the 2023 review, their results of 4 July 2024, and who sits now."""

import functools
import zlib
from dataclasses import dataclass

from reference import layout
from reference.files import OURS, Pack

OTHER = "Other"
"""The party code of all candidates without a code of their own, summed."""


@dataclass(frozen=True, slots=True)
class Constituency:
    """A seat of the House of Commons.

    Attributes
    ----------
    code, slug
        The GSS code ("E14001147") and a name for addresses ("calder-valley"): both unique.
    name, name_cy
        In English, and in Welsh or "".
    nation, region
        Region as in the results: "North West"; outside England, the nation again.
    lat, lon
        The anchor: a real postcode amid where people live, always inside the seat.
    electorate, valid_votes, majority
        At the general election of 4 July 2024.
    votes
        Its (party code, votes), most votes first, parties without votes left out. Codes:
        Lab, Con, LD, RUK, Green, SNP, PC, DUP, SF, SDLP, UUP, APNI. The first and second
        candidate are always listed by themselves, under the code of the results (Ind, Spk,
        TUV, WPB, ...); `OTHER` is the sum of the rest.
    first_party, second_party
        Codes of the first two candidates.
    mp
        Who was elected on 4 July 2024; after a by-election, somebody else sits.
    holder
        Code of the sitting member's party in April 2026. It may differ by a by-election or
        because the member changed party: also RB, YP (Restore Britain, Your Party).
    holder_since
        The day since which the sitting member sits, as "2015-05-07".
    by_election
        Whether there was one between July 2024 and April 2026.
    hex
        (q, r) in a map of hexagons, odd-r: odd rows are half a hexagon to the right.
    """

    code: str
    slug: str
    name: str
    name_cy: str
    nation: str
    region: str
    lat: float
    lon: float
    electorate: int
    valid_votes: int
    majority: int
    votes: tuple[tuple[str, int], ...]
    first_party: str
    second_party: str
    mp: str
    holder: str
    holder_since: str
    by_election: bool
    hex: tuple[int, int]

    def lead_points(self, party: str) -> float | None:
        """Give *party*'s lead over the best other, in points of the valid votes of 2024.

        Negative when it trailed. None when it had no votes here, and for `OTHER`, which is
        no party. Nor is `OTHER` ever the best other: that is the winner or, for the winner,
        the second, and both are listed by themselves.
        """
        own = dict(self.votes).get(party)
        if own is None or party == OTHER:
            return None
        first, second = dict(self.votes)[self.first_party], self._second_votes
        best_other = second if party == self.first_party else first
        return 100 * (own - best_other) / self.valid_votes

    def margin_points(self, party: str) -> float | None:
        """Give how close *party* was, leading or trailing: `lead_points` without its sign."""
        lead = self.lead_points(party)
        return None if lead is None else abs(lead)

    @property
    def _second_votes(self) -> int:
        return dict(self.votes)[self.first_party] - self.majority


def constituencies(*, pack: Pack = OURS) -> tuple[Constituency, ...]:
    """Give all of them, in the order of their codes."""
    return _all(pack)


def constituency(code_or_slug: str, *, pack: Pack = OURS) -> Constituency | None:
    """Give the one with this GSS code or slug, or None."""
    return _by_name(pack).get(code_or_slug)


def hex_position(code: str, *, pack: Pack = OURS) -> tuple[int, int]:
    """Give (q, r) in a map of hexagons, odd-r.

    Raises
    ------
    KeyError
        When there is no constituency of that GSS code.
    """
    return _by_name(pack)[code].hex


@functools.cache
def _all(pack: Pack) -> tuple[Constituency, ...]:
    [table] = pack.sections(layout.CONSTITUENCIES)
    lines = zlib.decompress(table).decode().splitlines()
    return tuple(_constituency(line.split("\t")) for line in lines)


@functools.cache
def _by_name(pack: Pack) -> dict[str, Constituency]:
    seats = _all(pack)
    return {seat.code: seat for seat in seats} | {seat.slug: seat for seat in seats}


def _constituency(fields: list[str]) -> Constituency:
    texts, numbers, votes = fields[:11], [int(field) for field in fields[11:19]], fields[19:]
    code, slug, name, name_cy, nation, region, first, second, mp, holder, since = texts
    lat, lon, electorate, valid_votes, majority, by_election, q, r = numbers
    return Constituency(
        code=code,
        slug=slug,
        name=name,
        name_cy=name_cy,
        nation=nation,
        region=region,
        lat=lat / layout.DEGREE,
        lon=lon / layout.DEGREE,
        electorate=electorate,
        valid_votes=valid_votes,
        majority=majority,
        votes=tuple(zip(votes[::2], map(int, votes[1::2]), strict=True)),
        first_party=first,
        second_party=second,
        mp=mp,
        holder=holder,
        holder_since=since,
        by_election=bool(by_election),
        hex=(q, r),
    )
