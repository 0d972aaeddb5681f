"""Every form there is."""

from collections.abc import Mapping

from chalicelib.services.journeys.event import event
from chalicelib.services.journeys.own_way import own_way
from chalicelib.services.journeys.question import Journey
from chalicelib.services.journeys.travel import drive, either, lift

JOURNEYS: Mapping[str, Journey] = {
    journey.id: journey for journey in (event(), lift(), drive(), either(), own_way())
}
