"""What simulations have found in the service, each as the smallest history that shows it."""

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save, Take
from chalicelib.domain.request import Request
from simulation.faults import Kind
from simulation.wire import Attempt, Wire
from tests.builders import a_request, a_session, an_event, store


def meet(wire: Wire, *kinds: Kind) -> None:
    """Let the next attempts meet those faults, one each, and none after them."""
    left = list(kinds)

    def on(_: Attempt | None = None) -> None:
        if left:
            wire.cloud.faults.rate, wire.cloud.faults.weights = 1.0, {left.pop(0): 1}
        else:
            wire.cloud.faults.off()

    wire.listeners.append(on)
    on()


def test_r3_nobody_is_told_that_another_was_quicker_who_was_so_themselves(
    served: Adapters, wire: Wire
) -> None:
    """Stored, the answer lost, and the second try in conflict with the first."""
    store(served, an_event(), a_session())
    meet(wire, Kind.ANSWER_LOST, Kind.CONFLICT)

    served.commit([Save(a_request()), Take(a_session().id, 1)])

    assert served.bookings.get(Request, a_request().id).version == 1
    assert served.events.sessions([a_session().id])[a_session().id].free == 29
