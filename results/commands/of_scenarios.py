"""What is asked whenever scenarios are simulated, whatever the question."""

from dataclasses import dataclass
from os import PathLike

from results.commands.briefed import Briefed
from results.comparing.choosing_scenarios import Known, Settings
from simulation.running.ensemble import EngineName


@dataclass(frozen=True, kw_only=True)
class OfScenarios(Briefed):
    """A question about scenarios.

    Attributes:
        settings: changes to all of them, as "KEY=VALUE" or by key.
        posterior: what is known of their parameters: "shipped", a file, or a Posterior; None fixes all of them.
        seed: of the luck, which is the same for all, and of everything else that is drawn.
        out: the run folder, in which a run that was stopped goes on; a new one in runs/ if left out.
        figures: whether they are drawn, and networks kept to draw.
        workers: threads, one for each processor if left out; nothing depends on it but the time.
        engine: "compiled", or "mesa", the reference.
    """

    settings: Settings = ()
    posterior: Known = "shipped"
    seed: int = 1
    out: str | PathLike[str] | None = None
    figures: bool = True
    workers: int | None = None
    engine: EngineName = "compiled"
