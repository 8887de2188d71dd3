"""With what the page opens: what was asked on the command line."""

from dataclasses import KW_ONLY, dataclass
from importlib.util import find_spec
from typing import ClassVar

from results.commands import limits
from results.commands.request import Request
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import scenarios_of
from scenarios.files.faults import MissingExtraError


@dataclass(frozen=True)
class Opening(Request):
    """What every browser tab begins with.

    Attributes:
        scenario: a library name, or the path of a file, either with changes ("salex: grants.per_call=2").
        baseline: likewise; the scenario itself if left out.
        settings: `--set` texts, which hold for both.
        posterior: "shipped", the path of a file, or None for fixed values.
        replicates: networks of each scenario (count).
        seed: of the luck.
    """

    LIMITS: ClassVar[limits.Limits] = limits.EXPLORING

    scenario: str = "salex"
    _: KW_ONLY
    baseline: str | None = None
    settings: tuple[str, ...] = ()
    posterior: str | None = "shipped"
    replicates: int = 200
    seed: int = 1

    def asked(self) -> Asked:
        """The first question."""
        this, base = Variant(self.scenario), Variant(self.baseline or self.scenario)
        return Asked(this, base, self.seed, self.replicates, self.posterior, self.settings)

    def check(self) -> None:
        """See that the page can be opened, before anything is started.

        Raises:
            ScenarioError: with every fault of the scenarios.
            MissingExtraError: if Solara is not installed.
        """
        scenarios_of(self.asked())
        if find_spec("solara") is None:
            raise MissingExtraError("legato explore", "Solara", "explore")


_opened = [Opening()]


def open_with(opening: Opening) -> None:
    """Say with what tabs begin from now on."""
    _opened[0] = opening


def opened() -> Opening:
    """With what a tab begins."""
    return _opened[0]
