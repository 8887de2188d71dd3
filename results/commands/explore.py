"""`legato explore`: a page with levers in one file, which any browser opens, and which answers by the very engine."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass
from os import PathLike
from pathlib import Path
from typing import ClassVar

from results.commands import limits
from results.commands.briefed import Briefed
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.statement import Statement
from results.comparing.choosing_scenarios import name_of
from results.exploring.explored import Asked, Variant
from results.exploring.live_comparison import scenarios_of
from results.exploring.own_engines import rules_in
from results.folders.files import write_new
from scenarios import Scenario
from scenarios.files.faults import RequestError, shown

BUILDING = (
    "Building the engine for pages with the rules of {name}, once for this file on this machine; this takes some "
    "minutes."
)


@dataclass(frozen=True)
class Explore(Briefed):
    """A page with the levers of a scenario: moved, they are answered in the page, by the engine of every command.

    Attributes:
        scenario: a library name, or the path of a file, either with changes ("salex: grants.per_call=2").
        baseline: likewise; the scenario itself if left out.
        settings: "KEY=VALUE" texts, which hold for both.
        posterior: "shipped", the path of a file, or None for fixed values.
        replicates: networks of each scenario (count).
        seed: of the luck.
        out: the file, which must not be there yet; `<scenario>-levers.html` if left out, numbered if there is one.

    The other attributes are those of `Briefed`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.EXPLORING

    scenario: str = "salex"
    _: KW_ONLY
    baseline: str | None = None
    settings: tuple[str, ...] = ()
    posterior: str | None = "shipped"
    replicates: int = 200
    seed: int = 1
    out: str | PathLike[str] | None = None

    def asked(self) -> Asked:
        """What the page answers first."""
        this, base = Variant(self.scenario), Variant(self.baseline or self.scenario)
        return Asked(this, base, self.seed, self.replicates, self.posterior, tuple(self.settings))

    def answer(self, listener: Listener = HERE) -> "ExploreAnswer":
        """Write the page.

        Raises:
            ScenarioError: with every fault of the scenarios.
            RequestError: if the file is there already.
            MissingExtraError: if an engine with rules of one's own has to be built, and cannot be.
            WriteError: if it cannot be written.
        """
        from results.exploring.explore_page import explore_page

        self._file()
        asked = self.asked()
        chosen = scenarios_of(asked)  # faults are said before anything is compiled
        if any(one.outcomes is not None for one in chosen):
            raise RequestError(
                "settings",
                "outcomes=... counts outcomes of one's own, and the engine in a page counts the shipped ones only; ask "
                "`legato compare` with --outcomes instead",
            )
        self._build_engines(chosen, listener)
        compile_for("compiled", listener, chosen)
        text = explore_page(asked, self.head).encode(errors="xmlcharrefreplace")
        file = self._written(text)
        lines = (
            f"Page: {file} ({len(text) / 1024:,.0f} KB). It needs nothing else: open it in any browser, or send it.",
            "Nothing is fetched or sent by it; who opens it moves the levers, and the engine in it answers.",
        )
        return ExploreAnswer((lines,), {"page": str(file)}, file=file)

    def _build_engines(self, chosen: Sequence[Scenario], listener: Listener) -> None:
        """Build what a page needs for rules of one's own, where this machine has not yet."""
        rules = rules_in(chosen)
        if not rules:
            return
        from simulation.browser.own_engine import build_own_engine, check_that_it_can_be_built, own_engine

        for one in rules:
            if own_engine(one) is None:
                check_that_it_can_be_built()
                listener.say(BUILDING.format(name=one.name))
                build_own_engine(one)

    def _written(self, text: bytes) -> Path:
        """Write the page where nothing is, whoever else writes one meanwhile."""
        while True:
            file = self._file()
            with suppress(FileExistsError):
                write_new(file, text)
                return file

    def _file(self) -> Path:
        if self.out is not None:
            file = Path(self.out)
            if file.exists() or file.is_symlink():
                raise RequestError("out", f"{shown(str(file))} is there already, and is not written over; name another")
            return file
        stem, number = f"{name_of(self.scenario)}-levers", 1
        while (file := Path(f"{stem}{'' if number == 1 else f'-{number}'}.html")).exists() or file.is_symlink():
            number += 1
        return file


@dataclass(frozen=True, eq=False, repr=False)
class ExploreAnswer(Statement):
    """The page that was written.

    Attributes:
        file: where.
    """

    _: KW_ONLY
    file: Path
