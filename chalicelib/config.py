"""What a deployment is told: read once at the start, and refused at once when wrong."""

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from chalicelib.domain.campaign import Campaign, Weights

CAMPAIGNS = Path(__file__).parent / "campaigns"


ROADS = {"osrm": (50, 250_000), "valhalla": (50, 250_000), "amazon": (100, 10_000)}
"""Service -> its default side and most pairs. 50 by 50 is what Valhalla allows unless told
otherwise, and half of what OSRM does. Amazon's is little, since each pair is billed."""


RUN_EVERY_S = 120
"""A place that somebody gives back is offered again within 5 minutes, solving included (PROMISES
R7): 2 for waiting, and 3 for the run. As `RunEverySeconds` in infra/data.yaml."""


class BadConfiguration(Exception):
    """The deployment cannot start; the message says which setting to mend."""


@dataclass(frozen=True, slots=True)
class Roads:
    """Who is asked for drive times, instead of estimating them.

    Attributes
    ----------
    service
        "osrm", "valhalla" or "amazon".
    url
        The server's address, without a slash at the end; "" for Amazon's.
    side
        Most origins, and most destinations, of one question.
    most_pairs
        Most drives that one run asks for.
    """

    service: str
    url: str
    side: int
    most_pairs: int


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
    roads
        None: drive times are estimated, and no service is asked.
    mail_configuration_set
        SES's configuration set whose events come back to us; "": there is none.
    """

    local: bool
    campaign: str
    base_url: str
    table_prefix: str
    region: str
    mail_queue_url: str
    match_queue_url: str
    run_every_s: int
    roads: Roads | None
    mail_configuration_set: str = ""

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
        return cls(
            local=stage == "local",
            campaign=_required(env, "MARGINAL_CAMPAIGN"),
            base_url=_required(env, "MARGINAL_BASE_URL").rstrip("/"),
            table_prefix=_required(env, "MARGINAL_TABLE_PREFIX"),
            region=_required(env, "AWS_DEFAULT_REGION"),
            mail_queue_url=_required(env, "MARGINAL_MAIL_QUEUE_URL"),
            match_queue_url=_required(env, "MARGINAL_MATCH_QUEUE_URL"),
            run_every_s=_whole(env, "MARGINAL_RUN_EVERY_S", RUN_EVERY_S, most=300),
            roads=_roads(env),
            mail_configuration_set=_optional_name(env, "MARGINAL_MAIL_CONFIGURATION_SET"),
        )


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise BadConfiguration(f"{name} is not set; docs/configuration.md says what it is.")
    return value


def _optional_name(env: Mapping[str, str], name: str) -> str:
    """A name as SES gives them to configuration sets, or ""."""
    value = env.get(name, "").strip()
    if not re.fullmatch("[A-Za-z0-9_-]{0,64}", value):
        raise BadConfiguration(f'{name} may have 64 letters, digits, "-" and "_" at most.')
    return value


def _whole(env: Mapping[str, str], name: str, default: int, *, most: int) -> int:
    value = env.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit()) or not 1 <= int(value) <= most:
        raise BadConfiguration(f"{name} must be a whole number from 1 to {most}.")
    return int(value)


def _roads(env: Mapping[str, str]) -> Roads | None:
    service = env.get("MARGINAL_ROADS", "").strip() or "estimate"
    if service not in {"estimate", *ROADS}:
        known = ", ".join(f'"{name}"' for name in ("estimate", *ROADS))
        raise BadConfiguration(f"MARGINAL_ROADS must be one of {known}.")
    url = env.get("MARGINAL_ROADS_URL", "").strip()
    if url and service not in {"osrm", "valhalla"}:
        raise BadConfiguration(f'MARGINAL_ROADS_URL means nothing with MARGINAL_ROADS "{service}".')
    if service == "estimate":
        return None
    side, most_pairs = ROADS[service]
    return Roads(
        service=service,
        url="" if service == "amazon" else _address(env, "MARGINAL_ROADS_URL"),
        side=_whole(env, "MARGINAL_ROADS_SIDE", side, most=500),
        most_pairs=_whole(env, "MARGINAL_ROADS_MOST_PAIRS", most_pairs, most=2_500_000),
    )


def _address(env: Mapping[str, str], name: str) -> str:
    """An address that people's homes may be sent to: nobody on the way can read them."""
    url = _required(env, name)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadConfiguration(f"{name} is not an address.") from error
    plain = not parts.username and not parts.query and not parts.fragment
    if not host or not plain or not url.isascii() or not url.isprintable() or " " in url:
        raise BadConfiguration(f"{name} must be an address such as https://roads.example.org.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(host)):
        raise BadConfiguration(f"{name} must begin with https://, unless it is on this computer.")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
