"""Jinja2, set up once, for pages and letters alike.

Autoescape is on for every html template and an unknown fact is an error. Local time
exists only here: templates are given instants in UTC and say how to show them.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from chalicelib.domain.campaign import Campaign
from chalicelib.domain.wall_time import written

METRES_A_MILE = 1609.344


@dataclass(frozen=True, slots=True)
class Site:
    """What every page and letter knows.

    Attributes
    ----------
    base_url
        Where people reach us, without a slash at the end.
    local
        Whether this is the local service.
    stylesheet
        Path of the stylesheet, with a mark that changes when it does.
    """

    name: str
    tagline: str
    contact: str
    base_url: str
    zone: ZoneInfo
    local: bool
    stylesheet: str


def site_of(
    campaign: Campaign, base_url: str, *, local: bool = False, stylesheet: str = ""
) -> Site:
    """What pages and letters know; letters have no stylesheet, and look the same locally."""
    return Site(
        name=campaign.name,
        tagline=campaign.tagline,
        contact=campaign.contact,
        base_url=base_url,
        zone=campaign.zone,
        local=local,
        stylesheet=stylesheet,
    )


def render(template: str, site: Site, facts: Mapping[str, Any]) -> str:
    """Fill a template.

    Raises
    ------
    jinja2.UndefinedError
        When it names a fact that it was not given.
    """
    return _environment().get_template(template).render(site=site, **facts)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("templates", "."),
        autoescape=_is_html,  # noqa: S701 - on for all but plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {
        "day": day,
        "clock": clock,
        "weekday": weekday,
        "when": when,
        "miles": miles,
        "minutes": minutes,
        "iso": _iso,
        "plural": plural,
    }
    environment.globals["link"] = _link
    environment.globals["url"] = _url
    return environment


def _is_html(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")


@pass_context
def _link(context: Context, path: str) -> str:
    """The path of a page of ours, as an address within the site."""
    site: Site = context["site"]
    return urlsplit(site.base_url).path + path


@pass_context
def _url(context: Context, path: str) -> str:
    """The whole address of a page of ours, for letters."""
    site: Site = context["site"]
    return site.base_url + path


@pass_context
def day(context: Context, at: datetime | date) -> str:
    """ "Saturday 14 June"."""
    local = _local(context, at)
    return f"{local:%A} {local.day} {local:%B}"


@pass_context
def weekday(context: Context, at: datetime | date) -> str:
    """ "Sat 14 Jun"."""
    local = _local(context, at)
    return f"{local:%a} {local.day} {local:%b}"


@pass_context
def clock(context: Context, at: datetime) -> str:
    """ "9:10am", "1pm", "midday", "midnight"."""
    local = at.astimezone(context["site"].zone)
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    return written(at, context["site"].zone)


@pass_context
def when(context: Context, at: datetime) -> str:
    """ "Saturday 14 June, 9:10am"."""
    return f"{day(context, at)}, {clock(context, at)}"


def miles(metres: float) -> str:
    """ "12 miles", "1 mile", "under a mile"."""
    count = round(metres / METRES_A_MILE)
    return "under a mile" if count < 1 else plural(count, "mile")


def minutes(span: float | timedelta) -> str:
    """Seconds as "25 minutes" or "1 hour 5 minutes", rounded up to a whole minute."""
    seconds = span.total_seconds() if isinstance(span, timedelta) else span
    hours, rest = divmod(-(-int(seconds) // 60), 60)
    parts = [plural(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(plural(rest, "minute"))
    return " ".join(parts)


def plural(count: int, word: str, many: str = "") -> str:
    """ "1 place", "2 places"."""
    return f"{count} {word if count == 1 else many or word + 's'}"


def _iso(at: datetime) -> str:
    return at.isoformat()


def _local(context: Context, at: datetime | date) -> date:
    return at.astimezone(context["site"].zone) if isinstance(at, datetime) else at
