"""One story for every handler and every deed of people; each ends before its last deed.

Begin with `STORIES`: telling one brings a life to where the deed can be done, and returns it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from simulation.life import Life
from simulation.people.crowd import REVIEWER, TRUSTED
from simulation.script import Script

Deed = Callable[[], object]
SURE = {"sure": "yes"}


@dataclass(frozen=True, slots=True)
class Story:
    """A story without its last deed."""

    name: str
    told: Callable[[Script], Deed]

    def tell(self, life: Life) -> Deed:
        """Bring *life* to where the deed can be done."""
        return self.told(Script(life))


def _send(script: Script) -> Deed:
    script.event()
    action = script.form("ria", script.way("lift")).action
    return lambda: script.press("ria", action)


def _confirm(journey: str) -> Callable[[Script], Deed]:
    def told(script: Script) -> Deed:
        script.event()
        script.made("ria", script.way(journey))
        return lambda: script.press("ria", script.link("ria", "confirm").path, agree="yes")

    return told


def _event(script: Script) -> Deed:
    script.made(TRUSTED, "/start/event")
    return lambda: script.press(TRUSTED, script.link(TRUSTED, "confirm").path, agree="yes")


def _review(script: Script) -> Deed:
    script.confirmed("olu", "/start/event")
    script.quiet()
    return lambda: script.press(REVIEWER, script.link(REVIEWER, "review").path, answer="publish")


def _respond(answer: str) -> Callable[[Script], Deed]:
    def told(script: Script) -> Deed:
        script.event()
        script.driver()
        script.rider()
        script.quiet(400)
        return lambda: script.press("dan", script.link("dan", "respond").path, answer=answer)

    return told


def _again(script: Script) -> Deed:
    _respond("no")(script)()
    return lambda: script.press("dan", script.link("dan", "respond").path + "/again", **SURE)


def _choose(auto: str) -> Callable[[Script], Deed]:
    def told(script: Script) -> Deed:
        script.agreed(auto=auto)
        script.rider("bo")
        # Before the run would bring them there anyway.
        script.life.deliver_letters()
        car = script.life.scene.rows.of("lift")
        chosen = next(one["offer_id"] for one in car.values())
        return lambda: script.manage("bo", "cars", car=chosen)

    return told


def _asked(answer: str) -> Callable[[Script], Deed]:
    def told(script: Script) -> Deed:
        script.agreed()
        script.rider("bo")
        script.quiet(400)
        fields = {"answer": answer, "request": script.things["bo"]}
        return lambda: script.press("dan", script.link("dan", "respond").path, **fields)

    return told


def _managed(name: str, deed: str, *before: str) -> Callable[[Script], Deed]:
    """Somebody in a lift, or its organiser, does that, after they did those."""

    def told(script: Script) -> Deed:
        script.agreed(auto="yes")
        script.confirmed("sue", script.way("own-way"))
        script.quiet()
        for one in before:
            script.manage(name, one, **SURE)
            script.life.deliver_letters()
        return lambda: script.manage(name, deed, **SURE)

    return told


def _moved(script: Script) -> Deed:
    _managed("ria", "")(script)
    version = script.life.scene.rows.of("event")[script.things[TRUSTED]]["version"]
    fields = {"place": "M33 7XX", "address": "", "given-version": str(int(version))}
    return lambda: script.manage(TRUSTED, "change/place", **fields)


def _more(script: Script) -> Deed:
    _managed("ria", "")(script)
    return lambda: script.manage("sue", "change/people", people="4", **{"given-version": "2"})


def _matched(auto: str) -> Callable[[Script], Deed]:
    def told(script: Script) -> Deed:
        script.event()
        script.driver(auto=auto)
        script.rider()
        script.rider("bo")
        script.life.cloud.clock.forward(seconds=130)
        return script.life.functions.match

    return told


def _source(name: str) -> Callable[[Script], Deed]:
    """A function is called with what a rider's cancellation owes."""

    def told(script: Script) -> Deed:
        script.agreed(auto="yes")
        script.manage("ria", "cancel", **SURE)
        functions = script.life.functions
        if name != "relay":
            functions.relay()
        if name == "mail_events":
            functions.mail()
            functions.ready()
            script.life.cloud.clock.forward(seconds=61)
        if name == "sweep":
            script.life.cloud.queues.all["simulated-mail"].messages.clear()
            script.life.cloud.clock.forward(seconds=200)
            return lambda: functions.tick("sweep")
        deed: Deed = getattr(functions, name)
        return deed

    return told


def _ticked(name: str, hours: float, *, answered: bool = True) -> Callable[[Script], Deed]:
    """A schedule beats for the first time, so long after midnight of the session's day."""

    def told(script: Script) -> Deed:
        if answered:
            _managed("ria", "")(script)
        else:
            _respond("yes")(script)
        midnight = script.life.cloud.clock().replace(day=22, hour=0, minute=0, second=0)
        script.life.start_from(midnight + timedelta(hours=hours))
        return lambda: script.life.functions.tick(name)

    return told


def _happened(script: Script) -> Deed:
    _managed("ria", "")(script)
    script.wait_until(18)
    return lambda: script.press("ria", script.link("ria", "happened").path, answer="yes")


STORIES: tuple[Story, ...] = (
    Story("send a form", _send),
    Story("confirm a request", _confirm("lift")),
    Story("confirm an offer", _confirm("drive")),
    Story("confirm either", _confirm("either")),
    Story("confirm a sign-up", _confirm("own-way")),
    Story("confirm an event", _event),
    Story("review an event", _review),
    Story("accept a lift", _respond("yes")),
    Story("decline a lift", _respond("no")),
    Story("undo a no", _again),
    Story("choose a car that takes whoever fits", _choose("yes")),
    Story("choose a car whose driver is asked", _choose("no")),
    Story("say yes to one who asks", _asked("yes")),
    Story("say no to one who asks", _asked("no")),
    Story("cancel a request", _managed("ria", "cancel")),
    Story("undo that", _managed("ria", "undo", "cancel")),
    Story("withdraw an offer", _managed("dan", "cancel")),
    Story("undo a withdrawal", _managed("dan", "undo", "cancel")),
    Story("cancel a sign-up", _managed("sue", "cancel")),
    Story("undo a sign-up's end", _managed("sue", "undo", "cancel")),
    Story("change a sign-up", _more),
    Story("cancel an event", _managed(TRUSTED, "cancel")),
    Story("undo an event's end", _managed(TRUSTED, "undo", "cancel")),
    Story("move an event", _moved),
    Story("match, and ask the driver", _matched("no")),
    Story("match, and tell everyone", _matched("yes")),
    Story("relay", _source("relay")),
    Story("mail", _source("mail")),
    Story("mail's news", _source("mail_events")),
    Story("sweep", _source("sweep")),
    Story("deadlines: nobody answers", _ticked("deadlines", -29, answered=False)),
    Story("deadlines: a lift is locked", _ticked("deadlines", 11)),
    Story("deadlines: a session ends", _ticked("deadlines", 16.5)),
    Story("nightly", _ticked("nightly", -4)),
    Story("hourly", _ticked("hourly", -4)),
    Story("say that it happened", _happened),
)
