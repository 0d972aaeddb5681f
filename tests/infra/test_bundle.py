"""What is wrong with a bundle is found, and the same tree makes the same bundle.

Bundles here are made up and tiny; the real ones are built and run by ``make bundle``.
"""

import dataclasses
import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import app
from infra import child
from infra.bundle import archive, check, contents, locks, manifest, records, trim

Files = dict[str, bytes]

SIX = locks.Pin("six", "1.17.0", ("--hash=sha256:00",))
TOWNS = b"a pack"
CODE = b'html(200, "pages/home.html")\n'
SOURCE = b"SIX = 6\n"
RECORD = "six-1.17.0.dist-info/RECORD"
PLACE = "/home/ann/marginal-lifts"


def a_bundle() -> Files:
    """A whole one: a page, a letter, a pack file and one package."""
    told = {"files": {"towns.bin": {"sha256": hashlib.sha256(TOWNS).hexdigest()}}}
    return {
        "app.py": CODE,
        "templates/pages/home.html": b"<p>Here.</p>",
        "templates/emails/changed.subject.txt": b"Changed",
        "templates/emails/changed.txt": b"Changed.",
        "templates/emails/changed.html": b"<p>Changed.</p>",
        "reference/pack/manifest.json": json.dumps(told).encode(),
        "reference/pack/towns.bin": TOWNS,
        "six.py": SOURCE,
        RECORD: f"six.py,{records.digest(SOURCE)},8\n".encode(),
        "__pycache__/app.cpython-313.pyc": b"",
        "__pycache__/six.cpython-313.pyc": b"",
    }


def complaints(files: Files, tmp_path: Path, bundle: contents.Bundle = contents.WEB) -> list[str]:
    path = tmp_path / "made-up.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return check.complaints(bundle, path, {"app.py": CODE}, [SIX], [PLACE])


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {each: files[each] for each in files if each != name}


def with_(name: str, content: bytes = b"") -> Callable[[Files], Files]:
    return lambda files: {**files, name: content}


def test_nothing_is_wrong_with_a_whole_bundle(tmp_path: Path) -> None:
    assert complaints(a_bundle(), tmp_path) == []


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (without("templates/pages/home.html"), "templates/pages/home.html is missing; app.py"),
        (without("templates/emails/changed.txt"), "templates/emails/changed.txt is missing"),
        (without("reference/pack/towns.bin"), "reference/pack/towns.bin is missing or damaged"),
        (with_("reference/pack/towns.bin", b"cut"), "reference/pack/towns.bin is missing or"),
        (without("reference/pack/manifest.json"), "reference/pack/manifest.json is missing"),
        (without(RECORD), "six 1.17.0 is missing"),
        (without("six.py"), "six: six.py is missing"),
        (with_("six.py", b"SIX = 7"), "six: six.py is not what the wheel holds"),
        (with_("app.py", b"old"), "not as in the tree: app.py"),
        (with_("ortools/version.py"), "ortools is in it"),
        (with_("numpy.libs/blas.so"), "numpy is in it"),
        (with_("pandas-3.1.1.dist-info/METADATA"), "pandas is in it"),
        (without("__pycache__/six.cpython-313.pyc"), "six.py has no .pyc"),
        (with_("notes.txt", b"see /home/ann/marginal-lifts/app.py"), f"notes.txt names {PLACE}"),
    ],
)
def test_what_is_wrong_is_found(
    broken: Callable[[Files], Files], complaint: str, tmp_path: Path
) -> None:
    found = complaints(broken(a_bundle()), tmp_path)

    assert any(each.startswith(complaint) for each in found), found


def test_a_bundle_beyond_its_limit_is_found(tmp_path: Path) -> None:
    small = dataclasses.replace(contents.WEB, limit_bytes=20)

    [found] = complaints(a_bundle(), tmp_path, small)

    assert found.endswith("at most 0")


def test_the_solver_may_carry_its_optimiser(tmp_path: Path) -> None:
    files = with_("ortools/version.txt")(a_bundle())

    assert complaints(files, tmp_path, contents.SOLVER) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("botocore/data/sqs/2012-11-05/service-2.json.gz", True),
        ("botocore/data/ec2/2016-11-15/service-2.json.gz", False),
        ("botocore/data/endpoints.json", True),
        ("chalice/app.py", True),
        ("chalice/cli/factory.py", False),
        ("numpy/testing/overrides.py", True),
        ("numpy/tests/test_lazyloading.py", False),
        ("numpy/__init__.pyi", False),
        ("bin/f2py", False),
        ("six-1.17.0.dist-info/METADATA", True),
        ("six-1.17.0.dist-info/INSTALLER", False),
    ],
)
def test_only_what_runs_is_kept(name: str, kept: bool) -> None:
    assert trim.keeps(name) is kept


@pytest.mark.parametrize("bundle", contents.BUNDLES, ids=lambda bundle: bundle.name)
def test_locks_are_read_for_lambda_and_not_for_this_python(bundle: contents.Bundle) -> None:
    lock = child.ROOT / bundle.lock

    found = locks.pins(lock)

    names = [
        line.partition("==")[0] for line in lock.read_text("utf-8").splitlines() if "==" in line
    ]
    assert [pin.name for pin in found] == list(dict.fromkeys(names))
    assert all(pin.hashes for pin in found)


def test_a_marker_is_judged_for_lambda(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n"
        "numpy==2.5.5 ; python_full_version >= '3.12' \\\n    --hash=sha256:bb\n"
        "colorama==0.4 ; sys_platform == 'win32' \\\n    --hash=sha256:cc\n"
    )

    assert [pin.line for pin in locks.pins(lock)] == ["numpy==2.5.5 --hash=sha256:bb"]


def test_our_own_files_are_those_that_functions_need() -> None:
    web = contents.ours(contents.WEB, child.ROOT)

    assert {"app.py", "templates/pages/home.html", "reference/pack/postcodes.bin"} <= web.keys()
    assert "chalicelib/campaigns/sample.toml" in web
    assert "solver.py" in contents.ours(contents.SOLVER, child.ROOT)
    assert not [name for name in web if name.startswith(("solver", "infra", "reference/build"))]


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    for number, names in enumerate((["b.txt", "a.txt"], ["a.txt", "b.txt"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in names:
            (folder / name).write_text(name)
            os.utime(folder / name, (number * 10**8, number * 10**8))
        archive.pack(folder, tmp_path / f"{number}.zip")

    assert archive.sha256(tmp_path / "0.zip") == archive.sha256(tmp_path / "1.zip")


def test_a_manifest_tells_the_zip_and_no_date(tmp_path: Path) -> None:
    complaints(a_bundle(), tmp_path)
    found = manifest.facts(tmp_path / "made-up.zip")

    manifest.write(tmp_path, {"web": found}, proven=True)

    told = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert told["proven"]
    assert told["bundles"]["web"]["packages"] == {"six": "1.17.0"}
    assert told["bundles"]["web"]["sha256"] == archive.sha256(tmp_path / "made-up.zip")
    assert found.unzipped_bytes == sum(map(len, a_bundle().values()))


def test_functions_are_named_as_chalice_names_them() -> None:
    jobs: list[Any] = [*app.pure_lambda_functions, *app.event_sources]

    assert contents.WEB.handlers == {"web": "app.app"} | {
        job.name: job.handler_string for job in jobs
    }
