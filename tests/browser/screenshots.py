"""Pictures of the main pages for the documentation: ``python -m tests.browser.screenshots``.

Starts a fresh service with the sample campaign, and needs Chromium and its driver. The
pictures replace those in docs/screenshots/; where pngquant and optipng are installed, they
make them smaller.
"""

import base64
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.browser.chromium import DESK_PX, PHONE_PX, look_at, person_at
from tests.browser.forms import filled_in
from tests.browser.person import Person
from tests.browser.post import kept, lifts, proposals
from tests.browser.running import ROOT, eventually, service

FOLDER = ROOT / "docs" / "screenshots"
TALLEST_PX = 2000
"""What is further down is more of the same."""

HEIGHT = "return document.documentElement.scrollHeight"


def main() -> None:
    """Take them all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        service(Path(folder), sample=True) as address,
        person_at(address, scripts=True) as person,
    ):
        look_at(person, PHONE_PX)
        for name in _pages(person):
            for width in (PHONE_PX, DESK_PX):
                _take(person, FOLDER / f"{name}-{width}.png", width)
            look_at(person, PHONE_PX)
    sys.stdout.write(f"{FOLDER}: {sum(one.stat().st_size for one in _pictures()):,} bytes\n")


def _pages(person: Person) -> Iterator[str]:
    """Open each page, and yield the name of its pictures."""
    person.open("/")
    yield "home"
    person.open("/near?from=M21+9AN")
    yield "result"
    cards = person.driver.find_elements("css selector", ".card .small a")  # has several sessions
    cards += person.driver.find_elements("css selector", ".card h3 a")
    person.open(str(cards[0].get_property("href")))
    yield "event"
    person.press("I need a lift")
    for page in filled_in(person, "form", "olu@example.org", place="M21 9AN"):
        if page.startswith("form: How many of you need a lift? (with"):
            yield "form"
    yield "check"
    eventually(lambda: len(proposals(person)) > 1)
    proposal = max(proposals(person), key=lambda one: str(one).count("near "))
    person.open(kept(person, proposal) + "/html")
    yield "letter"
    person.follow(proposal, "respond")
    yield "respond"
    person.fill(answer="yes")
    person.press("Send my answer")
    eventually(lambda: lifts(person))
    person.follow(lifts(person)[0], "manage")
    yield "manage"


def _take(person: Person, path: Path, width: int) -> None:
    look_at(person, width)
    tall = int(person.driver.execute_script(HEIGHT))
    look_at(person, width, min(tall, TALLEST_PX))
    taken = person.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(taken["data"]))
    _shrink(path)


def _shrink(path: Path) -> None:
    if pngquant := shutil.which("pngquant"):
        subprocess.run([pngquant, "--force", "--ext", ".png", "64", str(path)], check=True)  # noqa: S603
    if optipng := shutil.which("optipng"):
        subprocess.run([optipng, "-quiet", str(path)], check=True)  # noqa: S603


def _pictures() -> list[Path]:
    return sorted(FOLDER.glob("*.png"))


if __name__ == "__main__":
    main()
