"""The question of a run folder, to be asked once more: out of its manifest and its `inputs/`, and no other file.

What cannot be rebuilt from these is refused. A question that knows its parts already (levers, a design) is given them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from results.commands.answer import Answer
from results.commands.compare import Compare
from results.commands.compare_over import CompareOver
from results.commands.exit import PlanExit
from results.commands.explain import Explain
from results.commands.introduce import Introduce
from results.commands.listener import Listener
from results.commands.members import Members
from results.commands.optimise import Optimise
from results.commands.optimise_over import OptimiseOver
from results.commands.portfolio import Portfolio
from results.commands.run import Run
from results.commands.sweep import Sweep
from results.commands.track import Track
from results.comparing.conversions import Conversions, conversions_of
from results.folders.inputs import INPUTS, read_input
from results.folders.manifest import FolderError, Manifest
from results.robust_search.verify import is_over_futures
from scenarios import Scenario
from simulation.own_outcomes.catalogue import outcomes_of

if TYPE_CHECKING:
    from simulation.running.campaign import Campaign


class Asks(Protocol):
    """A question that fills a run folder."""

    def answer(self, listener: Listener) -> Answer:
        """Answer it."""


@dataclass(frozen=True)
class There:
    """A run that is to be made again.

    Attributes:
        path: of its folder.
        manifest: of it.
        scenarios: as they stand in its `inputs/`, by name.
        options: what every question takes: where the new folder is, and how many threads.
    """

    path: Path
    manifest: Manifest
    scenarios: Mapping[str, Scenario]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def inputs(self) -> Mapping[str, Any]:
        """What the manifest says was asked."""
        return self.manifest.inputs

    @property
    def one(self) -> Scenario:
        """The scenario, where there is one."""
        (scenario,) = self.scenarios.values()
        return scenario

    @property
    def several(self) -> tuple[Scenario, ...]:
        """The scenarios in their order."""
        return tuple(self.scenarios.values())

    def numbers(self, *names: str) -> dict[str, Any]:
        """Some of the inputs that are asked for by their own names, with the options."""
        return {**self.options, **{name: self.inputs[name] for name in names}}


def read_there(path: Path, manifest: Manifest, out: Path, workers: int | None) -> There:
    """A run that is to be made again into `out`.

    Raises:
        FolderError: if the names of its scenarios or files lead elsewhere.
        ScenarioError: if a scenario cannot be used.
    """
    scenarios = {}
    for name in manifest.inputs["scenarios"]:
        if not _is_plain(name):
            raise FolderError(f"{path}: a scenario called {name!r} leads out of {INPUTS}/")
        _check_files(path / INPUTS / f"{name}.toml")
        scenarios[name] = read_input(path, name)
    portrayed = (path / "networks").is_dir()  # portraits are kept with figures
    return There(path, manifest, scenarios, {"out": out, "workers": workers, "figures": portrayed})


def _is_plain(name: str) -> bool:
    return bool(name) and not {"/", "\\", ":", "\0"}.intersection(name) and PurePosixPath(name).name == name != ".."


def _check_files(file: Path) -> None:
    """See that a scenario of a run names no file but those that stand beside it."""
    import tomllib

    from scenarios.reading.layers import FILES

    try:
        plain = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return  # who reads it as a scenario says so
    for key in FILES:
        table, _, name = key.partition(".")
        given = plain.get(table, {})
        value = given.get(name, "") if isinstance(given, Mapping) else ""
        if value and not (isinstance(value, str) and _is_plain(value)):
            raise FolderError(f"{file}: {key} is {value!r}, which does not stand in {INPUTS}/")


def asked_again(there: There) -> Asks:
    """The question of a run folder.

    Raises:
        FolderError: if it cannot be rebuilt from the folder, with the reason, and what can be done instead.
    """
    inputs, command = there.inputs, there.manifest.command
    if "over" in inputs:
        return _over(there)
    ask = _KINDS.get(command)
    if ask is None:
        why = _NOT.get(command, "no command of this version fills such a folder")
        raise FolderError(
            f"{there.path} holds a {command}, which cannot be made again from its folder: {why}; what can be is "
            f"{', '.join(KINDS)}; to check its tables: legato verify {there.path}"
        )
    try:
        return ask(there)
    except (KeyError, TypeError, OSError) as error:
        raise FolderError(f"{there.path} cannot be read as the folder of a {command} ({error!r})") from None


def words_are_asked_again(there: There) -> bool:
    """Whether what is said follows from the folder: of some commands it depends on options that no file keeps."""
    return there.manifest.command not in ("sweep", "members")


def _run(there: There) -> Asks:
    inputs = there.inputs
    return Run(
        there.one, pairs=inputs.get("pairs", ()), **there.numbers("seed", "engine", "replicates"), **_precision(inputs)
    )


def _compare(there: There) -> Asks:
    inputs = there.inputs

    class Again(Compare):
        def _converted(self, chosen: Sequence[Scenario]) -> Conversions:  # noqa: ARG002
            return conversions_of(inputs.get("converted", ()))

    return Again(
        there.several,
        baseline=inputs["baseline"],
        worth=inputs.get("worth", ()),
        **there.numbers("seed", "engine", "replicates"),
        **_precision(inputs),
    )


def _precision(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if "precision" not in inputs:
        return {}
    return {"precision": inputs["precision"], "watched": inputs["precision_for"]}


def _explain(there: There) -> Asks:
    from results.explaining.explanation import Question, question_again

    class Again(Explain):
        def _question(self) -> Question:
            return question_again(there.inputs, there.several)

    return Again(there.several, outcome=there.inputs["outcome"], **there.numbers("seed", "engine", "replicates"))


def _track(there: There) -> Asks:
    from results.tracking.observation import Progress, progress_of

    inputs = there.inputs
    plan, *others = there.several

    class Again(Track):
        def _progress(self, plan: Scenario) -> Progress:  # noqa: ARG002
            return progress_of(inputs["observed"], inputs["month"])

    return Again(
        plan, "", alternatives=others, target=inputs["target"], **there.numbers("seed", "engine", "replicates")
    )


def _introduce(there: There) -> Asks:
    asked = there.numbers("seed", "replicates", "top", "size", "outcome", "introduced", "month")
    return Introduce(there.one, **{name: value for name, value in asked.items() if name != "figures"})


def _members(there: There) -> Asks:
    return Members(there.several, **there.numbers("seed", "replicates", "month"))


def _sweep(there: There) -> Asks:
    again = _campaign(there)
    if "adaptive" in there.inputs:
        return _adaptive(there, again)

    class Again(Sweep):
        def campaign(self, listener: Listener) -> "Campaign":  # noqa: ARG002
            return again

    return Again(there.several, **there.numbers("seed", "engine", "replicates"))


def _adaptive(there: There, campaign: "Campaign") -> Asks:
    """The first batch of an adaptive design as it stands in the folder; all other points are chosen again."""
    from results.emulating.adaptive_folder import Adaptive, asked_again

    asked = asked_again(campaign, there.inputs)

    class Again(Sweep):
        def campaign(self, listener: Listener) -> "Campaign":  # noqa: ARG002
            return campaign

        def _adaptive(self, campaign: "Campaign", outcomes: tuple[str, ...]) -> Adaptive:  # noqa: ARG002
            return asked

    return Again(there.several, design="adaptive", **there.numbers("seed", "engine", "replicates"))


def _campaign(there: There) -> "Campaign":
    """The points of a design: their table stands in the folder, and its hash in the manifest."""
    from results.sweeping.sweep_folder import campaign_of, inputs_of

    try:
        campaign = campaign_of(there.path, there.inputs)
    except (OSError, ValueError) as error:
        raise FolderError(f"{there.path}: its design cannot be read ({error})") from None
    if inputs_of(campaign)["design"] != there.inputs["design"]:
        raise FolderError(f"{there.path / 'shares.parquet'} is not the design of the manifest")
    return campaign


def _over(there: There) -> Asks:
    """Plans over futures; what was judged stands in the document alone, as the manifest does not name it."""
    import json

    from results.commands.compare_over import Resolved
    from results.deciding.robustness import Threshold
    from scenarios.designs.futures import Futures

    design = _campaign(there).design
    try:
        document = json.loads((there.path / "compare.json").read_text(encoding="utf-8"))
        known = outcomes_of(there.several[0].outcomes)
        outcomes = tuple(known.called(one["outcome"]) for one in document["worth_knowing"])
        limit = document["robustness"][0]["threshold"]
        threshold = None if limit is None else Threshold(limit["value"], limit["side"])
        title, name = there.inputs["over"]["title"], there.inputs["over"]["name"]
        settled = tuple(document["futures"]["settled"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise FolderError(f"{there.path / 'compare.json'} does not say what was asked ({error!r})") from None
    shares = design.shares[:: len(there.several), 1:]
    asked = Resolved(
        there.several, there.inputs["baseline"], Futures(name, title, design.factors[1:], shares, settled), outcomes,
        threshold,
    )  # fmt: skip

    class Again(CompareOver):
        def _resolved(self, listener: Listener) -> Resolved:  # noqa: ARG002
            return asked

    return Again(there.several, name, **there.numbers("seed", "engine", "replicates"))


def _optimise(there: There) -> Asks:
    if is_over_futures(there.inputs):
        return _optimise_over(there)
    from results.optimising.search import Question
    from results.optimising.verify import asked_of

    asked = asked_of(there.inputs, there.one)

    class Again(Optimise):
        def _question(self, listener: Listener) -> Question:  # noqa: ARG002
            return asked

    names = ("seed", "engine", "budget", "trials", "replicates", "final")
    return Again(there.one, levers=[lever.key for lever in asked.levers], **there.numbers(*names))


def _optimise_over(there: There) -> Asks:
    from results.robust_search.asked import RobustQuestion
    from results.robust_search.verify import asked_of

    asked = asked_of(there.inputs, there.one)

    class Again(OptimiseOver):
        def _question(self, listener: Listener) -> RobustQuestion:  # noqa: ARG002
            return asked

    numbers = there.numbers("seed", "engine", "budget", "trials", "search_futures", "replicates", "final")
    return Again(there.one, levers=[lever.key for lever in asked.levers], over=asked.futures.name, **numbers)


def _portfolio(there: There) -> Asks:
    from results.apportioning.asked import Asked
    from results.apportioning.verify import asked_of

    asked = asked_of(there.inputs, there.scenarios)

    class Again(Portfolio):
        def _asked(self, listener: Listener) -> Asked:  # noqa: ARG002
            return asked

    names = ("seed", "engine", "budget", "trials", "replicates", "final")
    return Again(there.several, **there.numbers(*names))


def _exit(there: There) -> Asks:
    from results.exiting.question import Question
    from results.exiting.verify import asked_of

    asked = asked_of(there.inputs, there.one)

    class Again(PlanExit):
        def _question(self, listener: Listener) -> Question:  # noqa: ARG002
            return asked

    return Again(there.one, **there.numbers("seed", "engine", "replicates", "final"))


_KINDS: dict[str, Callable[[There], Asks]] = {
    "run": _run,
    "compare": _compare,
    "explain": _explain,
    "track": _track,
    "introduce": _introduce,
    "members": _members,
    "sweep": _sweep,
    "optimise": _optimise,
    "portfolio": _portfolio,
    "exit": _exit,
}
"""Command -> what asks its question once more."""
KINDS = tuple(_KINDS)
_NOT = {
    "discover": "it begins with the folder of another run",
    "check": "it begins with the tables of studies, which its inputs/ do not hold",
    "calibrate": "it begins with the tables of studies, which its inputs/ do not hold",
    "emulate": "it begins with the folder of another run",
    "sensitivity": "it begins with the folder of another run",
    "bank": "it is a part of a calibrate",
}
"""Command -> why not."""
