"""How each function runs on AWS: memory, time, and what calls it.

A function's name is that of `infra.bundle.contents`; its zip and handler are said there.
"""

from dataclasses import dataclass

from infra.bundle import contents, locks

RUNTIME = f"python{locks.PYTHON}"
LOGS_KEPT_DAYS = 14
"""PROMISES section 4."""

JOB_S = 30
"""A sixth of the mail queue's visibility, and half of the shortest schedule's minute."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    Attributes
    ----------
    resource
        Its name in the template; Chalice's rule for all but the solver.
    memory_mb
        Lambda gives a whole core at 1,769 MB. A number, or the parameter that has it.
    failures
        Failed calls within 5 minutes that raise the alarm: a schedule of every minute makes up
        for one by itself.
    caller
        What calls it, in words.
    """

    name: str
    resource: str
    memory_mb: int | str
    timeout_s: int
    caller: str
    failures: int = 1

    @property
    def label(self) -> str:
        """Its name as AWS shows it, after the prefix."""
        return self.name.replace("_", "-")

    @property
    def bundle(self) -> contents.Bundle:
        """The zip that it runs."""
        return next(each for each in contents.BUNDLES if self.name in each.handlers)


FUNCTIONS = (
    Function("web", "APIHandler", 1024, 25, "API Gateway, for every page"),
    Function("relay", "Relay", 512, JOB_S, "the outbox's stream, 10 records at most"),
    Function("mail", "Mail", 512, JOB_S, "the mail queue, 10 letters at most"),
    Function("mail_events", "MailEvents", 512, JOB_S, "SES's news, by way of SNS"),
    Function("sweep", "Sweep", 512, JOB_S, "every minute", failures=3),
    Function("deadlines", "Deadlines", 512, JOB_S, "every minute", failures=3),
    Function("hourly", "Hourly", 512, JOB_S, "every hour"),
    Function("nightly", "Nightly", 512, JOB_S, "every day at 20:00 UTC"),
    Function("count", "Count", 512, JOB_S, "every day at 2:30 UTC"),
    Function("solver", "Solver", "SolverMemory", 900, "the match queue, a day at a time"),
)
