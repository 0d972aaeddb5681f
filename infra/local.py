"""The whole service on one computer: ``python -m infra.local``.

Every part that AWS would run is a child process here: the database, the stand-ins of SQS and
SES, the pages, the jobs and the solver. This one starts them, waits, and stops them. Data is
kept between starts, and nothing listens beyond this computer.

Begin with `main`; `_running` shows the order.
"""

import argparse
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from infra import child, dynoxide, folder, lock, stack, world

PORT = 8000


def main(arguments: list[str]) -> int:
    """Run until somebody stops it (0), or until it cannot go on (1)."""
    options = _options(arguments)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, _leave)
    try:
        with _running(options) as children:
            _say_where_it_is(options)
            return _wait(children)
    except (
        child.DidNotStartError, dynoxide.NoDatabaseError, lock.InUseError, stack.OtherShapeError,
        world.PortInUseError,
    ) as error:  # fmt: skip
        sys.stderr.write(f"Marginal Lifts does not run: {error}\n")
        return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m infra.local", description="Run it all locally.")
    say = parser.add_argument
    say("--port", type=int, default=PORT, help="where the pages are (0: any free one)")
    say("--data", type=Path, default=child.ROOT / ".local", help="folder that keeps everything")
    say("--fresh", action="store_true", help="throw away what the folder holds")
    say("--no-sample", action="store_true", help="begin without the sample campaign's people")
    say("--no-nightly", action="store_true", help="leave the daily rounds to the mailbox's button")
    say("--ready-file", type=Path, help="file to write the address to once everything answers")
    say("--code", type=Path, default=child.ROOT, help="folder of app.py and solver.py")
    options = parser.parse_args(arguments)
    options.data = options.data.resolve()
    options.code = options.code.resolve()
    options.port = options.port or dynoxide.free_port()
    options.address = f"http://127.0.0.1:{options.port}"
    return options


def _leave(*_: object) -> None:
    """Unwind from wherever we are: every ``with`` and ``finally`` ends what it began."""
    raise SystemExit(0)


@contextmanager
def _running(options: argparse.Namespace) -> Iterator[list[child.Child]]:
    """Start everything in order, and end it in the opposite one."""
    options.data.mkdir(parents=True, exist_ok=True)
    lock.hold(options.data, note=options.address)
    world.require_free(options.port)
    world.forget_real_accounts()
    if options.fresh:
        folder.empty(options.data)
    if options.ready_file:
        options.ready_file.unlink(missing_ok=True)  # it may be the last start's
    stores: list[child.Child] = []
    functions: list[child.Child] = []
    try:
        stores += [dynoxide.start(folder.database(options.data))]
        stores += [child.start("infra.standins", str(folder.mail(options.data)))]
        world.prepare(options.data, options.address, *(store.announced for store in stores))
        if not options.no_sample:
            folder.load_sample_once(options.data)
        functions += child.start_all(
            ("infra.web", str(options.port), str(options.code)),
            ("infra.worker", "errands" if options.no_nightly else "jobs", str(options.code)),
            ("infra.worker", "solver", str(options.code)),
        )
        yield stores + functions
    finally:
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, signal.SIG_IGN)  # a second Ctrl-C must not cut this short
        child.stop(functions)
        child.stop(stores)


def _say_where_it_is(options: argparse.Namespace) -> None:
    """Tell people, and whoever waits for the file, once the first page has been answered."""
    with suppress(urllib.error.HTTPError):  # any answer will do; a broken page says so itself
        urllib.request.urlopen(f"{options.address}/mailbox", timeout=30).close()  # noqa: S310
    sys.stdout.write(
        f"""
Marginal Lifts is running on this computer, and on this computer only.

  Pages     {options.address}
  Mailbox   {options.address}/mailbox   (every letter arrives there)
  Data      {options.data}   (kept; --fresh throws it away)
  Stop      Ctrl-C

Next: open the pages and type a postcode or a town, such as Hendon. Ask for a lift, and find our
letter in the mailbox. Its button "Match drivers and riders now" does what else the evening does.

"""
    )
    sys.stdout.flush()
    if options.ready_file:
        unfinished = options.ready_file.with_suffix(".unfinished")
        unfinished.write_text(options.address, "utf-8")
        unfinished.rename(options.ready_file)


def _wait(children: list[child.Child]) -> int:
    """Wait for a signal, which ends this by `_leave`; or for a child to end, which none should."""
    while True:
        for each in children:
            if (code := each.process.poll()) is not None:
                sys.stderr.write(f"{each.name} ended unexpectedly ({code}). Stopping the rest.\n")
                return 1
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
