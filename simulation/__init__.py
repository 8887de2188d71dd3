"""What happens. Second stop of the flow: scenarios -> simulation -> results -> cli.

Takes a Scenario and a seed, gives back an Ensemble of replicates, or Snapshots of one. Imports `scenarios`; knows
nothing of tables or terminals. The model itself is read in `model/` and `rules.py`.
"""

from typing import TYPE_CHECKING, Any

from simulation.running.chronicle import Chronicle, History, Ties, chronicle_of, historian
from simulation.running.ensemble import Block, EngineName, Ensemble, join, run
from simulation.snapshot import Snapshot, SnapshotMember, SnapshotTie

if TYPE_CHECKING:
    from simulation.model.member import MemberOrganization
    from simulation.model.network import CollaborationNetwork
    from simulation.model.portrait import portray

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
    "CollaborationNetwork": "simulation.model.network",
    "MemberOrganization": "simulation.model.member",
    "portray": "simulation.model.portrait",
}


def __getattr__(name: str) -> Any:
    """The Mesa model comes when it is asked for: Mesa takes half a second to import."""
    if name in _MESA:
        from importlib import import_module

        return getattr(import_module(_MESA[name]), name)
    raise AttributeError(f"module 'simulation' has no attribute {name!r}")
