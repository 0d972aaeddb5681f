"""One local service per data folder.

The lock is held by the kernel for whoever has the file open, and every child inherits it.
So it can never be stale, and it is free exactly when nobody is left who may write there.
"""

import fcntl
import os
import time
from pathlib import Path

_STRAGGLERS_S = 10


class InUseError(Exception):
    """Another local service runs on this folder; the message says which."""


def hold(folder: Path, *, note: str) -> None:
    """Lock *folder* for this process and its children, and leave *note* for who comes next.

    After a crash the children need a moment to end: that is waited for.

    Raises
    ------
    InUseError
        When a service is running here.
    """
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + _STRAGGLERS_S
    while not _taken(lock):
        owner, _, their_note = os.pread(lock, 1000, 0).decode().partition(" ")
        if _alive(owner) or time.monotonic() > deadline:
            os.close(lock)
            raise InUseError(
                f"It is already running on {folder}: {their_note} (process {owner}). Stop that one "
                f"first (kill {owner}), or give this one a folder and a port of its own "
                "(--data, --port)."
            )
        time.sleep(0.05)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} {note}".encode(), 0)
    os.set_inheritable(lock, True)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
