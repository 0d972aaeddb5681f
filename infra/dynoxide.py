"""The local database: Dynoxide, a server on SQLite that speaks DynamoDB's protocol.

Begin with `running`. As a program of its own (``python -m infra.dynoxide [file]``) this is
the process between a parent and the server: it takes the server down when the parent goes.
"""

import platform
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra import child

VERSION = "1.2.1"


class NoDatabaseError(Exception):
    """The server's program is not installed, or does not run here."""


@contextmanager
def running(db_path: Path | None) -> Iterator[str]:
    """Run a database on the file *db_path*, or in memory when it is None; yield its address.

    Raises
    ------
    NoDatabaseError
        When the program is missing; the message says what to run.
    """
    program()
    server = start(db_path)
    try:
        yield server.announced
    finally:
        child.stop([server])


def start(db_path: Path | None) -> child.Child:
    """As `running`, for whoever stops it by `child.stop`. It announces its address."""
    return child.start("infra.dynoxide", *([] if db_path is None else [str(db_path.resolve())]))


def program(root: Path = child.ROOT) -> Path:
    """Find the server's program for this computer in *root*'s node_modules.

    Raises
    ------
    NoDatabaseError
        When it is not there.
    """
    machine = platform.machine()
    processor = {"x86_64": "x64", "aarch64": "arm64"}.get(machine, machine)
    package = f"@dynoxide/{platform.system().lower()}-{processor}"
    found = root / "node_modules" / package / "dynoxide"
    if found.exists():
        return found
    raise NoDatabaseError(
        f"The local database is not installed: {package} is not in node_modules. Run `npm ci`; "
        f"if it is still missing then, `npm install --no-save {package}@{VERSION}`."
    )


def main(arguments: list[str]) -> int:
    """Run the server until it ends by itself or our parent goes; answer its exit code."""
    gone = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: gone.set())
    announce = child.follow_parent(gone.set)
    server, address = _listening(arguments)
    announce(address)
    threading.Thread(target=_pass_on_complaints, args=[server], daemon=True).start()
    while not gone.wait(0.05) and server.poll() is None:
        pass
    return _ended(server)


def _listening(arguments: list[str]) -> tuple["subprocess.Popen[str]", str]:
    """Start the server. Between finding a free port and using it somebody may be quicker."""
    options = [part for path in arguments for part in ("--db-path", path)]
    complaint = ""
    for _ in range(5):
        port = free_port()
        server = subprocess.Popen(  # noqa: S603  (the program that the lock file pins)
            [str(program()), "serve", "--host", "127.0.0.1", "--port", str(port), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            close_fds=False,
        )
        assert server.stderr is not None  # noqa: S101  (for mypy: a pipe was asked for)
        complaint = server.stderr.readline().strip()
        if "listening" in complaint:
            return server, f"http://127.0.0.1:{port}"
        server.wait()
    raise NoDatabaseError(f"The local database does not start: {complaint}")


def _ended(server: "subprocess.Popen[str]") -> int:
    server.terminate()
    try:
        return server.wait(timeout=child.PATIENCE_S / 2)
    except subprocess.TimeoutExpired:
        server.kill()
        return server.wait()


def _pass_on_complaints(server: "subprocess.Popen[str]") -> None:
    """Keep the server's pipe empty; its goodbye is of no interest."""
    for line in server.stderr or ():
        if line.strip() and "Shutting down" not in line:
            sys.stderr.write(f"database: {line}")


def free_port() -> int:
    """Find a port of the loopback interface that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
