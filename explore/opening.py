"""With what the page opens: what was asked on the command line."""

from dataclasses import dataclass

from results.exploring.live_comparison import Asked, Variant


@dataclass(frozen=True)
class Opening:
    """What every browser tab begins with.

    Attributes:
        scenario: a library name, or the path of a file.
        baseline: likewise.
        seed: of the luck.
        replicates: networks of each scenario (count).
        posterior: "shipped", the path of a file, or None for fixed values.
        settings: `--set` texts, which hold for both.
    """

    scenario: str = "salex"
    baseline: str = "salex"
    seed: int = 1
    replicates: int = 200
    posterior: str | None = "shipped"
    settings: tuple[str, ...] = ()

    def asked(self) -> Asked:
        """The first question."""
        this, base = Variant(self.scenario), Variant(self.baseline)
        return Asked(this, base, self.seed, self.replicates, self.posterior, self.settings)


_opened = [Opening()]


def open_with(opening: Opening) -> None:
    """Say with what tabs begin from now on."""
    _opened[0] = opening


def opened() -> Opening:
    """With what a tab begins."""
    return _opened[0]
