"""After the closing, compiled: who holds the network, if anybody.

The twin of `model/stewardship.py`; read that first, this only makes it fast.
"""

from typing import Any

from simulation import draws, rules
from simulation.compiling import internal
from simulation.draws import draw
from simulation.engine import arrays
from simulation.engine.arrays import State
from simulation.engine.meeting import engaged_champions


@internal
def steward_holds(p: Any, state: State, seed: int, replicate: int, since: int, held_before: bool) -> bool:
    """Whether a steward holds the network in the month `since` months after its closing.

    Args:
        p: the scenario's numbers.
        state: the network.
        seed: of the luck.
        replicate: of the luck.
        since: months since the closing, from 1 on.
        held_before: whether one held it in the month before.
    """
    b = p.behaviour
    if b.steward_chance <= 0.0 or (since > 1 and not held_before):
        return False
    if since > 1:
        return bool(draw(seed, replicate, draws.STEWARD_ENDS, since, 0, 0)[0] >= rules.chance_of(b.steward_end))
    chance = rules.steward_chance(
        state.counts[arrays.PRESENT],
        engaged_champions(state, b.champion_engaged),
        p.closing.handover,
        b.steward_chance,
        b.steward_handover,
        b.steward_champion,
        b.steward_size,
    )
    return bool(draw(seed, replicate, draws.STEWARD, 0, 0, 0)[0] < chance)
