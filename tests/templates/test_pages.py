"""Every page template keeps to the rules that pages have in common."""

import gzip
import re
from importlib import resources

import pytest

FOLDER = resources.files("templates")
SHEET = (FOLDER / "static" / "style.css").read_text("utf-8")
TEMPLATES = {
    f"{folder}/{item.name}": item.read_text("utf-8")
    for folder in ("pages", "parts")
    for item in (FOLDER / folder).iterdir()
    if item.name.endswith(".html")
}
each = pytest.mark.parametrize("name", sorted(TEMPLATES))


@each
def test_its_first_line_says_which_facts_it_is_given(name: str) -> None:
    assert TEMPLATES[name].startswith("{# Facts: ")


@each
def test_it_has_no_inline_script_or_style(name: str) -> None:
    """The policy forbids both (PROMISES S5), so a browser would drop them silently."""
    html = re.sub(r"(?s){[%{#].*?[%}#]}", "", TEMPLATES[name])

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", html)


@each
def test_it_never_turns_escaping_off(name: str) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", TEMPLATES[name])


@each
def test_every_address_within_the_site_is_made_by_link(name: str) -> None:
    """A stage's path may come before each of them."""
    assert not re.search(r'(?:href|action|src)="/', TEMPLATES[name])


@each
def test_it_loads_nothing_from_elsewhere(name: str) -> None:
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', TEMPLATES[name])


def test_the_stylesheet_is_small_and_loads_nothing() -> None:
    assert len(gzip.compress(SHEET.encode())) < 6_000
    assert "url(" not in SHEET
    assert "@import" not in SHEET
