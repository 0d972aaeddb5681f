"""What `check` finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that a plan breaks.

    `rule` is a word for it (`seats`, `detour`, `worth`), `id` whom or what it concerns: a
    driver, a rider, a session, or `plan`.
    """

    rule: str
    id: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.rule} {self.id}: {self.sentence}"
