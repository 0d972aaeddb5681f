"""What is wrong with a bundle: looks into the zip itself, and believes nobody who made it."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from infra.bundle import bytecode, contents, locks, records, trim

Files = Mapping[str, bytes]

_NAMED = re.compile(r"[\"']((?:pages|parts|emails|static)/[\w./-]+\.(?:html|txt|css|svg))[\"']")
_LETTER = (".subject.txt", ".txt", ".html")
_PACK = "reference/pack/"


def complaints(
    bundle: contents.Bundle,
    archive: Path,
    ours: Files,
    pins: Sequence[locks.Pin],
    places: Sequence[str],
) -> list[str]:
    """Say all that is wrong; nothing, when it may be run.

    Parameters
    ----------
    ours
        What the tree holds of our own files.
    pins
        The packages that must be in it.
    places
        Paths of this computer, none of which may be named in it.
    """
    with zipfile.ZipFile(archive) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    return [
        *_too_large(bundle, files),
        *_unwanted(bundle, files),
        *(f"not as in the tree: {name}" for name in ours if files.get(name) != ours[name]),
        *(each for pin in pins for each in _incomplete(pin, files)),
        *_missing_templates(files),
        *_missing_pack(files),
        *_uncompiled(files),
        *_leaks(files, places),
    ]


def _too_large(bundle: contents.Bundle, files: Files) -> Iterator[str]:
    size = sum(map(len, files.values()))
    if size > bundle.limit_bytes:
        yield f"{size / contents.MB:.1f} MB unzipped; at most {bundle.limit_bytes // contents.MB}"


def _unwanted(bundle: contents.Bundle, files: Files) -> Iterator[str]:
    tops = {name.partition("/")[0] for name in files}
    for package in bundle.never:
        if any(locks.normal(top.partition(".")[0].partition("-")[0]) == package for top in tops):
            yield f"{package} is in it"


def _incomplete(pin: locks.Pin, files: Files) -> Iterator[str]:
    for name in files:
        if name.endswith(records.ENDING) and records.package_of(name) == (pin.name, pin.version):
            for row in records.rows(files[name].decode()):
                if row.name not in files and trim.keeps(row.name):
                    yield f"{pin.name}: {row.name} is missing"
                elif row.digest not in {"", records.digest(files.get(row.name, b""))}:
                    yield f"{pin.name}: {row.name} is not what the wheel holds"
            return
    yield f"{pin.name} {pin.version} is missing"


def _missing_templates(files: Files) -> Iterator[str]:
    """A template that is named somewhere, or the third part of a letter."""
    ours = [name for name in files if name.startswith((*_folders(), "app.py", "solver.py"))]
    for name in ours:
        if name.endswith((".py", ".html", ".txt")):
            for named in _NAMED.findall(files[name].decode()):
                if f"templates/{named}" not in files:
                    yield f"templates/{named} is missing; {name} names it"
    subjects = [name for name in ours if name.endswith(_LETTER[0])]
    for stem in (name.removesuffix(_LETTER[0]) for name in subjects):
        yield from (f"{stem}{end} is missing" for end in _LETTER if stem + end not in files)


def _folders() -> tuple[str, ...]:
    return tuple(f"{folder}/" for folder in contents.FOLDERS)


def _missing_pack(files: Files) -> Iterator[str]:
    try:
        told = json.loads(files[f"{_PACK}manifest.json"])["files"]
    except (KeyError, ValueError):
        yield f"{_PACK}manifest.json is missing or damaged"
        return
    for name, facts in told.items():
        if hashlib.sha256(files.get(_PACK + name, b"")).hexdigest() != facts["sha256"]:
            yield f"{_PACK}{name} is missing or damaged"


def _uncompiled(files: Files) -> Iterator[str]:
    for name in files:
        if name.endswith(".py") and bytecode.compiled(name) not in files:
            yield f"{name} has no .pyc"


def _leaks(files: Files, places: Sequence[str]) -> Iterator[str]:
    """A path of one part, such as /home or /srv, is too common a word to mean anything."""
    needles = [place.encode() for place in places if len(Path(place).parts) > 2]
    for name, content in files.items():
        for needle in needles:
            if needle in content:
                yield f"{name} names {needle.decode()}"
