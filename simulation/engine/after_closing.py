"""After the closing, compiled: who holds the network, if anybody, and who drifts away from it.

The twin of `model/stewardship.py` and of what `model/network.py` does then; read those first, this makes them fast.
"""

from typing import Any

from simulation import draws, rules
from simulation.compiling import internal
from simulation.draws import draw
from simulation.engine import arrays
from simulation.engine.arrays import NONE, State, note
from simulation.engine.meeting import Now, engaged_champions, luck_of_all


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


@internal
def members_drift_away(b: Any, state: State, now: Now) -> None:
    """Members leave a network that nobody holds; the collaborations of these that no grant pays for end."""
    counts, drifting = state.counts, 0
    luck_of_all(state, now, draws.DRIFT)
    for number in range(counts[arrays.EVER]):
        state.members[number].there = False
    for position in range(counts[arrays.ORDERED]):
        member = state.members[state.order[position]]
        if rules.happens(state.first[position], rules.drift_hazard(b.drift, member.engagement)):
            member.present, member.there = False, True
            drifting += 1
    if drifting == 0:
        return
    counts[arrays.PRESENT] -= drifting
    kept = 0
    for position in range(counts[arrays.ACTIVE]):
        place = int(state.active[position])
        tie = state.ties[place]
        one, other = state.members[tie.one], state.members[tie.other]
        if (one.there or other.there) and now.month >= tie.grant_end:
            tie.status = NONE
            note(state, now.month, rules.ENDED, tie.one, tie.other)
            one.unfunded -= 1
            other.unfunded -= 1
        else:
            state.active[kept] = place
            kept += 1
    counts[arrays.ACTIVE] = kept
