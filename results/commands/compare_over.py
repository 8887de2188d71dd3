"""`legato compare --over`: plans judged over many futures, and what it would be worth to know before one chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from os import PathLike, fspath
from typing import Any, ClassVar

from results.commands import limits
from results.commands.answer import keep_brief
from results.commands.compare import plans_of
from results.commands.completing import DesignAnswer, completed
from results.commands.listener import Listener
from results.commands.notebook import HERE
from results.commands.of_scenarios import OfScenarios
from results.commands.over_design import asked_outcomes, say_short
from results.commands.simulating import check_reachable, counted_in
from results.comparing.choosing_scenarios import Chosen
from results.deciding import words
from results.deciding.documents import OverDocument, future_columns, over_document
from results.deciding.robustness import NoFutureError, Robustness, Threshold, futures_of, judge
from results.deciding.worth_knowing import Information, worth_knowing
from results.folders.files import as_json, write
from results.folders.parquet import write_parquet
from results.sweeping.failed_points import MOST_ERRORS, failed_points
from results.sweeping.sweep_folder import SweepFolder
from results.words.document import design_parameters
from results.words.headlines import HEADLINES
from results.words.horizon import counted_until_each
from results.words.narrative import Said, said
from results.words.table import Table
from results.words.unlike import unlike
from results.words.varying import own_words
from scenarios import Scenario
from scenarios.designs.futures import Futures, read_futures
from scenarios.files.faults import RequestError
from simulation.running.campaign import Campaign


@dataclass(frozen=True)
class CompareOver(OfScenarios):
    """Which of several plans does well whatever comes, and what should be found out before one chooses?

    Attributes:
        scenarios: the plans, two or more: names of the library, paths of TOML files, either of them with changes
            ("salex: grants.per_call=2"), or Scenarios.
        over: the futures: "posterior", what is not known of the parameters; "funder" or "exit", which ship; or the
            path of a TOML or CSV file. What is not known of the parameters is in all of them.
        baseline: name of the plan that differences are from; the first if left out.
        futures: how many (count); 200 if left out, of a CSV file as many as it has rows.
        outcomes: what plans are judged by.
        at_least: what the first outcome has to come to, in its unit.
        at_most: what it may come to, of a cost say.
        replicates: networks simulated of each plan in each future (count).
        retry_failed: whether what failed, of the run in `out`, is run once more.
        cluster: address of a dask.distributed scheduler, "tcp://HOST:PORT", whose workers do it instead.

    The other attributes are those of `OfScenarios`.
    """

    LIMITS: ClassVar[limits.Limits] = limits.OVER

    scenarios: Sequence[Chosen]
    over: str | PathLike[str]
    _: KW_ONLY
    baseline: str | None = None
    futures: int | None = None
    outcomes: str | Sequence[str] = ("collaboration_rate",)
    at_least: float | None = None
    at_most: float | None = None
    replicates: int = 100
    retry_failed: bool = False
    cluster: str | None = None

    def answer(self, listener: Listener = HERE) -> "CompareOverAnswer":
        """Run every plan in every future and judge them; everything is kept in the run folder.

        Raises:
            RefusedError: if what is asked cannot be; nothing was begun.
            FailedError: if the work failed. What fails in a future by itself is a row with its error instead.
        """
        asked = self._resolved(listener)
        design = asked.futures.design(asked.plans)
        campaign = Campaign(design, self.replicates, self.seed, self.engine)
        more = {"baseline": asked.baseline, "over": {"name": asked.futures.name, "title": asked.futures.title}}
        with completed(
            campaign, listener, out=self.out, workers=self.workers, cluster=self.cluster,
            retry_failed=self.retry_failed, command="compare", more=more,
        ) as folder:  # fmt: skip
            found = _judged(asked, folder, listener)
            known = {
                outcome: worth_knowing(found[outcome], futures_of(design), seed=self.seed) for outcome in asked.outcomes
            }
            document = _document(asked, campaign, found, known)
            write(folder.path / "compare.json", as_json(document))
            write(folder.path / "futures.parquet", partial(write_parquet, future_columns(found)))
            if self.figures:
                from results.figures import draw_futures

                draw_futures([found[outcome] for outcome in asked.outcomes], folder.path / "figures")
            what = _said(asked, campaign, found, known)
            keep_brief(folder.path, what, listener, self.head)
        return CompareOverAnswer(
            what, document, folder.path, failed=failed_points(folder), sweep=folder, robustness=found, information=known
        )

    def _resolved(self, listener: Listener) -> "Resolved":
        """What names and files stand for."""
        plans, baseline = plans_of(self.scenarios, self.settings, self.posterior, self.baseline)
        threshold = self._threshold()
        over = self.over if isinstance(self.over, str) else fspath(self.over)
        futures = read_futures(over, plans, count=self.futures, seed=self.seed)
        say_short(futures.factors, listener)
        outcomes = asked_outcomes(self.outcomes, counted_in(plans))
        if threshold is not None:
            check_reachable(threshold.side.replace(" ", "_"), threshold.value, outcomes[0])
        return Resolved(plans, baseline, futures, outcomes, threshold)

    def _threshold(self) -> Threshold | None:
        if self.at_least is not None and self.at_most is not None:
            raise RequestError("at_least", "--at-least and --at-most are two thresholds; give one")
        if self.at_least is not None:
            return Threshold(self.at_least, "at least")
        return None if self.at_most is None else Threshold(self.at_most, "at most")


@dataclass(frozen=True, eq=False, repr=False)
class CompareOverAnswer(DesignAnswer):
    """How plans do over many futures.

    Attributes:
        robustness: outcome -> how every plan does over the futures; those asked for, the headlines, and the cost.
        information: outcome that was asked for -> what it would be worth to know before one chooses.
    """

    DOCUMENT: ClassVar[Any] = OverDocument
    TABLE: ClassVar[str] = "futures"

    _: KW_ONLY
    robustness: Mapping[str, Robustness]
    information: Mapping[str, Information]


@dataclass(frozen=True, eq=False)
class Resolved:
    """What is asked, read from names and files.

    Attributes:
        plans: the scenarios.
        baseline: name of the one that differences are from.
        futures: what may come.
        outcomes: of which everything is said.
        threshold: what a plan has to come to in the first of them, or None.
    """

    plans: tuple[Scenario, ...]
    baseline: str
    futures: Futures
    outcomes: tuple[str, ...]
    threshold: Threshold | None


def _judged(asked: Resolved, folder: SweepFolder, listener: Listener) -> dict[str, Robustness]:
    """Every plan over all futures, by what is asked for, by the headlines and by the cost."""
    found = {}
    for outcome in dict.fromkeys([*asked.outcomes, *HEADLINES, words.COST]):
        threshold = asked.threshold if outcome == asked.outcomes[0] else None
        try:
            found[outcome] = judge(folder.response(outcome), threshold)
        except NoFutureError as error:
            if outcome in asked.outcomes:
                for _, (_, failure) in zip(range(MOST_ERRORS), folder.failures(), strict=False):
                    listener.say(failure)
                raise NoFutureError(f"{error}\nRun folder: {folder.path}") from None
    return found


def _document(
    asked: Resolved, campaign: Campaign, found: Mapping[str, Robustness], known: Mapping[str, Information]
) -> OverDocument:
    return over_document(
        found, known, asked.futures, asked=asked.outcomes, baseline=asked.baseline, seed=campaign.seed,
        replicates=campaign.replicates, parameters=design_parameters(campaign.design, campaign.replicates),
    )  # fmt: skip


def _said(
    asked: Resolved, campaign: Campaign, found: Mapping[str, Robustness], known: Mapping[str, Information]
) -> Said:
    """What to choose, how sure that is, and what to find out first."""
    answers: list[str] = []
    body: list[Table | Sequence[str]] = []
    for outcome in asked.outcomes:
        cost = found.get(words.COST) if outcome != words.COST else None
        answers += words.answer(found[outcome], asked.futures, cost)
        answers.append(words.worth_sentence(known[outcome], outcome, asked.futures))
        body.append(words.standings_table(found[outcome], cost))
        if table := words.worth_table(known[outcome], outcome):
            body.append(table)
        if groups := words.group_table(known[outcome], outcome):
            body.append(groups)
    notes = words.notes(found[asked.outcomes[0]], asked.futures, campaign.replicates, campaign.seed)
    short = [f"{factor.stops_short}." for factor in asked.futures.factors if factor.stops_short]
    until = counted_until_each(asked.plans, (factor.key for factor in asked.futures.factors), "futures")
    return said(answers, body, [*notes, *short, until, *own_words(asked.plans), *unlike(asked.plans)])
