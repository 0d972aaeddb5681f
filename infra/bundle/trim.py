"""What of the installed packages no function ever reads.

Only what is safe by its kind: tests, types, headers, sources of compiled parts, programs, and
AWS services that we do not call. OR-Tools' solvers are one library and stay together.
"""

from pathlib import PurePosixPath

SERVICES = frozenset({"dynamodb", "sqs", "sesv2", "sts", "geo-routes"})
"""What we call, and what boto3 may ask for credentials. The stream is Lambda's to read."""

CHALICE = frozenset({"chalice/__init__.py", "chalice/app.py"})
"""All that Chalice packs of itself: its runtime imports the standard library only."""

_FOLDERS = frozenset({"tests", "__pycache__"})
_TOPS = frozenset({"bin", "share", "include"})
_KINDS = frozenset({".pyi", ".pyx", ".pxd", ".h", ".hpp", ".c", ".cpp", ".a", ".lib", ".proto"})
_INSTALLERS_OWN = frozenset({"INSTALLER", "REQUESTED", "direct_url.json"})


def keeps(name: str) -> bool:
    """Say whether the installed file *name* ("numpy/tests/test_ufunc.py") goes into a bundle."""
    path = PurePosixPath(name)
    if path.parent.name.endswith(".dist-info") and path.name in _INSTALLERS_OWN:
        return False
    if path.suffix in _KINDS or _FOLDERS.intersection(path.parts):
        return False
    return _runs(name, path.parts)


def _runs(name: str, parts: tuple[str, ...]) -> bool:
    match parts:
        case ("botocore", "data", service, _, *rest):
            return service in SERVICES and rest != ["examples-1.json"]
        case ("boto3", "data" | "examples", *_):
            return False
        case ("chalice", *_):
            return name in CHALICE
        case (top, *_):
            return top not in _TOPS
    return True
