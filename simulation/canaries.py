"""Bugs that are planted on purpose, and that an oracle must find: else it watches nothing.

Each patches the service's own code (with what `bugs` holds) inside a block, in a process of its
own: the one place where patching is right. Begin with `CANARIES`; `killing` sets them free.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import wiring
from chalicelib.domain import ids, joining, states
from chalicelib.domain.change import Claim, Fence
from chalicelib.domain.lift import Lift
from chalicelib.services import lifts, links, outbox, seating
from chalicelib.services.letters import delivery, riders
from chalicelib.storage import bookings, calls
from chalicelib.storage import links as link_store
from chalicelib.storage import outbox as outbox_store
from simulation import bugs
from simulation.bugs import Patch
from simulation.swapped import swapped


@dataclass(frozen=True, slots=True)
class Canary:
    """One bug.

    Attributes
    ----------
    promises
        One of these is broken by it.
    patches
        (owner, attribute, value) for as long as it lives.
    overlapped
        Whether only runs that overlap can show it: queues let no two of a day begin.
    seed
        Of the world that is tried first: one in which it was once found soon.
    """

    name: str
    promises: tuple[str, ...]
    patches: tuple[Patch, ...]
    overlapped: bool = False
    seed: int = 1

    @contextmanager
    def planted(self) -> Iterator[None]:
        """Have the service carry the bug inside the block."""
        with ExitStack() as block:
            for owner, name, value in self.patches:
                block.enter_context(swapped(owner, name, value))
            yield


CANARIES: tuple[Canary, ...] = (
    Canary(
        "a thing is saved over a newer one",
        ("R1", "R2", "R4"),
        ((calls, "_put", bugs.put_over),),
        seed=3,
    ),
    Canary("places are taken without counting", ("R1",), ((calls, "_take", bugs.take_blindly),)),
    Canary(
        "an ask holds no place",
        ("R1", "R4"),
        ((Lift, "held", property(lambda self: self.places)),),
        seed=2,
    ),
    Canary("a cancelled place stays taken", ("R1",), ((lifts, "leave", bugs.leave_quietly),)),
    Canary("nobody's place is claimed", ("R4",), (bugs.without(Claim),)),
    Canary(
        "a letter is owed beside its state", ("R3", "R8"), (bugs.committing(bugs.letters_first),)
    ),
    Canary(
        "an outbox row is anybody's",
        ("R8",),
        ((outbox_store.OutboxStore, "_update", bugs.update_blindly),),
    ),
    Canary(
        "a minute of silence is a no",
        ("R8",),
        ((outbox, "RECONCILE_AFTER", timedelta(seconds=1)),),
        seed=2,
    ),
    Canary("a run has no fence", ("R9",), (bugs.without(Fence),), overlapped=True),
    Canary(
        "a run's number does not rise",
        ("R9",),
        ((bookings.BookingStore, "begin_run", bugs.same_run),),
    ),
    Canary(
        "nobody asks for the way back",
        ("R4",),
        ((joining, "joined", bugs.joined_one_way),),
        seed=3,
    ),
    Canary(
        "a full car takes one more",
        ("R1", "R4"),
        ((seating, "_refusal", bugs.whoever), (joining, "_has_room", bugs.room_for_all)),
    ),
    Canary(
        "a confirmation counts each time",
        ("R1",),
        ((links, "CONFIRM", {**links.CONFIRM, "signup": bugs.confirm_again}),),
    ),
    Canary("undo has no end", ("R2",), ((states, "UNDO_FOR", timedelta(days=365)),)),
    Canary("SEQUENCE stands still", ("R6",), ((riders, "entry", bugs.same_sequence),)),
    Canary("sent is said before it is", ("R8",), ((delivery, "_send", bugs.sent_first),)),
    Canary("SES is asked again", ("R8",), ((wiring, "ONCE", wiring.PATIENCE),)),
    Canary("what ends is counted twice", ("R1",), ((lifts, "expired", bugs.expired_twice),)),
    Canary("a form makes another thing", ("R5",), ((ids, "derived", bugs.another),), seed=3),
    Canary("a dead link opens", ("R11",), ((link_store.LinkStore, "check", bugs.any_link),)),
    Canary("riders of a fallen lift hear nothing", ("R6",), ((lifts, "fall", bugs.fall_silently),)),
    Canary("a broken connection is unforeseen", ("R12",), bugs.CODES),
    Canary(
        "every try has a token of its own",
        ("R3",),
        ((wiring, "commit", bugs.commit_without_token),),
    ),
)
