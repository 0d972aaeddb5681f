"""The forms for lifts: "I need a lift", "I can drive", and "I could drive or ride"."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain.people import Start
from chalicelib.services import offers, requests
from chalicelib.services.journeys import car, day, where, which_car, who
from chalicelib.services.journeys.question import Journey, Question, Values

_COARSER = "The first half of it, or a town, will do too."
_DRIVERS_START = "Others see only “{area}”."
_RIDERS_START = "Others see only “{area}”; your driver sees {label} from two days before."
_YOU = "In a lift, the others see your first name. Nobody sees your email address."
_YOU_DRIVING = (
    "While you have places free, the event’s page shows your first name, about where you start and "
    "about when you leave. Nobody sees your email address."
)
_AGREED = (
    "Nobody here has been vetted, neither you nor the people you will travel with. "
    "Before you go, read this:"
)
_CONFIRM = "Open our letter and press its button within 48 hours. Until then nothing is arranged."

_NEXT_FOR_RIDERS = (
    _CONFIRM,
    "We match drivers and riders together, every evening; in the last two days, at once.",
    "When a driver has said yes, a letter tells you where and when you are picked up. "
    "If nobody has, we say so, and what would help.",
)

_NEXT_FOR_DRIVERS = (
    _CONFIRM,
    "We look for people who fit on your way every evening; in the last two days, at once.",
    "A letter shows you the plan: who, where and when, and how long it takes. You say yes or no, "
    "unless you let people who fit join at once.",
)

_NEXT_FOR_EITHER = (
    _CONFIRM,
    "We work out which helps more people, you driving or you riding, every evening; in the "
    "last two days, at once.",
    "A letter tells you which it is. As a driver you say yes or no to the plan, unless you let "
    "people who fit join at once; as a rider you hear from us once a driver has said yes.",
)


def lift() -> Journey:
    """Somebody, or a party, asks to be carried."""
    return Journey(
        id="lift",
        name="I need a lift",
        questions=(
            day.which_day(),
            *_start("Your postcode is best: then a driver can come near you.", _RIDERS_START),
            day.which_session(
                anywhere="We find the session where you make most difference and have a lift."
            ),
            which_car.question(),
            car.needs("How many of you need a lift?"),
            car.earliest(),
            _back_needed(),
            _extra_as_rider(),
            who.question(_YOU),
        ),
        send=_ask,
        button="Ask for a lift",
        agreed=_AGREED,
        next=_NEXT_FOR_RIDERS,
    )


def drive() -> Journey:
    """Somebody offers places."""
    return Journey(
        id="drive",
        name="I can drive",
        questions=(
            day.which_day(),
            *_start("Your postcode is best: then we know what is on your way.", _DRIVERS_START),
            day.which_session(anywhere="We find the session where your places help most."),
            car.seats("How many places are free in your car?"),
            car.earliest(),
            _detour_as_driver(),
            _back_offered(),
            car.at_once("May people who fit join your car at once?"),
            who.question(_YOU_DRIVING),
        ),
        send=_make,
        button="Offer these places",
        agreed=_AGREED,
        next=_NEXT_FOR_DRIVERS,
    )


def either() -> Journey:
    """Somebody who would drive or ride, whichever helps more."""
    return Journey(
        id="either",
        name="I could drive or ride",
        questions=(
            day.which_day(),
            *_start("Your postcode is best: then we know who lives on your way.", _RIDERS_START),
            day.which_session(anywhere="We find the session where you make most difference."),
            car.seats("If you drive, how many places are free?"),
            car.needs("If you ride, how many of you need a lift?"),
            car.earliest(),
            _detour_as_driver(),
            _extra_as_rider(),
            _back_needed(),
            car.at_once("If you drive, may people who fit join your car at once?"),
            who.question(_YOU_DRIVING),
        ),
        send=_ask_either,
        button="Send",
        agreed=_AGREED,
        next=_NEXT_FOR_EITHER,
    )


def _start(hint: str, seen: str) -> tuple[Question, Question]:
    place = where.place(
        title="Where do you start from?",
        hint=f"{hint} {_COARSER}",
        short="Start",
        seen=seen,
        autocomplete="postal-code",
    )
    return replace(place, note=which_car.note), where.which()


def _extra_as_rider() -> Question:
    return car.minutes(
        "extra",
        title="How much longer than the direct drive may it take?",
        short="Longer than the direct drive",
        hint="The car may collect others on the way. The more time you give, the likelier a lift.",
    )


def _detour_as_driver() -> Question:
    return car.minutes(
        "detour",
        title="How much longer than your direct drive may it take?",
        short="Extra time for detours",
        hint="Each way, for collecting people. The more time you give, the more can come.",
    )


def _back_needed() -> Question:
    return car.both_ways(
        title="Do you need a lift back?",
        short="Way back",
        yes="Yes, there and back",
        no="No, only there",
        hint="If you say yes, we never take you there without a way back.",
    )


def _back_offered() -> Question:
    return car.both_ways(
        title="Do you take people back as well?",
        short="Way back",
        yes="Yes, there and back",
        no="No, only there",
        hint="Most riders need a way back.",
    )


def _start_of(values: Values) -> Start:
    return where.start_of(where.meant(values))


def _ask(world: Adapters, draft_id: str, values: Values) -> tuple[str, ...]:
    asked = requests.ask(
        world,
        draft_id,
        person=values["person"],
        start=_start_of(values),
        needs=values["needs"],
        day=values[day.DAY],
        earliest_at=values["earliest"],
        extra_limit_s=values["extra"],
        sessions=values["sessions"],
        both_ways=values["back"],
        car=values.get(which_car.CAR, ""),
    )
    return (asked.id,)


def _make(world: Adapters, draft_id: str, values: Values) -> tuple[str, ...]:
    made = offers.make(
        world,
        draft_id,
        person=values["person"],
        start=_start_of(values),
        seats=values["seats"],
        day=values[day.DAY],
        earliest_at=values["earliest"],
        detour_limit_s=values["detour"],
        sessions=values["sessions"],
        both_ways=values["back"],
        auto=values["auto"],
    )
    return (made.id,)


def _ask_either(world: Adapters, draft_id: str, values: Values) -> tuple[str, ...]:
    offer, request = requests.ask_either(
        world,
        draft_id,
        person=values["person"],
        start=_start_of(values),
        seats=values["seats"],
        needs=values["needs"],
        day=values[day.DAY],
        earliest_at=values["earliest"],
        detour_limit_s=values["detour"],
        extra_limit_s=values["extra"],
        sessions=values["sessions"],
        both_ways=values["back"],
        auto=values["auto"],
    )
    return offer.id, request.id
