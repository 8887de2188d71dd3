"""What `check` says of skill, and of what a survey could have noticed."""

from collections.abc import Callable, Sequence
from math import isnan

from results.checking.necessity import Necessity
from results.checking.pattern_skill import PatternSkill
from results.checking.skill import NOTHING, Margin, PairSkill
from results.checking.stacking import Stacked
from results.checking.statistic_skill import PooledSkill
from results.checking.survey_fit import Fit
from results.checking.survey_skill import WaveSkill
from results.studies.baselines import RULES, TOLD_THE_TOTALS
from results.studies.rival import RIVAL
from results.words.table import Table
from scenarios.files.listing import listed

Scored = PairSkill | PooledSkill
_NOT_SCORED = "nothing can be scored, as no pair was observed in both waves"
ON_SURVEYS = (
    "Skill: 1 - the model's score / a rule's score; 0 is as good as the rule, 1 is perfect, below 0 is worse. Scores "
    "are proper (Brier for pairs, CRPS and energy scores for statistics). {} know how many ties formed and ended, "
    "which nobody knows beforehand; they are left out where a statistic follows from that. Intervals of pairs are by "
    "resampling members, those of statistics by resampling statistics; neither says what another history of the same "
    "network would bring. AUC: how often a pair that is tied was given a higher chance than one that is not (.5: a "
    "coin); then among pairs without a tie before, and among those with one."
)
SHORT = {
    "no_change": "no change",
    "rates": "rates",
    "partners": "partners",
    "degree": "ties",
    "interest": "interests",
    "logistic": "logistic",
    RIVAL: "rival",
}
"""The rules in as few words as a table has room for."""
ON_RIVAL = (
    "The rival is a simple statistical model: each month, ties form and end with chances that depend on common "
    "interests, common partners, numbers of ties, the same region and facilitation. It was fitted on other networks "
    "and, where there are any, on the waves before the one that is predicted. Mixed: chances of pairs are the weighted "
    "mean of Legato's and the rival's, with the weight that scored best on earlier waves, or on other networks."
)
ON_PATTERNS = (
    "Skill of patterns: 1 - the model's score / that of arms that do not differ (pooled arms), or of random answers. "
    "The rival predicts ties of a surveyed network only, so it is asked about no pattern."
)


def skill_sentences(name: str, fit: Fit) -> list[str]:
    """How well a survey is predicted beside simple rules: of pairs, and of statistics, a sentence each."""
    told = []
    ways: tuple[tuple[str, Callable[[WaveSkill], Scored | None]], ...] = (
        ("which pairs are tied", lambda wave: wave.pairs),
        ("statistics of the network", lambda wave: wave.pooled),
    )
    for what, of in ways:
        found = [(wave.month, one) for wave in fit.skill if (one := of(wave)) is not None]
        by_phrase: dict[str, list[str]] = {}
        for month, one in found:
            how = f": skill {_margin(_shown(one))}"
            if isnan(_shown(one).value):
                how = ""
            elif _shown(one).value == float("-inf"):
                how = ": that was exactly right"
            by_phrase.setdefault(_phrase(one), []).append(f"month {month}{how}")
        none = by_phrase.pop(_NOT_SCORED, [])
        parts = [f"{phrase} ({'; '.join(months)})" for phrase, months in by_phrase.items()]
        if none:
            told.append(f"{name}, {what}: {_NOT_SCORED} ({'; '.join(none)}).")
        if parts:
            told.append(f"{name}, {what}: the model does {listed(parts)}.")
    return told


def _phrase(one: Scored) -> str:
    """How it compares with the rules, in words."""
    if isnan(one.skill.value):
        return _NOT_SCORED
    if one.worse_than_nothing:
        return "worse than saying that nothing changes"
    if one.worse:
        return f"worse than {_called(one.best)}"
    return "better than any simple rule" if one.skill.better else f"about as well as {_called(one.best)}"


def _called(rule: str) -> str:
    return "the rival" if rule == RIVAL else RULES[rule]


def rival_sentences(name: str, fit: Fit) -> list[str]:
    """Where the rival predicts which pairs are tied better than Legato, where worse; and what mixing them brings."""
    told = []
    for wave in fit.skill:
        pairs, stack = wave.pairs, wave.stack
        if pairs is None or stack is None or isnan(pairs.margins[RIVAL].value):
            continue
        margin = pairs.margins[RIVAL]
        which = "Neither predicts clearly better here"
        if margin.worse:
            which = "The rival predicts better here"
        elif margin.better:
            which = "Legato predicts better here"
        chosen = f"{stack.waves} earlier wave{'s' * (stack.waves > 1)}" if stack.waves else "other networks"
        told.append(
            f"{name}, month {wave.month}, Legato and the rival: {which} (skill of Legato "
            f"against it {_margin(margin)}). Mixed, with a weight of {stack.weight:.2f} for Legato by {chosen}, "
            f"{_mixing(stack)}."
        )
    return told


