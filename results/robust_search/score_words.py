"""Scores of robustness as they are said and shown: in the outcome's own unit and direction."""

from results.optimising.objective import bare_label, label_of, scale_of, sign
from results.optimising.plan_words import POINTS
from results.robust_search.asked import Objective
from results.robust_search.bars import Bar
from results.robust_search.criteria import CriterionName
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.sureness import Score
from results.words.numbers import scaled, with_half
from results.words.table import word
from simulation.outcomes import Scale, outcome_named

HEADERS: dict[CriterionName, str] = {
    "mean": "average",
    "satisficing": "meets the bar (%)",
    "regret": "regret",
    "worst-tenth": "worst tenth",
    "percentile": "1 in 10 below",
    "hurwicz": "Hurwicz",
}
NAMES: dict[CriterionName, str] = {
    "mean": "the average",
    "satisficing": "satisficing",
    "regret": "regret",
    "worst-tenth": "the worst tenth",
    "percentile": "the tenth percentile",
    "hurwicz": "Hurwicz",
}


def scale_shown(objective: Objective) -> Scale:
    """The scale of a score: a share of futures, or the outcome's own."""
    return "share" if objective.criterion == "satisficing" else scale_of(objective.outcome)


def as_shown(objective: Objective, score: Score) -> Score:
    """A score as it is said: regret as what is lost, a cost as what is spent."""
    if objective.criterion == "satisficing":
        return score
    turned = objective.criterion == "regret" or sign(objective.outcome) < 0
    return Score(-score.value, -score.high, -score.low) if turned else score


def is_more_better(objective: Objective) -> bool:
    """Whether more is better of what is shown."""
    if objective.criterion == "regret":
        return False
    return objective.criterion == "satisficing" or sign(objective.outcome) > 0


def level(found: RobustOptimum, one: RobustFinalist, objective: Objective) -> str:
    """A score with half its interval, in the unit in which it is shown."""
    shown = as_shown(objective, found.score(one, objective))
    return with_half(shown.value, shown.low, shown.high, scale_shown(objective))


def more(lead: Score, objective: Objective) -> str:
    """A difference of scores as a change of what is shown."""
    shown = as_shown(objective, lead)
    return with_half(shown.value, shown.low, shown.high, scale_shown(objective), change=True)


def bar_words(bar: Bar) -> str:
    """A bar: "members that ever formed a collaboration at least 60 %"."""
    scale = outcome_named(bar.outcome).scale
    unit = {"share": " %", "usd": " thousand USD"}.get(scale, "")
    side = "at least" if bar.at_least else "at most"
    return f"{bare_label(bar.outcome)} {side} {f'{scaled(bar.value, scale):,.10g}'}{unit}"


def objective_words(objective: Objective) -> str:
    """What is to be best, as a noun."""
    if objective.criterion == "satisficing":
        return "meeting all bars at once" if objective.bar is None else f"meeting the bar of {bar_words(objective.bar)}"
    return f"{NAMES[objective.criterion]} of {label_of(objective.outcome)}"


def phrase(found: RobustOptimum, one: RobustFinalist, objective: Objective) -> str:
    """What a plan comes to: "meets the bar in 84 ± 4 of 100 futures"."""
    said = level(found, one, objective)
    unit = {"share": " %", "usd": " thousand USD"}.get(scale_shown(objective), "")
    match objective.criterion:
        case "satisficing":
            single = len(found.question.bars) == 1
            bar = "all bars at once" if objective.bar is None else f"the bar of {bar_words(objective.bar)}"
            return f"meets {'the bar' if single else bar} in {said} of 100 futures"
        case "regret":
            points = POINTS.get(scale_shown(objective), "")
            return f"stays {said}{points} or more behind the best plan known in one future of ten"
        case "worst-tenth":
            return f"has {said}{unit} in its worst tenth of futures"
        case "percentile":
            return f"falls short of {said}{unit} in one future of ten"
        case "hurwicz":
            return f"has {said}{unit} in the middle between its best and its worst future"
        case _:
            return f"has {said}{unit} on average"


def settings(one: RobustFinalist) -> str:
    """Values of the levers, as --set takes them."""
    return ", ".join(f"{key}={word(value)}" for key, value in one.searched.values.items())


def name_of(found: RobustOptimum, one: RobustFinalist) -> str:
    """What a plan is called."""
    names = (["most robust"] if one.number == found.winner.number else []) + (["as planned"] if one.number == 0 else [])
    return ", ".join(names) or f"plan {one.number}"


def thousand(score: Score) -> str:
    """An amount in thousand USD, with half its interval."""
    return with_half(score.value, score.low, score.high, "usd")
