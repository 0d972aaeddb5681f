"""The command line: build a pack, verify one, find a place.

    python -m reference build FOLDER [--pack PACK]
    python -m reference verify FOLDER [--pack PACK] [--sample 100000|all] [--seed 1]
    python -m reference find "sw1a1aa"

FOLDER holds the published files (see `reference.build`); matching/data is built and verified
with our pack, from the same files. Exit codes: 0 done, 1 the pack differs or nothing was
found, 2 the command or the files are wrong.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from reference.answers import Answer, Located, Several
from reference.files import OURS
from reference.places import find


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* say and give the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.deed(asked))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _build(asked: argparse.Namespace) -> int:
    from reference.build import write_pack  # noqa: PLC0415 - lookups need none of it
    from reference.build.source import Source  # noqa: PLC0415

    write_pack(Source(asked.folder), asked.pack)
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from reference.build import complaints  # noqa: PLC0415 - as above
    from reference.build.source import Source  # noqa: PLC0415

    found = complaints(Source(asked.folder), asked.pack, sample=asked.sample, seed=asked.seed)
    print("\n".join(found) or f"The pack holds its source (seed {asked.seed}).")
    return 1 if found else 0


def _find(asked: argparse.Namespace) -> int:
    answer = find(asked.text)
    print("\n".join(_lines(answer)))
    return 0 if isinstance(answer, Located) else 1


def _lines(answer: Answer) -> list[str]:
    if isinstance(answer, Located):
        return [f"{part.name}: {getattr(answer, part.name)}" for part in fields(answer)]
    if isinstance(answer, Several):
        return [f"{choice.text}: {choice.query}" for choice in answer.choices]
    return [answer.sentence, *(f"  {choice.text}" for choice in answer.suggestions)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reference", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    deeds = parser.add_subparsers(required=True)
    for deed in (_build, _verify):
        command = deeds.add_parser(deed.__name__[1:])
        command.add_argument("folder", type=Path)
        command.add_argument("--pack", type=Path, default=Path(OURS.folder))
        command.set_defaults(deed=deed)
    command.add_argument("--sample", type=_sample, default=100_000)
    command.add_argument("--seed", type=int, default=1)
    finding = deeds.add_parser("find")
    finding.add_argument("text")
    finding.set_defaults(deed=_find)
    return parser


def _sample(text: str) -> int | None:
    return None if text == "all" else int(text)


if __name__ == "__main__":
    sys.exit(main())
