"""Which runs there are, and how their rows are printed. Begin with `tables`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bench.demand.country import Country, a_campaign
from bench.demand.crowd import a_crowd
from bench.demand.measures import Measures, measured
from bench.demand.routing import a_plan, nearest_first, ours
from chalicelib.domain.campaign import Campaign, Weights

SIGNUPS = 46_000
"""Those of the 78,000 of 2024 that can have been in the targets; docs/need.md says how counted."""

EVERYONE = 78_000

BEFORE = Weights(least_closeness=0.0, need=1.0, ease=1.5, ease_scale_s=2400)
"""The constants as they were before they were measured."""


@dataclass(frozen=True)
class Case:
    """One row.

    Attributes
    ----------
    label
        What is different here.
    following
        Share of the people who take the first suggestion; None: nearest-first, never full.
    campaign
        With the constants of the ranking.
    people, wanted
        Sign-ups, and how many people the targets want for each of them.
    """

    label: str
    following: float | None
    campaign: Campaign = field(default_factory=lambda: a_campaign(listed=True))
    people: int = SIGNUPS
    wanted: float = 1.0

    def run(self, land: Country, seed: int) -> Measures:
        """Simulate it once."""
        crowd = a_crowd(land, self.people, seed)
        plan = a_plan(land.seats, self.wanted * self.people)
        routed = nearest_first(crowd)
        if self.following is not None:
            routed = ours(land, crowd, plan, self.campaign, self.following)
        return measured(land, crowd, plan, routed)


Titled = tuple[str, Sequence[Case]]
"""A table: its title and its rows."""

HEAD = (
    f"{'':<26}{'follow':>7}{'ratio':>7}{'most':>7}{'tail':>6}{'<100':>6}{'over':>7}"
    f"{'median':>8}{'p90':>6}{'turned':>8}{'nowhere':>9}"
)


def line(case: Case, found: Measures) -> str:
    """A row: shares in per cent, extra driving in minutes."""
    following = "-" if case.following is None else f"{case.following:.0%}"
    return (
        f"{case.label:<26}{following:>7}{found.ratio:>7.2f}{found.most:>7.0f}{found.tail:>6.0f}"
        f"{found.few:>6.0f}{found.over:>7.1%}{found.median_min:>8.1f}{found.p90_min:>6.0f}"
        f"{found.turned:>8.1%}{found.nowhere:>9.1%}"
    )


def weighing(weights: Weights, *, listed: bool = True) -> Campaign:
    """The campaign with other constants."""
    return replace(a_campaign(listed=listed), weights=weights)


def _following(shares: Iterable[float], like: Case) -> list[Case]:
    return [replace(like, following=share) for share in shares]


def _listed() -> list[Case]:
    before = Case("ours, constants before", 0.7, weighing(BEFORE))
    shares = (0, 0.3, 0.5, 0.7, 1)
    return [Case("nearest-first", None), *_following(shares, Case("ours", 0)), before]


def _by_margin() -> list[Case]:
    shares = (0.3, 0.5, 0.7, 1)
    before = Case("ours, constants before", 0.7, weighing(BEFORE, listed=False))
    return [*_following(shares, Case("ours", 0, a_campaign())), before]


def _everyone() -> list[Case]:
    first = Case("nearest-first", None, people=EVERYONE)
    return [first, *_following((0.3, 0.5, 0.7), Case("ours", 0, people=EVERYONE))]


def _wanted() -> list[Case]:
    return [
        case
        for wanted in (0.7, 1.5, 2.0)
        for case in (
            Case(f"wanted {wanted}, nearest", None, wanted=wanted),
            Case(f"wanted {wanted}, before", 0.7, weighing(BEFORE), wanted=wanted),
            Case(f"wanted {wanted}, ours", 0.7, wanted=wanted),
        )
    ]


def _weights() -> list[Case]:
    tried = [
        Weights(need=need, ease_scale_s=60 * minutes)
        for need, minutes in ((1, 60), (1.5, 60), (2, 40), (2, 60), (2, 90), (3, 60), (4, 60))
    ]
    floors = [Weights(least_closeness=least) for least in (0.0, 0.25, 0.5, 0.75, 0.9)]
    reaches = [replace(a_campaign(listed=True), max_direct_s=60 * least) for least in (45, 60, 120)]
    return [
        *(Case(f"need^{one.need:g}, {one.ease_scale_s // 60} min", 0.7, weighing(one))
          for one in tried),
        *(Case(f"by margin, least {one.least_closeness:g}", 0.7, weighing(one, listed=False))
          for one in floors),
        *(Case(f"reach {one.max_direct_s // 60} min", 0.7, one) for one in reaches),
    ]  # fmt: skip


def tables() -> dict[str, Titled]:
    """By their names."""
    return {
        "list": ("Targets from a list, all alike", _listed()),
        "margin": ("Targets by the margin rule", _by_margin()),
        "everyone": (f"All {EVERYONE:,} in the targets (a list)", _everyone()),
        "wanted": ("Other supply: people wanted for each sign-up (a list)", _wanted()),
        "weights": ("Other constants, 70 % following", _weights()),
    }
