"""R12: at most 3 attempts a call, and 12 calls a user's action."""

from collections import Counter

from simulation.journal import Action
from simulation.oracles.scene import Answer, Scene

MOST_ATTEMPTS, MOST_CALLS = 3, 12


def watch(scene: Scene) -> None:
    """Count what every request of a browser needs."""

    def answered(action: Action, _: Answer) -> None:
        scene.journal.reached[f"calls {len(action.calls):02}"] += 1
        attempts = Counter(count for _, count in action.calls)
        for count, times in attempts.items():
            scene.journal.reached[f"attempts {count}"] += times
        if max(attempts, default=0) > MOST_ATTEMPTS:
            scene.journal.breaks(f"R12 {action.deed}: {max(attempts)} attempts of one call")
        if len(action.calls) > MOST_CALLS:
            kind = action.thing.partition("-")[0]
            scene.journal.breaks(f"R12 {action.deed} {kind}: {len(action.calls)} calls")

    scene.answers.append(answered)
