"""What happens. Second stop of the flow: scenarios -> simulation -> results -> cli.

Takes a Scenario and a seed, gives back an Ensemble of replicates, or Snapshots of one. Imports `scenarios`; knows
nothing of tables or terminals. The model itself is read in `network.py`, `member.py` and `rules.py`.
"""

from typing import TYPE_CHECKING, Any

from simulation.chronicle import Chronicle, History, Ties, chronicle_of, historian
from simulation.ensemble import Block, EngineName, Ensemble, join, run
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

if TYPE_CHECKING:
    from simulation.member import MemberOrganization
    from simulation.network import CollaborationNetwork
    from simulation.portrait import portray

__all__ = [
    "Block",
    "Chronicle",
    "CollaborationNetwork",
    "EngineName",
    "Ensemble",
    "History",
    "MemberOrganization",
    "Snapshot",
    "SnapshotMember",
    "SnapshotTie",
    "Ties",
    "chronicle_of",
    "historian",
    "join",
    "portray",
    "run",
]

_MESA = {
    "CollaborationNetwork": "simulation.network",
    "MemberOrganization": "simulation.member",
    "portray": "simulation.portrait",
}


def __getattr__(name: str) -> Any:
    """The Mesa model comes when it is asked for: Mesa takes half a second to import."""
    if name in _MESA:
        from importlib import import_module

        return getattr(import_module(_MESA[name]), name)
    raise AttributeError(f"module 'simulation' has no attribute {name!r}")
