"""What a deployment is told: read once at the start, and refused at once when wrong."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.campaign import Campaign, Weights

CAMPAIGNS = Path(__file__).parent / "campaigns"


class BadConfiguration(Exception):
    """The deployment cannot start; the message says which setting to mend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment of one function.

    Attributes
    ----------
    local
        Whether this is the local service, with its mailbox page.
    campaign
        File name of the campaign, without its ending, in `chalicelib/campaigns/`.
    base_url
        Where people reach us, without a slash at the end; its path goes before every link.
    table_prefix
        What the tables' names begin with.
    mail_queue_url, match_queue_url
        The two queues' addresses.
    run_every_s
        Changes of a campaign day within so many seconds share one run; as the match queue's
        delay, so that the run begins after the last of them.
    """

    local: bool
    campaign: str
    base_url: str
    table_prefix: str
    region: str
    mail_queue_url: str
    match_queue_url: str
    run_every_s: int

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings.

        Raises
        ------
        BadConfiguration
            When one is missing or cannot be meant.
        """
        stage = _required(env, "MARGINAL_STAGE")
        if stage not in {"local", "live"}:
            raise BadConfiguration('MARGINAL_STAGE must be "local" or "live".')
        every = env.get("MARGINAL_RUN_EVERY_S", "300")
        if not every.isdigit() or not 1 <= int(every) <= 300:
            raise BadConfiguration("MARGINAL_RUN_EVERY_S must be a whole number from 1 to 300.")
        return cls(
            local=stage == "local",
            campaign=_required(env, "MARGINAL_CAMPAIGN"),
            base_url=_required(env, "MARGINAL_BASE_URL").rstrip("/"),
            table_prefix=_required(env, "MARGINAL_TABLE_PREFIX"),
            region=_required(env, "AWS_DEFAULT_REGION"),
            mail_queue_url=_required(env, "MARGINAL_MAIL_QUEUE_URL"),
            match_queue_url=_required(env, "MARGINAL_MATCH_QUEUE_URL"),
            run_every_s=int(every),
        )


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise BadConfiguration(f"{name} is not set; docs/configuration.md says what it is.")
    return value


def campaign(name: str) -> Campaign:
    """Read a campaign's file.

    Raises
    ------
    BadConfiguration
        When there is none of that name, or a value in it is missing or of the wrong kind.
    """
    path = CAMPAIGNS / f"{name}.toml"
    if not path.is_file():
        raise BadConfiguration(f"There is no campaign file {path.name} in chalicelib/campaigns.")
    try:
        return _campaign(name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise BadConfiguration(f"{path.name}: {error!r}") from error


def _campaign(name: str, table: Mapping[str, Any]) -> Campaign:
    return Campaign(
        id=name,
        name=table["name"],
        tagline=table["tagline"],
        party=table["party"],
        margin_limit=float(table["margin_limit"]),
        sender=table["sender"],
        contact=table["contact"],
        zone=ZoneInfo(table["zone"]),
        targets={code: float(weight) for code, weight in table.get("targets", {}).items()},
        trusted=tuple(table.get("trusted", ())),
        respond_within=timedelta(hours=float(table["respond_within_hours"])),
        max_direct_s=int(table["max_direct_minutes"]) * 60,
        weights=Weights(**table.get("weights", {})),
    )
