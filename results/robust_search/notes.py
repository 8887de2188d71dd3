"""What stands below a robust search: how it was chosen, what criteria mean, how luck and futures were drawn."""

from results.estimates.sums import exact_mean
from results.optimising.objective import COST, label_of, scale_of
from results.optimising.plan_words import POINTS
from results.robust_search.criteria import MEANING, WORDS
from results.robust_search.final import RobustOptimum
from results.robust_search.score_words import NAMES, bar_words, objective_words, scale_shown
from results.robust_search.sureness import FEWEST
from results.words.horizon import counted_until_each
from results.words.notes import PREDICTION
from results.words.numbers import number
from results.words.shares import moving_base
from results.words.varying import own_words
from scenarios.files.listing import listed
from simulation.outcomes import outcome_named

LIKELY = (
    "Values from a posterior occur as often as it says. Everything else that may come counts equally, because its "
    "likelihood is unknown: a share of futures is not a chance."
)


def notes(found: RobustOptimum) -> list[str]:
    """The small print."""
    asked = found.question
    return [
        _searched(found),
        _chosen(found),
        _left_out(found),
        *(f"{one.stops_short}." for one in (*asked.levers, *asked.futures.factors) if one.stops_short),
        _budget(found),
        _criteria(found),
        *_regret(found),
        *_luck(found),
        _sureness(found),
        LIKELY,
        *_again(found),
        _kinds(found),
        counted_until_each([asked.scenario], (*(lever.key for lever in asked.levers), *asked.futures.keys), "futures"),
        *filter(None, map(moving_base, asked.outcomes)),
        *own_words([asked.scenario]),
        PREDICTION,
    ]


def _searched(found: RobustOptimum) -> str:
    asked, plans = found.question, found.searched.plans
    failed = sum(not one.is_whole for one in plans)
    within = sum(one.keeps(asked.budget) for one in plans)
    pool = len(asked.futures.stages["pool"])
    taken = len(found.searched.place.futures)
    which = "all" if taken == pool else f"{taken:,} that stand for {pool:,}, by what the plan as it is comes to in them"
    return (
        f"{len(plans):,} plans were tried in {taken:,} futures ({which}), {asked.replicates:,} networks in each, all "
        f"plans with the same luck (seed {asked.seed}), for "
        f"{listed([objective_words(one) for one in asked.objectives])}; {within:,} stayed within the budget"
        + (f", {failed:,} could not be run in every future (candidates.parquet says why)." if failed else ".")
    )


def _chosen(found: RobustOptimum) -> str:
    asked, first = found.question, found.question.objectives[0]
    count = len(asked.futures.stages["report"])
    looked = "better" if found.optimism >= 0 else "worse"
    unit = " futures of 100" if first.criterion == "satisficing" else POINTS.get(scale_shown(first), "")
    return (
        f"The most robust was chosen in {len(asked.futures.stages['choice']):,} fresh futures and is reported in "
        f"{count:,} that are fresh once more, with fresh luck ({asked.final:,} networks in each), so that it is "
        "neither the luckiest nor made for the futures of the search. In the search, the best looked "
        f"{number(abs(found.optimism), scale_shown(first), 1)}{unit} {looked} than it is."
    )


def _left_out(found: RobustOptimum) -> str:
    out = {name: count for name, count in found.left_out.items() if count}
    if not out:
        return ""
    each = listed([f"{count:,} of the {name}" for name, count in out.items()])
    return f"Left out because {found.question.scenario.name} as planned lacks an outcome in them: futures {each}."


def _budget(found: RobustOptimum) -> str:
    asked = found.question
    over = int((found.winner.report.of(COST) > asked.budget).sum())
    dropped = len(found.over_budget) - (0 if found.planned.in_budget else 1)
    turned = f" {dropped} of the final turned out to cost more in fresh futures." if dropped > 0 else ""
    return (
        "The budget holds on average over all futures drawn; where few were tried, the cost is corrected by what the "
        f"plan as it is costs in them. In {over:,} of {len(found.winner.report.means):,} futures reported the most "
        f"robust plan costs more.{turned}"
    )


def _criteria(found: RobustOptimum) -> str:
    shown = list(dict.fromkeys(one.criterion for one in found.objectives))
    return "Criteria: " + "; ".join(f"{NAMES[name]}, {WORDS[name]} ({MEANING[name]})" for name in shown) + "."


def _regret(found: RobustOptimum) -> list[str]:
    """From what regret is measured, and by how much it is understated."""
    lines = []
    for outcome in found.question.outcomes:
        scale = scale_of(outcome)
        lines.append(f"{number(found.understated(outcome), scale, 1)}{POINTS.get(scale, '')} in {label_of(outcome)}")
    return [
        "Regret is from the best plan of the final in the same future; no final holds the best plan of every future. "
        f"In the futures of the search, plans of the search that are not in the final were better by {listed(lines)} "
        "on average: about as much regret is missing."
    ]


def _luck(found: RobustOptimum) -> list[str]:
    """In how many futures luck decides whether a bar is met."""
    lines = []
    plan = found.winner.report
    for bar in found.question.bars:
        column = plan.outcomes.index(bar.outcome)
        near = abs(plan.means[:, column] - bar.value) <= 2 * plan.errors[:, column]
        if near.any():
            lines.append(f"{bar_words(bar)}, {int(near.sum()):,}")
    said = []
    if lines:
        said.append(
            f"Futures in which the most robust plan lies within two standard errors of luck of a bar: {listed(lines)} "
            f"of {len(plan.means):,}. On which side it is there, more networks (--final) would tell."
        )
    first = found.question.outcomes[0]
    errors = plan.errors[:, plan.outcomes.index(first)]
    if (errors == errors).all():
        scale = outcome_named(first).scale
        said.append(
            f"In one future, luck moves the average of {label_of(first)} by ±{number(2 * exact_mean(errors), scale, 1)}"
            " (twice the standard error); every future has luck of its own, so it evens out over futures, but it "
            "widens the worst tenth a little."
        )
    return said


def _sureness(found: RobustOptimum) -> str:
    futures = len(found.winner.report.means)
    if futures < FEWEST:
        return f"There are {futures} futures, fewer than the {FEWEST} from which it can be said how sure a score is."
    return (
        "After ± is the 95 % interval over futures: by drawing the futures again a thousand times, of shares by Wilson "
        "and, of two plans in the same futures, by Bonett & Price. It holds for futures of the same kind, "
        "not for others. "
        '"As robust" means that no difference in what was searched for is clear, with intervals that hold for all '
        "finalists at once (Bonferroni)."
    )


def _again(found: RobustOptimum) -> list[str]:
    lines = []
    if "rows" in found.question.futures.again:
        lines.append("The table's rows are all futures there are: every stage has the same rows, with fresh luck.")
    if "particles" in found.question.futures.again:
        lines.append("There are fewer sets of parameters than futures in all stages: some come again, with fresh luck.")
    return lines


def _kinds(found: RobustOptimum) -> str:
    how = "as asked" if found.question.kinds else "on which the cost depends most"
    return (
        f"Kinds of plans are told apart by {listed(list(found.kinds.keys))} ({how}): none of it, or the low, middle or "
        "high third of what was allowed."
    )
