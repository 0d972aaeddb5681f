"""A campaign: one deployment's configuration. The service itself takes no side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of the ranking; `domain.need` says what each does, docs/need.md why so much.

    Attributes
    ----------
    least_closeness
        What a marginal at the margin's limit weighs against one without any margin, 0 to 1.
    need, ease, lift_bonus
        Exponents a and b of the suggestion score, and the bonus for a lift nearby.
    ease_scale_s
        Seconds of driving that halve how easy a session is to reach.
    turn_up
        Share of those expected who come, 0 to 1, until there is data of the campaign's own.
    """

    least_closeness: float = 0.75
    need: float = 2.0
    ease: float = 1.0
    lift_bonus: float = 0.25
    ease_scale_s: int = 3600
    turn_up: float = 0.7


@dataclass(frozen=True, slots=True)
class Campaign:
    """Who runs this deployment, and where they want people to go.

    Attributes
    ----------
    party
        Code of the party in the results ("Green"). Empty for a campaign of no party: then
        a seat's margin is the majority of whoever holds it.
    margin_limit
        Percentage points of the valid votes; a seat is a marginal below it.
    targets
        GSS code -> weight, 0 to 1: the campaign's own list. Empty: the margin rule decides.
    zone
        Where its days begin at midnight.
    sender
        The From address of letters.
    contact
        Who answers questions and reviews new events.
    trusted
        Addresses, or "@domain", of organisers who skip review; "*" trusts everyone.
    respond_within
        How long a driver has to accept a proposed lift.
    max_direct_s
        How far "wherever I am needed most" reaches, in seconds of driving.
    """

    id: str
    name: str
    tagline: str
    party: str
    margin_limit: float
    sender: str
    contact: str
    zone: ZoneInfo
    targets: Mapping[str, float] = field(default_factory=dict)
    trusted: tuple[str, ...] = ()
    respond_within: timedelta = timedelta(hours=24)
    max_direct_s: int = 5400
    weights: Weights = field(default_factory=Weights)

    def trusts(self, email: str) -> bool:
        """Whether that organiser's events are public without review."""
        domain = "@" + email.rpartition("@")[2]
        return bool({"*", email, domain} & set(self.trusted))
