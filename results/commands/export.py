"""`legato export`: one network, as it stands in a month, as files for other programs."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

import simulation
from results.commands import limits
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.request import Request
from results.commands.statement import Statement
from results.comparing.choosing_scenarios import Chosen, Known, Settings, choose
from results.datasets.agents import MEMBERS, TIES, write_agents
from results.exporting.formats import FORMS, formulas, present, ties_among
from results.exporting.rows import with_bars
from results.exporting.state import as_state, check_state
from results.folders.files import write
from results.folders.inputs import read_input
from results.folders.manifest import MANIFEST, FolderError, read_manifest
from results.studies.findings_folder import POSTERIOR
from results.studies.kept_studies import kept_surveys, surveyed_network
from results.words.document import ParametersDocument, parameters_document
from results.words.schema import Count, Keys
from results.words.varying import lived_with
from scenarios import Scenario, ScenarioError, at_replicate, read_posterior
from scenarios.files.faults import RequestError, near_miss
from simulation.snapshot import Snapshot


class ExportDocument(TypedDict):
    """What `export --json` prints."""

    scenario: str
    seed: Count
    replicate: Count
    month: Count
    members: Count
    left: Count
    ties: Count
    files: Keys
    replicates: NotRequired[Annotated[Count, Field(description="networks that were written, of agents")]]
    months: NotRequired[Annotated[list[Count], Field(description="first and last month, of agents")]]
    parameters: NotRequired[ParametersDocument]


class Unsaid(Enum):
    """What is left out, where None and every text mean something."""

    UNSAID = "left out"

    def __repr__(self) -> str:
        return self.name


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True)
class Export(Request):
    """One network as files for other programs: the very one that `Run` and `Compare` simulate as that replicate.

    Attributes:
        source: a scenario: a name of the library, the path of a TOML file, either with changes
            ("salex: grants.per_call=2"), or a Scenario; or a run folder, whose scenario and seed are taken.
        form: "csv", "xlsx", "graphml", "yed", "kumu", "kumu-json" or "parquet"; or "state", a scenario that goes
            on from there, with everything that it reads; or "agents", members and ties of many networks, month by
            month.
        scenario: of a run folder, which scenario; the first if left out.
        month: as it stands at the end of it, 0 is the founding; the closing if left out, of agents every month.
        replicate: which network, from 0; of agents the first.
        replicates: how many networks, of agents (count).
        settings: changes to the scenario, as "KEY=VALUE" or by key; none to that of a run folder.
        posterior: what is known of the scenario's parameters: "shipped", a file, or a Posterior; None fixes all of
            them. Left out, it is "shipped" for a scenario; a run folder has its own, and takes no other.
        seed: of the luck; 1, or that of the run folder, if left out.
        out: folder for the files; `<scenario>-<form>` if left out. Nothing in it is overwritten.
    """

    LIMITS: ClassVar[limits.Limits] = limits.EXPORTING

    source: Chosen
    _: KW_ONLY
    form: Literal["csv", "xlsx", "graphml", "yed", "kumu", "kumu-json", "parquet", "state", "agents"] = "csv"
    scenario: str | None = None
    month: int | None = None
    replicate: int = 0
    replicates: int = 1
    settings: Settings = ()
    posterior: Known | Unsaid = UNSAID
    seed: int | None = None
    out: str | PathLike[str] | None = None

    def answer(self, listener: Listener = HERE) -> "ExportAnswer":
        """Simulate the network and write the files.

        Raises:
            RefusedError: if what is asked cannot be; nothing was written.
            FailedError: if the files cannot be written.
        """
        chosen, seed = self._chosen()
        month = chosen.reporting_month if self.month is None else self.month
        if not 0 <= month <= chosen.last_month:
            raise RequestError("month", f"{month}; allowed is 0 to {chosen.last_month}, the last month")
        if self.form == "agents":
            return self._agents(chosen, seed)
        if self.replicates != 1:
            raise RequestError("replicates", f"{self.replicates}; several networks are written by form agents only")
        if self.form == "state":
            check_state(chosen, month)
        folder = Path(self.out) if self.out else Path(f"{chosen.name}-{self.form}")
        (network,) = simulation.portray(chosen, seed=seed, replicate=self.replicate, months=[month])
        is_state = self.form == "state"
        contents = as_state(at_replicate(chosen, self.replicate), network) if is_state else FORMS[self.form](network)
        files = {folder / name: content for name, content in contents.items()}
        if there := [file for file in files if file.exists()]:
            raise RequestError("out", f"{there[0]} is there already, and nothing is overwritten; give another --out")
        for file, content in files.items():
            write(file, content)
        if self.form == "csv" and (risky := formulas(network)):
            listener.say(f"A spreadsheet would read these names as formulas: {', '.join(map(repr, risky[:5]))}")
        if self.form == "kumu" and (torn := with_bars(network)):
            names = ", ".join(map(repr, torn[:5]))
            listener.say(f"Kumu would read each of these names as several in its sheets; use kumu-json: {names}")
        members, ties = len(present(network)), len(ties_among(network))
        left = len(network.members) - members
        document: ExportDocument = {
            "scenario": chosen.name, "seed": seed, "replicate": self.replicate, "month": month, "members": members,
            "left": left, "ties": ties, "files": [str(file) for file in files],
            "parameters": parameters_document([chosen], 1),
        }  # fmt: skip
        gone = f", {left} more have left" if left else ""
        lines = (
            f"{chosen.name}, network {self.replicate} of seed {seed} at the end of month {month}: {members} "
            f"members{gone}, {ties} ties.",
            lived_with(chosen, self.replicate),
            f"Written: {', '.join(map(str, files))}",
        )
        return ExportAnswer((lines,), document, network=network, files=tuple(files))

    def _agents(self, chosen: Scenario, seed: int) -> "ExportAnswer":
        """Members and ties of networks, month by month, as Parquet."""
        folder = Path(self.out) if self.out else Path(f"{chosen.name}-{self.form}")
        today, last = chosen.network.today, chosen.last_month
        if self.month is not None and self.month < today:
            raise RequestError(
                "month", f"{self.month}; the run goes on from month {today}, allowed is {today} to {last}"
            )
        files = [folder / f"{name}.parquet" for name in (MEMBERS, TIES)]
        if there := [file for file in files if file.exists()]:
            raise RequestError("out", f"{there[0]} is there already, and nothing is overwritten; give another --out")
        numbers = range(self.replicate, self.replicate + self.replicates)
        months = None if self.month is None else [self.month]
        _, first = write_agents(chosen, folder, seed=seed, replicates=numbers, months=months)
        month = last if self.month is None else self.month
        at = first.members["month"] == month
        members, ties = int(first.members["present"][at].sum()), int((first.ties["month"] == month).sum())
        document: ExportDocument = {
            "scenario": chosen.name, "seed": seed, "replicate": self.replicate, "month": month, "members": members,
            "left": int(at.sum()) - members, "ties": ties, "files": [str(file) for file in files],
            "replicates": self.replicates, "months": [today if months is None else month, month],
            "parameters": parameters_document([chosen], self.replicates),
        }  # fmt: skip
        when = f"months {today} to {last}" if months is None else f"month {month}"
        which = f"network {self.replicate}" if self.replicates == 1 else f"networks {numbers[0]} to {numbers[-1]}"
        lines = (
            f"{chosen.name}, {which} of seed {seed}, members and ties at the end of {when}.",
            lived_with(chosen, self.replicate) if self.replicates == 1 else "",
            f"Written: {', '.join(map(str, files))}",
        )
        return ExportAnswer((tuple(filter(None, lines)),), document, network=None, files=tuple(files))

    def _chosen(self) -> tuple[Scenario, int]:
        """The scenario that is meant, and the seed that goes with it."""
        if not isinstance(self.source, Scenario) and (Path(self.source) / MANIFEST).is_file():
            return self._of_run(Path(self.source))
        if self.scenario is not None:
            raise RequestError("scenario", f"it chooses among those of a run folder, and {self.source} is none")
        known = "shipped" if isinstance(self.posterior, Unsaid) else self.posterior
        (chosen,) = choose([self.source], self.settings, known, without_own="export")
        return chosen, 1 if self.seed is None else self.seed

    def _of_run(self, run: Path) -> tuple[Scenario, int]:
        for field, is_given in (("settings", bool(self.settings)), ("posterior", self.posterior is not UNSAID)):
            if is_given:
                raise RequestError(field, f"{run} has been run with the values it has; leave it out")
        inputs = read_manifest(run).inputs
        names = list(inputs["scenarios"])
        name = self.scenario or names[0]
        if name not in names:
            hint = near_miss(name, names) or f"; allowed: {', '.join(names)}"
            raise RequestError("scenario", f"{run} has no scenario called '{name}'{hint}")
        try:
            seed = int(inputs.get("seed", 1)) if self.seed is None else self.seed
            return _as_run(run, name, inputs, seed, self.replicate), seed
        except ScenarioError:
            raise
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise FolderError(f"{run} cannot be read as a run's folder ({error})") from None


@dataclass(frozen=True, eq=False, repr=False)
class ExportAnswer(Statement):
    """A network that was written.

    Attributes:
        network: as it stands in that month; None of agents.
        files: that were written.
    """

    DOCUMENT: ClassVar[Any] = ExportDocument

    _: KW_ONLY
    network: Snapshot | None
    files: Sequence[Path]


def _as_run(folder: Path, name: str, inputs: Mapping[str, Any], seed: int, replicate: int) -> Scenario:
    """A scenario of a run folder as it was run: of a survey it begins with the members' ties in the first wave."""
    surveys = kept_surveys(folder, inputs) if any("survey" in one for one in inputs.get("studies", {}).values()) else []
    for survey in surveys:
        if survey.study.name == name:
            known = read_posterior(folder / POSTERIOR) if inputs.get("posterior") else None
            return surveyed_network(survey, known, replicate=replicate, seed=seed)
    return read_input(folder, name)
