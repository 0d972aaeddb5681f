"""What the local service keeps between starts, all in one folder."""

import importlib
import importlib.util
import shutil
from pathlib import Path


def database(folder: Path) -> Path:
    return folder / "database.sqlite"


def mail(folder: Path) -> Path:
    """The letters, one file each."""
    return folder / "mail"


def position(folder: Path) -> Path:
    """How far the outbox's stream has been read."""
    return folder / "relay.position"


def _sample_loaded(folder: Path) -> Path:
    return folder / "sample-loaded"


def empty(folder: Path) -> None:
    """Throw away what we keep in *folder*, and nothing that somebody else keeps there."""
    shutil.rmtree(mail(folder), ignore_errors=True)
    for ours in [
        *folder.glob(f"{database(folder).name}*"),  # SQLite keeps its journals beside it
        position(folder),
        _sample_loaded(folder),
    ]:
        ours.unlink(missing_ok=True)


def load_sample_once(folder: Path) -> None:
    """Fill a new database with the sample campaign's people.

    Interrupted, it begins again at the next start, so loading twice must do no harm.
    """
    if _sample_loaded(folder).exists() or not importlib.util.find_spec("infra.sample"):
        return
    print("Loading the sample campaign. This happens once.", flush=True)
    wiring = importlib.import_module("chalicelib.wiring")
    importlib.import_module("infra.sample").load(wiring.adapters())
    _sample_loaded(folder).touch()
