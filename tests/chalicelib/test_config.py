"""A deployment that cannot be meant does not start, and says which setting to mend."""

import re

import pytest

from chalicelib.config import BadConfiguration, Roads, Settings
from infra.stack import TEMPLATE

ENV = {
    "MARGINAL_STAGE": "live",
    "MARGINAL_CAMPAIGN": "sample",
    "MARGINAL_BASE_URL": "https://lifts.example.org/",
    "MARGINAL_TABLE_PREFIX": "marginal-lifts",
    "MARGINAL_MAIL_QUEUE_URL": "https://queues.example/mail",
    "MARGINAL_MATCH_QUEUE_URL": "https://queues.example/match.fifo",
    "AWS_DEFAULT_REGION": "eu-west-2",
}
ROADS = "https://roads.example.org"


def roads(**given: str) -> Roads | None:
    """What comes of MARGINAL_ROADS=service, MARGINAL_ROADS_URL=url and so on."""
    names = {name: f"MARGINAL_ROADS_{name}".upper().removesuffix("_SERVICE") for name in given}
    return Settings.from_env(ENV | {names[name]: value for name, value in given.items()}).roads


def test_r7_by_default_a_freed_place_waits_two_minutes_for_its_run() -> None:
    found = re.search(
        r"RunEverySeconds:\n +Type: Number\n +Default: (\d+)\n", TEMPLATE.read_text("utf-8")
    )

    assert found is not None
    assert Settings.from_env(ENV).run_every_s == int(found[1]) == 120


def test_by_default_drives_are_estimated() -> None:
    assert roads() is None
    assert roads(service="estimate") is None
    assert roads(service="", url="", side="") is None


def test_each_service_has_its_own_bounds() -> None:
    assert roads(service="osrm", url=ROADS) == Roads("osrm", ROADS, 50, 250_000)
    assert roads(service="valhalla", url=ROADS) == Roads("valhalla", ROADS, 50, 250_000)
    assert roads(service="amazon") == Roads("amazon", "", 100, 10_000)
    assert roads(service="osrm", url=ROADS, side="200", most_pairs="9") == Roads(
        "osrm", ROADS, 200, 9
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://roads.example.org:8443/gb",
        "http://127.0.0.1:5000",
        "http://127.9.9.9",
        "http://[::1]:8002",
        "http://localhost:8002",
    ],
)
def test_servers_are_reached_safely_or_on_this_computer(url: str) -> None:
    asked = roads(service="osrm", url=f" {url}/ ")

    assert asked is not None
    assert asked.url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "roads.example.org",
        "http://roads.example.org",
        "http://10.0.0.7:5000",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "ftp://127.0.0.1",
        "file:///etc/hosts",
        "https://",
        "https://ann:secret@roads.example.org",
        "https://roads.example.org/?key=secret",
        "https://roads.example.org/#there",
        "https://roads.example.org:port",
        "https://roads.example.org/a b",
        "https://roads.example.org/\r\nHost: other",
        "https://[roads",
        "https://straße.example",
    ],
)
def test_homes_are_sent_to_no_other_address(url: str) -> None:
    with pytest.raises(BadConfiguration, match="MARGINAL_ROADS_URL"):
        roads(service="valhalla", url=url)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"service": "OSRM", "url": ROADS}, "MARGINAL_ROADS "),
        ({"service": "google"}, "MARGINAL_ROADS "),
        ({"url": ROADS}, "MARGINAL_ROADS_URL"),
        ({"service": "amazon", "url": ROADS}, "MARGINAL_ROADS_URL"),
        ({"service": "amazon", "side": "501"}, "MARGINAL_ROADS_SIDE"),
        ({"service": "amazon", "side": "0"}, "MARGINAL_ROADS_SIDE"),
        ({"service": "amazon", "side": "٥"}, "MARGINAL_ROADS_SIDE"),
        ({"service": "amazon", "most_pairs": "1e5"}, "MARGINAL_ROADS_MOST_PAIRS"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: dict[str, str], named: str) -> None:
    with pytest.raises(BadConfiguration, match=named):
        roads(**given)


@pytest.mark.parametrize(("value", "expected"), [("", ""), (" letters-2_b ", "letters-2_b")])
def test_a_configuration_set_may_be_named(value: str, expected: str) -> None:
    settings = Settings.from_env(ENV | {"MARGINAL_MAIL_CONFIGURATION_SET": value})

    assert settings.mail_configuration_set == expected
    assert Settings.from_env(ENV).mail_configuration_set == ""


@pytest.mark.parametrize("value", ["a b", "é", "a" * 64, "arn:aws:ses"])
def test_what_cannot_be_a_configuration_set_is_refused(value: str) -> None:
    with pytest.raises(BadConfiguration, match="MARGINAL_MAIL_CONFIGURATION_SET"):
        Settings.from_env(ENV | {"MARGINAL_MAIL_CONFIGURATION_SET": f"x{value}"})
