"""The whole service in its own processes, and Chromium before it."""

from collections.abc import Iterator

import pytest

from tests.browser import chromium, running
from tests.browser.person import Person


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh service without the sample campaign."""
    with running.service(tmp_path_factory.mktemp("service"), sample=False) as address:
        yield address


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh service with the sample campaign."""
    with running.service(tmp_path_factory.mktemp("campaign"), sample=True) as address:
        yield address


@pytest.fixture
def person(service: str) -> Iterator[Person]:
    """Somebody at a phone whose browser runs no scripts at all."""
    with chromium.person_at(service, scripts=False) as somebody:
        yield somebody


@pytest.fixture
def auditor(campaign: str) -> Iterator[Person]:
    """Somebody in the sample campaign who runs axe in the page, which takes scripts."""
    with chromium.person_at(campaign, scripts=True) as somebody:
        yield somebody
