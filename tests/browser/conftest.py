"""The whole service in its own processes, and Chromium before it."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.browser.person import Person

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_S = 90
"""How long we wait for something before we say that it will never happen."""

OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh service without the sample campaign."""
    folder = tmp_path_factory.mktemp("service")
    ready = folder / "ready"
    command = [sys.executable, "-m", "infra.local", "--port", "0", "--no-sample"]
    process = subprocess.Popen(  # noqa: S603 - our own service
        [*command, "--data", str(folder / "data"), "--ready-file", str(ready)], cwd=ROOT
    )
    try:
        eventually(lambda: ready.exists() or process.poll() is not None)
        yield ready.read_text("utf-8").strip()
    finally:
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


@pytest.fixture
def person(service: str) -> Iterator[Person]:
    """Somebody at a phone whose browser runs no scripts at all."""
    yield from _at_a_browser(service, scripts=False)


@pytest.fixture
def auditor(service: str) -> Iterator[Person]:
    """Somebody who runs axe in the page, which takes scripts."""
    yield from _at_a_browser(service, scripts=True)


def _at_a_browser(service: str, *, scripts: bool) -> Iterator[Person]:
    options = ChromeOptions()
    for option in OPTIONS:
        options.add_argument(option)
    if not scripts:
        settings = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", settings)
    driver = Chrome(options, ChromeService(shutil.which("chromedriver")))
    try:
        driver.set_page_load_timeout(PATIENCE_S)
        yield Person(driver, service)
    finally:
        driver.quit()


def eventually(happened: Callable[[], object]) -> None:
    """Wait until it has."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)
