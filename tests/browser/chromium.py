"""Chromium without a screen, as a phone or a desk would have it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.browser.person import Person
from tests.browser.running import PATIENCE_S

PHONE_PX, DESK_PX = 360, 1280
"""The widths at which pages are looked at."""

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


@contextmanager
def person_at(service: str, *, scripts: bool) -> Iterator[Person]:
    """Somebody at a browser of their own; one that runs scripts also logs what it loads."""
    options = ChromeOptions()
    for option in OPTIONS:
        options.add_argument(option)
    if scripts:
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    else:
        settings = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", settings)
    driver = Chrome(options, ChromeService(shutil.which("chromedriver")))
    try:
        driver.set_page_load_timeout(PATIENCE_S)
        yield Person(driver, service)
    finally:
        driver.quit()


def look_at(person: Person, width: int, height: int = 800) -> None:
    """Give the page a window of that size, in CSS pixels, without loading it again."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    person.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