def _mixing(stack: Stacked) -> str:
    """How the mixture scored, in words."""
    legato, rival = stack.over_legato.value, stack.over_rival.value
    if stack.weight in (0.0, 1.0):
        return f"which leaves {'the rival' if stack.weight == 0 else 'Legato'} alone"
    if legato > 0 and rival > 0:
        return "they predict better than either alone"
    if legato <= 0 and rival <= 0:
        return "they predict no better than either alone"
    return f"they predict better than {'Legato' if legato > 0 else 'the rival'} alone, but not than the other"


def _shown(one: Scored) -> Margin:
    """The margin that the words are about."""
    return one.margins[NOTHING] if one.worse_than_nothing else one.skill


def skill_tables(fits: Sequence[Fit], names: Sequence[str]) -> list[Table]:
    """A table a survey: against the best rule, and against "nothing changes", of pairs and of statistics."""
    header = ("month", "predicted", "rule", "skill (95 %)", "AUC", "the rule's", "new ties", "ends")
    return [
        Table(f"Skill against simple rules: {name}", header, tuple(_rows(fit)), frozenset({4, 5, 6, 7}))
        for fit, name in zip(fits, names, strict=True)
        if fit.skill
    ]


def _rows(fit: Fit) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for wave in fit.skill:
        for what, one in (("pairs", wave.pairs), ("statistics", wave.pooled)):
            if one is None:
                continue
            for rule in dict.fromkeys((one.best, NOTHING, RIVAL)):
                aucs = ("", "", "", "")
                if isinstance(one, PairSkill):
                    mine = one.model
                    aucs = (_two(mine.auc), _two(one.rules[rule].auc), _two(mine.auc_forming), _two(mine.auc_ending))
                rows.append((str(wave.month), what, SHORT[rule], _margin(one.margins[rule]), *aucs))
    return rows


def pattern_skill_table(found: Sequence[PatternSkill]) -> list[Table]:
    """A row a pattern: what it is compared with, and the skill."""
    rows = tuple((one.id, one.reference, _margin(one.margin)) for one in found)
    return [Table("Skill of predictions", ("pattern", "compared with", "skill (95 %)"), rows)] if rows else []


def pattern_skill_sentence(found: Sequence[PatternSkill]) -> str:
    """Which patterns are predicted worse than by somebody who knows of no difference, or of nothing."""
    worse = [one.id for one in found if one.margin.worse]
    if not worse:
        return ""
    return f"Predicted worse than by saying that arms do not differ, or by random answers: {', '.join(worse)}."


def skill_notes(fits: Sequence[Fit], patterns: Sequence[PatternSkill]) -> list[str]:
    """What skill means, where there is any."""
    told = listed([RULES[name] for name in RULES if name in TOLD_THE_TOTALS])
    rules = told[0].upper() + told[1:]
    return [
        ON_SURVEYS.format(rules) if any(one.skill for one in fits) else "",
        ON_RIVAL if any(one.skill for one in fits) else "",
        ON_PATTERNS if patterns else "",
    ]


def unnoticed(assumptions: Sequence[Necessity]) -> list[str]:
    """Which assumptions no statistic of a survey could have noticed to be missing, and which ones one could."""
    asked = [(one.id, one.noticing) for one in assumptions if one.noticing is not None]
    seen = [f"{name} (by {one.statistic}, {round(100 * one.power)} %)" for name, one in asked if one.could]
    blind = [name for name, one in asked if not one.could]
    told = [f"Switched off, these would have been noticed in most networks: {', '.join(seen)}."] if seen else []
    if blind:
        which = "This survey" if len({one.survey for _, one in asked}) == 1 else "These surveys"
        told.append(f"{which} could not have noticed that one of these is switched off: {', '.join(blind)}.")
    return told


def _margin(one: Margin) -> str:
    if one.value == float("-inf"):
        return "the rule is exactly right"
    if isnan(one.low):
        return _two(one.value)
    return f"{_two(one.value)} ({_two(one.low)} to {_two(one.high)})"


def _two(value: float) -> str:
    if isnan(value):
        return "-"
    return "no end" if value == float("-inf") else f"{value:.2f}"
