"""The few files that pages need beside themselves, named after what is in them."""

import functools
import hashlib
from importlib import resources

TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript"}


@functools.cache
def files() -> dict[str, tuple[str, bytes]]:
    """Name -> (content type, content) of every static file."""
    folder = resources.files("templates") / "static"
    return {
        item.name: (TYPES["." + item.name.rpartition(".")[2]], item.read_bytes())
        for item in folder.iterdir()
        if "." + item.name.rpartition(".")[2] in TYPES
    }


def path_of(name: str) -> str:
    """Where that file is served: a change in it changes the path, so it may be kept."""
    _, content = files()[name]
    return f"/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"
