"""What `sweep` and `sensitivity` are asked: scenarios, what of them is varied, and at which points of a design."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import KW_ONLY, MISSING, dataclass, fields
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

from results.commands import limits
from results.commands.listener import Listener, compile_for
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.simulating import check_outcomes
from results.commands.statement import Statement
from results.comparing.choosing_scenarios import Chosen, Settings, apart, choose
from results.folders.manifest import MANIFEST, FolderError
from results.sweeping.documents import PlannedDocument, plan_document
from results.sweeping.planning import Plan, plan_of
from results.sweeping.sweep_folder import goes_on, inputs_of, read_sweep
from results.sweeping.words import plan_lines
from scenarios import Scenario
from scenarios.designs.design import DesignKind, plan
from scenarios.designs.factors import Factor
from scenarios.files.faults import RequestError
from scenarios.reading.posterior_file import posterior_of
from simulation.outcomes import Outcomes
from simulation.running.campaign import Campaign


@dataclass(frozen=True)
class OverDesign(OfScenarios):
    """Scenarios at every point of a design.

    Attributes:
        scenarios: one, or several that are then a factor by themselves: names of the library, paths of TOML files,
            either with changes ("salex: grants.per_call=2"), or Scenarios.
        vary: what is varied: "KEY=LOW:HIGH", "KEY=LOW:HIGH:STEP", "KEY=A,B,C", "KEY" alone for the range worth trying,
            "scenario=A,B", or Factors; one or several.
        points: at the most (count); what is usual for the design if left out.
        replicates: networks simulated at each point (count).
        outcomes: what is said and drawn; all outcomes are kept in any case.
        retry_failed: whether the points that failed, of the sweep in `out`, are run once more.
        cluster: address of a dask.distributed scheduler, "tcp://HOST:PORT", whose workers run the points instead.

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.SWEEPING

    scenarios: Chosen | Sequence[Chosen]
    _: KW_ONLY
    vary: str | Factor | Sequence[str | Factor] = ()
    points: int | None = None
    replicates: int = 100
    outcomes: str | Sequence[str] = ("collaboration_rate",)
    retry_failed: bool = False
    cluster: str | None = None

    @property
    def kind(self) -> DesignKind:
        """Of the design."""
        raise NotImplementedError

    def bound(self) -> Mapping[str, Any]:
        """What besides factors says which points there are, as `plan` takes it."""
        return {}

    @property
    def finished(self) -> Path | None:
        """The folder of a sweep that is meant; None where something is to be run."""
        (*others, first) = listed(self.scenarios) or ("",)
        meant = not others and isinstance(first, (str, PathLike)) and (Path(first) / MANIFEST).is_file()
        return Path(first) if meant else None

    def check_settled(self, there: Path, allowed: Collection[str]) -> None:
        """See that what a run has settled is not asked for again.

        Args:
            there: the folder of the run.
            allowed: fields that may be asked of it.

        Raises:
            RequestError: with the first that may not.
        """
        for field in fields(self):
            asked = getattr(self, field.name)
            usual = field.default is not MISSING and type(asked) is type(field.default) and asked == field.default
            if not usual and field.name not in allowed:
                raise RequestError(
                    field.name, f"{there} is a finished sweep, whose design is settled; leave {field.name} out"
                )

    def plan(self, listener: Listener = HERE) -> "PlanAnswer":
        """Say what it would take: points, networks, time and disk; some points are tried for that, nothing is kept.

        Raises:
            RefusedError: if what is asked cannot be.
        """
        if self.finished:
            raise RequestError("scenarios", f"{self.finished} is the folder of a run, so nothing is left to plan")
        campaign = self.campaign(listener)
        asked_outcomes(self.outcomes, campaign.outcomes)
        compile_for(campaign.engine, listener, campaign.design.bases)
        found = plan_of(campaign, self.workers, _kept(self.out, campaign))
        lines = tuple(plan_lines(found, campaign.design))
        return PlanAnswer((lines,), plan_document(campaign, found), plan=found)

    def campaign(self, listener: Listener) -> Campaign:
        """The points that are to be run.

        Raises:
            RequestError: if a value is both set and varied.
            ScenarioError: with everything that is wrong with the scenarios, or with what is varied.
            MissingExtraError: if the design needs what is not installed.
        """
        wanted, varied = listed(self.scenarios), listed(self.vary)
        known = posterior_of(self.posterior)
        chosen = choose(wanted, self.settings, known)
        check_not_both(varied, self.settings, wanted, field="vary", option="--vary")
        design = plan(
            chosen, varied, kind=self.kind, points=self.points, seed=self.seed, posterior=known, **self.bound()
        )
        of_a_file = [factor for factor in design.factors if factor.key not in {_key_of(one) for one in varied}]
        field = "table" if design.binding.together else "design"
        check_not_both(of_a_file, self.settings, wanted, field=field, option=f"the file of --{field}")
        say_short(design.factors, listener)
        return Campaign(design, self.replicates, self.seed, self.engine)


@dataclass(frozen=True, eq=False, repr=False)
class PlanAnswer(Statement):
    """What a design would take, with nothing run.

    Attributes:
        plan: points, networks, time and disk.
    """

    DOCUMENT: ClassVar[Any] = PlannedDocument

    _: KW_ONLY
    plan: Plan


def listed(given: Any) -> tuple[Any, ...]:
    """What is given, one or several, as several."""
    return (given,) if isinstance(given, (str, PathLike, Scenario, Factor)) else tuple(given)


def asked_outcomes(outcomes: str | Sequence[str], known: Outcomes) -> tuple[str, ...]:
    """The outcomes that are asked for, each once, as the catalogue has them.

    Raises:
        RequestError: if there are none, or one that does not exist.
    """
    if not outcomes:
        raise RequestError("outcomes", "none is named; name one or more")
    return check_outcomes("outcomes", listed(outcomes), known)


def say_short(factors: Sequence[Factor], listener: Listener) -> None:
    """Say of ranges whose steps do not reach their end where they stop, before anything is run."""
    for factor in factors:
        if factor.stops_short:
            listener.say(f"{factor.stops_short}.")


def check_not_both(
    varied: Collection[str | Factor], settings: Settings, wanted: Sequence[Chosen], *, field: str, option: str
) -> None:
    """A value that is set is not varied: better asked than guessed.

    Args:
        varied: what is varied, each by its key.
        settings: changes to all scenarios.
        wanted: the scenarios, perhaps with changes of their own.
        field: of the request, that says what is varied.
        option: the same on the command line.

    Raises:
        RequestError: if a value is both.
    """
    keys = {_key_of(one) for one in varied}
    for key in sorted(keys & {_key(one) for one in settings}):
        raise RequestError(field, f"{key} is both in --set and in {option}; leave one out")
    for one in wanted:
        for key in sorted(keys & {_key(change) for change in apart(one)[1]}):
            raise RequestError(field, f"{key} is both in '{one}' and in {option}; leave one out")


def _key_of(varied: str | Factor) -> str:
    return varied.key if isinstance(varied, Factor) else _key(varied)


def _key(text: str) -> str:
    return text.partition("=")[0].strip()


def _kept(out: str | PathLike[str] | None, campaign: Campaign) -> int:
    """Networks of this very campaign that the folder keeps already (count)."""
    if out is None or not Path(out).exists():
        return 0
    try:
        there = read_sweep(out if isinstance(out, str) else Path(out))
    except FolderError:
        return 0
    inputs = inputs_of(campaign)
    is_it = there.folder.inputs == json.loads(json.dumps(inputs)) or goes_on(campaign, inputs, there.folder.inputs)
    return there.networks if is_it else 0
