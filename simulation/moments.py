"""A life as it is at one moment, to go on from there again and again, each time otherwise.

Begin with `kept` and `put_back`.
"""

import pickle
from dataclasses import dataclass
from datetime import datetime

from simulation.life import Life
from simulation.oracles import watching
from simulation.oracles.scene import Scene


@dataclass(frozen=True, slots=True)
class Moment:
    """What is stored at an instant; nothing is on its way."""

    at: datetime
    stored: bytes


def kept(life: Life) -> Moment:
    """The life as it is."""
    return Moment(life.cloud.clock(), pickle.dumps((life.cloud.database.tables, life.scene.rows)))


def put_back(life: Life, moment: Moment) -> None:
    """Everything stored is as it was, and so is the time; oracles begin anew."""
    database = life.cloud.database
    database.tables, rows = pickle.loads(moment.stored)  # noqa: S301 - written above
    database.log.clear()
    for queue in life.cloud.queues.all.values():
        queue.messages.clear()
        queue.seen.clear()
    life.functions.news.clear()
    life.cloud.ses.notices.clear()
    life.start_from(moment.at)
    scene = Scene(life.journal, life.cloud.faults, life.cloud.clock, life.functions.lost_news)
    watching.watch(scene)
    scene.rows = rows
    life.scene, database.listeners[:] = scene, [scene.committed]
