"""Every kind of page there is, one after the other, in the sample campaign.

`pages` opens each and yields its name, for somebody else to look at it.
"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib import config
from chalicelib.domain.kinds import ONLINE
from infra.sample.composed import Sample, compose
from tests.browser import making
from tests.browser.person import Person
from tests.browser.post import kept, lifts, proposals
from tests.browser.running import eventually

ADDRESSES = {
    "home": "/",
    "home, an unknown place": "/near?from=Zzyzx+Parva",
    "several places of one name": "/near?from=Richmond",
    "near a postcode": "/near?from=M21+9AN",
    "near an outcode": "/near?from=BS3",
    "near a town": "/near?from=Swindon",
    "near, with nothing in reach": "/near?from=ZE1+0AA",
    "near, of one kind": "/near?from=M21+9AN&kind=leaflet",
    "constituencies": "/constituencies",
    "a seat that is no marginal": "/constituencies/holborn-and-st-pancras?from=M21+9AN",
    "safety": "/safety",
    "privacy": "/privacy",
    "credits": "/credits",
    "error 404": "/no/such/page",
    "error 410": "/manage/offer-x/y",
    "a form without its session": "/start/own-way",
}


def pages(person: Person) -> Iterator[str]:
    """Open every kind of page, and yield its name each time."""
    for name, address in ADDRESSES.items():
        person.open(address)
        yield name
    yield from _found(person, sample())
    yield from _letters(person)
    yield from _answering(person)
    yield from making.everything(person)


def sample() -> Sample:
    """The sample campaign as the service has made it today."""
    campaign = config.campaign("sample")
    return compose(campaign, datetime.now(campaign.zone).date())


def _found(person: Person, made: Sample) -> Iterator[str]:
    """Events in every standing, and the forms that cannot be begun for some."""
    online = next(one for one in made.sessions if one.kind in ONLINE)
    person.open("/constituencies")
    person.open(str(person.driver.find_element("css selector", "tbody a").get_attribute("href")))
    yield "a marginal"
    for name, event in (("full", made.full.rpartition("-")[0]), ("cancelled", made.cancelled)):
        person.open(f"/events/{event}?from=M21+9AN")
        yield f"an event that is {name}"
    person.open(f"/events/{online.event_id}")
    yield "an event online"
    offer = next(one for one in made.offers if one.sessions and not one.either_with)
    session = (offer.sessions or ("",))[0]
    person.open(f"/events/{session.rpartition('-')[0]}?from=M21+9AN")
    yield "an event with lifts offered"
    person.open(f"/start/lift?session={session}&car=offer-20261128-aaaaaaaaaaaa")
    yield "a form for a car that has gone"
    person.open(f"/start/lift?session={made.full}")
    yield "a form for a full session"
    person.open(f"/start/lift?session={online.id}")
    yield "a form for a lift to an online session"


def _letters(person: Person) -> Iterator[str]:
    eventually(lambda: len(proposals(person)) > 1)
    person.open("/mailbox")
    yield "mailbox"
    person.open(kept(person, proposals(person)[-1]))
    yield "mailbox, a letter"


def _answering(person: Person) -> Iterator[str]:
    """One driver says yes, one no; a rider has a lift."""
    refused, accepted = proposals(person)[:2]
    person.follow(accepted, "respond")
    yield "respond"
    person.press("Send my answer")
    yield "respond, with an error"
    person.fill(answer="yes")
    person.press("Send my answer")
    yield "accepted"
    person.follow(accepted, "respond")
    yield "respond, again"
    person.follow(accepted, "manage")
    yield "manage an offer with a lift"
    person.follow(refused, "respond")
    person.fill(answer="no")
    person.press("Send my answer")
    yield "declined"
    person.follow(refused, "respond")
    yield "respond, after a no"
    eventually(lambda: lifts(person))
    person.follow(lifts(person)[0], "manage")
    yield "manage a request with a lift"
