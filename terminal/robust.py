"""`compare --over`: plans over many futures, asked for, run as a design, and told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from terminal import sweeping
from terminal.options import wanted_posterior
from terminal.printing import print_json
from terminal.reporting import keep_brief, print_said

if TYPE_CHECKING:
    from results.deciding.robustness import Robustness, Threshold
    from results.deciding.worth_knowing import Information
    from results.sweeping.sweep_folder import SweepFolder
    from results.words.narrative import Said
    from results.words.table import Table
    from scenarios import Scenario
    from scenarios.designs.futures import Futures

USUAL_REPLICATES = 100
"""Networks of each plan in each future where nobody says how many."""
ONLY_OVER = ("futures", "outcomes", "at_least", "at_most", "cluster", "retry_failed")
"""Options that have a meaning with --over only."""
NOT_OVER = ("precision", "watched")
"""Options that have none with it."""


def check_options(over: str | None) -> None:
    """Refuse options that would be left without effect."""
    context = click.get_current_context()
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") is click.core.ParameterSource.COMMANDLINE
        if given and over is None and option.name in ONLY_OVER:
            raise click.UsageError(f"{option.opts[0]} belongs to --over; add it, or leave {option.opts[0]} out")
        if given and over is not None and option.name in NOT_OVER:
            raise click.UsageError(
                f"{option.opts[0]} goes by the luck of one future; with --over give --replicates, and --futures"
            )


def compare_over(
    *, scenarios: Sequence[str], baseline: str | None, settings: Sequence[str], posterior: str | None, fixed: bool,
    over: str, out: Path | None, as_json: bool, figures: bool,
    futures: int | None, outcomes: Sequence[str], at_least: float | None, at_most: float | None, seed: int,
    replicates: int, workers: int | None, cluster: str | None, retry_failed: bool, engine: Any, **_not_over: Any,
) -> None:  # fmt: skip
    """The whole command."""
    from results.commands.compare import plans_of

    plans, base = plans_of(scenarios, settings, wanted_posterior(posterior, fixed), baseline)
    asked = question_of(
        plans, base, over, futures=futures, outcomes=outcomes, at_least=at_least, at_most=at_most, seed=seed,
        replicates=replicates,
    )  # fmt: skip
    with judged(asked, out, workers=workers, cluster=cluster, retry_failed=retry_failed, engine=engine) as (
        folder,
        found,
        known,
    ):
        document = document_of(asked, found, known)
        keep(asked, found, document, folder.path, not figures)
        what = said_of(asked, found, known)
        keep_brief(folder.path, what)
    if as_json:
        print_json({**document, "run_folder": str(folder.path)})
    else:
        print_said(what, folder.path)
    sweeping.exit_for(folder)


@dataclass(frozen=True)
class Question:
    """What is asked of plans over futures.

    Attributes:
        plans: the scenarios.
        baseline: name of the one that differences are against.
        futures: what may come.
        outcomes: of which everything is said.
        threshold: what a plan has to come to in the first of them, or None.
        seed: of the luck, and of the draws from ranges.
        replicates: networks of each plan in each future.
    """

    plans: tuple[Scenario, ...]
    baseline: str
    futures: Futures
    outcomes: tuple[str, ...]
    threshold: Threshold | None
    seed: int
    replicates: int


def question_of(
    plans: tuple[Scenario, ...], baseline: str, over: str, *, futures: int | None, outcomes: Sequence[str],
    at_least: float | None, at_most: float | None, seed: int, replicates: int,
) -> Question:  # fmt: skip
    """The question that is asked; what is wrong with it is said as wrong use."""
    from results.deciding.robustness import Threshold
    from scenarios import ScenarioError
    from scenarios.designs.futures import read_futures

    if at_least is not None and at_most is not None:
        raise click.UsageError("--at-least and --at-most are two thresholds; give one")
    threshold = None
    if at_least is not None:
        threshold = Threshold(at_least, "at least")
    elif at_most is not None:
        threshold = Threshold(at_most, "at most")
    try:
        found = read_futures(over, plans, count=futures, seed=seed)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    sweeping.say_short(found.factors)
    source = click.get_current_context().get_parameter_source("replicates")
    networks = replicates if source is not click.core.ParameterSource.DEFAULT else USUAL_REPLICATES
    checked = sweeping.check_outcomes(outcomes)
    if threshold is not None:
        sweeping.check_reachable(threshold.value, f"--{threshold.side.replace(' ', '-')}", checked[0])
    return Question(plans, baseline, found, checked, threshold, seed, networks)


@contextmanager
def judged(
    asked: Question, out: Path | None, *, workers: int | None, cluster: str | None, retry_failed: bool, engine: Any
) -> Iterator[tuple[SweepFolder, dict[str, Robustness], dict[str, Information]]]:
    """Run every plan in every future, and judge them."""
    from results.deciding.robustness import NoFutureError, futures_of, judge
    from results.deciding.words import COST
    from results.deciding.worth_knowing import worth_knowing
    from results.words.headlines import HEADLINES
    from simulation.running.campaign import Campaign

    design = asked.futures.design(asked.plans)
    campaign = Campaign(design, asked.replicates, asked.seed, engine)
    more = {"baseline": asked.baseline, "over": {"name": asked.futures.name, "title": asked.futures.title}}
    with sweeping.swept(
        campaign, out, workers=workers, cluster=cluster, retry_failed=retry_failed, command="compare", more=more
    ) as folder:
        found, known = {}, {}
        for outcome in dict.fromkeys([*asked.outcomes, *HEADLINES, COST]):
            threshold = asked.threshold if outcome == asked.outcomes[0] else None
            try:
                found[outcome] = judge(folder.response(outcome), threshold)
            except NoFutureError as error:
                if outcome in asked.outcomes:
                    _say_failures(folder)
                    raise click.ClickException(f"{error}\nRun folder: {folder.path}") from None
        for outcome in asked.outcomes:
            known[outcome] = worth_knowing(found[outcome], futures_of(design), seed=asked.seed)
        yield folder, found, known


def _say_failures(folder: SweepFolder) -> None:
    for _, error in zip(range(3), (error for _, error in folder.failures()), strict=False):
        click.echo(error, err=True)


def document_of(asked: Question, found: Mapping[str, Robustness], known: Mapping[str, Information]) -> dict[str, Any]:
    """What --json prints, without the folder."""
    from results.deciding.documents import over_document
    from results.words.document import design_parameters

    return over_document(
        found, known, asked.futures, asked=asked.outcomes, baseline=asked.baseline, seed=asked.seed,
        replicates=asked.replicates, parameters=design_parameters(asked.futures.design(asked.plans), asked.replicates),
    )  # fmt: skip


def keep(
    asked: Question, found: Mapping[str, Robustness], document: Mapping[str, Any], folder: Path, no_figures: bool
) -> None:
    """Write what was found beside what was run."""
    from results.deciding.documents import future_columns
    from results.folders.files import write
    from results.folders.folder import as_json
    from results.folders.parquet import write_parquet

    write(folder / "compare.json", as_json(document))
    write(folder / "futures.parquet", partial(write_parquet, future_columns(found)))
    if not no_figures:
        from results.figures import draw_futures

        draw_futures([found[outcome] for outcome in asked.outcomes], folder / "figures")


def said_of(asked: Question, found: Mapping[str, Robustness], known: Mapping[str, Information]) -> Said:
    """What to choose, how sure that is, and what to find out first."""
    from results.deciding import words as robust_words
    from results.estimates.same_luck import unlike
    from results.words.horizon import counted_until_each
    from results.words.narrative import said

    answers: list[str] = []
    body: list[Table | Sequence[str]] = []
    for outcome in asked.outcomes:
        cost = found.get(robust_words.COST) if outcome != robust_words.COST else None
        answers += robust_words.answer(found[outcome], asked.futures, cost)
        answers.append(robust_words.worth_sentence(known[outcome], outcome, asked.futures))
        body.append(robust_words.standings_table(found[outcome], cost))
        if table := robust_words.worth_table(known[outcome], outcome):
            body.append(table)
    first = found[asked.outcomes[0]]
    notes = robust_words.notes(first, asked.futures, asked.replicates, asked.seed)
    short = [f"{factor.stops_short}." for factor in asked.futures.factors if factor.stops_short]
    until = counted_until_each(asked.plans, (factor.key for factor in asked.futures.factors), "futures")
    return said(answers, body, [*notes, *short, until, *unlike(asked.plans)])
