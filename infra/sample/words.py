"""What the sample's events are called, and what their organisers say about them."""

from collections.abc import Mapping

from chalicelib.domain.event import Kind

TITLES: Mapping[Kind, tuple[str, ...]] = {
    Kind.CANVASS: (
        "Doors and cake in {near}",
        "First time on the doors? {near} is for you",
        "{near}: the streets we have not reached yet",
        "Big day out in {near}",
        "Knock, talk, listen: {near}",
        "{near} doors, then a pint",
        "Talk to {near}",
        "A few more streets of {near}",
        "Boots on in {near}",
        "Every door counts in {near}",
        "{near} together",
        "Come and meet {near}",
        "Flasks and doors in {near}",
        "{near} estate canvass",
        "Doorsteps of {near}, with soup",
        "{near} in pairs",
        "Doors on the hill, {near}",
        "{near}: back to those who were out",
        "All hands to {near}",
        "Quiet streets of {near}",
        "{near} by the station: doors",
        "New estates of {near}",
    ),
    Kind.LEAFLET: (
        "Leaflets round {near}",
        "A walk and some letter boxes in {near}",
        "{near}: 2,000 leaflets, many hands",
        "Leaflet stall at {near} market",
        "{near} leaflet round, dogs welcome",
        "Last leaflets for {near}",
    ),
    Kind.PHONE_BANK: (
        "Ring {near} from your sofa",
        "Evening calls to {near}",
        "Phone bank for {near}: newcomers welcome",
        "Call {near} with us",
    ),
    Kind.TRAINING: (
        "How to talk on a doorstep: training in {near}",
        "Leading a canvass team: practice in {near}",
        "Driving for the campaign: what to know, {near}",
    ),
    Kind.MEETING: (
        "{near} planning evening",
        "Tea, biscuits and a plan for {near}",
    ),
    Kind.FOOD_BANK: (
        "Sorting at {near} food bank",
        "{near} food bank collection",
        "Help hand out at {near} food bank",
    ),
}  # fmt: skip
"""As many as there are events of that kind, so that no two are called the same."""

DESCRIPTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CANVASS: (
        "We knock on doors in pairs. If you have never done it, you go with somebody who has, "
        "and you need not say a word until you want to.\n\nBring shoes you can walk in and "
        "something against the rain. We have clipboards, stickers and cake.",
        "A short briefing, then out in small teams. We listen more than we talk. There is a "
        "break half way, and we end where we began.",
        "We go back to the streets where nobody has called since the last election. Come for "
        "all of it or tell your team leader when you must leave.",
    ),
    Kind.LEAFLET: (
        "We share out the rounds, about 90 minutes each. Nobody has to talk to anybody. "
        "Prams and dogs are welcome.",
        "Leaflets through letter boxes, in pairs if you like. We bring the maps.",
    ),
    Kind.PHONE_BANK: (
        "From home, with your own telephone and a script. We begin together on a call, so "
        "that you know how it goes, and stay on it for questions.",
        "Two hours of calls to people who said they had not made up their minds.",
    ),
    Kind.TRAINING: (
        "For anybody who would like to be surer of themselves. Plenty of practice, no slides.",
        "What to say, what not to say, and how to leave a conversation kindly.",
    ),
    Kind.MEETING: (
        "What we have done, what comes next, and who can do it. Newcomers are very welcome.",
    ),
    Kind.FOOD_BANK: (
        "We sort what was given this week and pack it into parcels. Gloves are there.",
        "No leaflets and no stickers: we only help. The food bank's own volunteers show us how.",
    ),
}

MEETING_POINTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CANVASS: (
        "By the bench at the corner; look for the purple umbrella",
        "At the bus stop opposite the corner shop",
        "On the green, beside the notice board",
        "By the gate of the playground",
        "Outside the corner shop; somebody wears a yellow scarf",
        "Beside the post box at the end of the street",
    ),
    Kind.LEAFLET: (
        "By the parked red estate car with the boxes",
        "Under the big tree at the corner",
        "At the bus stop; look for the trolley of leaflets",
    ),
    Kind.PHONE_BANK: ("Online, at meet.example.org/open-doors",),
    Kind.TRAINING: ("The side door; ring the bell marked Hall",),
    Kind.MEETING: ("First floor, the room on the left", "The back room; go through the café"),
    Kind.FOOD_BANK: ("At the loading door, round the back", "At the front desk"),
}

ACCESSIBILITY = (
    "Level pavements. A toilet is two minutes away.",
    "Some steps up to front doors; there is work for somebody who stays on the pavement.",
    "Step-free, with an accessible toilet. Tell us if you need a seat.",
    "Hilly. We can give you a flat round.",
    "",
)
ONLINE_ACCESSIBILITY = "Live captions. You can take part by telephone alone."
