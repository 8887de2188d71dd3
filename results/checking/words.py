"""What `check` prints for people: the answer in sentences, tables of patterns and assumptions, what words mean."""

from collections.abc import Sequence
from math import isinf, isnan

from results.checking.necessity import BY_LUCK, Necessity
from results.checking.skill_words import unnoticed
from results.checking.statistic_fit import SIGNIFICANT
from results.checking.study_words import drawn_settings, read_as
from results.checking.survey_fit import Fit
from results.checking.survey_verdicts import FIT
from results.checking.verdicts import Verdict, tally
from results.words.numbers import number
from results.words.table import Table
from scenarios.files.listing import counted, listed
from scenarios.observed.study import Measured, Observed

RULE = (
    "contradicted: 95 % of the virtual studies lie outside the observed interval, on one side. supported: at least "
    "half lie inside it, where random answers would at most half of the time; and the observed value lies inside the "
    "predicted 95 %. undecided: everything else."
)
ASSUMED = (
    "An assumption is supported if the facts are at least 3 times less likely without it, by more than luck; "
    "contradicted if they are at least 3 times more likely without it; otherwise undecided: the facts do not need it, "
    "or cannot tell. A study cannot be asked, and is no evidence, if switching the assumption off leaves a group it "
    "compares with nobody in it."
)
SURVEYED = (
    "Statistics of a survey: contradicted if fewer than 5 % of simulated networks are as far out, after adjusting for "
    "the number of statistics (Holm); supported if at least 5 % are as far out before adjusting, and at least half of "
    "random networks with the same strengths would have been noticed; otherwise undecided, also if nearly all "
    "simulated networks are alike. Pairs in which neither answered are left out on both sides."
)
DEFAULTS = (
    "No scenario was named for {}, so defaults are assumed: facilitation of {:g}, {} grants every {} months, no "
    "closing. Change that with --set, or in a file (docs/checking.md)."
)
ON_OTHERS = "That findings on {} hold for organizations is itself an assumption."


def answer(verdicts: Sequence[Verdict], assumptions: Sequence[Necessity], fits: Sequence[Fit] = ()) -> list[str]:
    """The answer in plain sentences."""
    lines = []
    patterns = [one for one in verdicts if not of_survey(one)]
    if patterns:
        found = tally(patterns)
        lines.append(
            f"Patterns observed: {len(patterns)}. Supporting the model: {found['supported']}; contradicting it: "
            f"{found['contradicted']}; undecided: {found['undecided']}."
        )
        if wide := [one.id for one in patterns if one.is_undecided_by_width]:
            lines.append(_too_wide(wide, found["undecided"]))
        missed = [one.id for one in patterns if one.verdict == "contradicted"]
        if missed:
            lines.append(f"Missed: {', '.join(missed)}.")
    lines += [_surveyed(fit, one) for fit, one in zip(fits, _by_study(verdicts), strict=True)]
    if assumptions:
        needed, better = (
            [one.id for one in assumptions if one.verdict == word] for word in ("supported", "contradicted")
        )
        lines.append(
            f"Assumptions switched off in turn: {len(assumptions)}. Needed to explain the facts: {len(needed)}"
            + (f" ({', '.join(needed)})" if needed else "")
            + f"; facts fit better without: {len(better)}"
            + (f" ({', '.join(better)})" if better else "")
            + f"; undecided: {len(assumptions) - len(needed) - len(better)}."
        )
    return lines


def _too_wide(wide: Sequence[str], undecided: int) -> str:
    """That findings are undecided because the model says next to nothing of them."""
    if undecided == len(wide) == 1:
        head = "It is undecided because almost any answer would pass"
    else:
        some = f"One of the {undecided} is" if len(wide) == 1 else f"{len(wide)} of the {undecided} are"
        which = "All of them are" if len(wide) == undecided else some
        head = f"{which} undecided because almost any answer would pass"
    return (
        f"{head}: the prediction is so wide that more than half of random answers lie in it ({', '.join(wide)}). Such "
        "a finding says nothing for the model, and nothing against it."
    )


def of_survey(one: Verdict) -> bool:
    """Whether a verdict is on a statistic of a survey."""
    return one.statistic == FIT


def _by_study(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """Verdicts on surveys, survey by survey."""
    found: dict[str, list[Verdict]] = {}
    for one in verdicts:
        if of_survey(one):
            found.setdefault(one.study, []).append(one)
    return list(found.values())


def _surveyed(fit: Fit, verdicts: Sequence[Verdict]) -> str:
    """Whether a survey looks like networks of the model."""
    name, starts = verdicts[0].study, sorted({one.begun_month for one in fit.statistics})
    begun = f"that starts from the survey of month {starts[0]}"
    if len(starts) > 1:
        begun = "that starts from each survey and is compared with the next"
    judged = [one for one in verdicts if one.judged]
    wrong = [one.text for one in judged if one.verdict == "contradicted"]
    if not judged:
        return (
            f"{name} cannot be judged: nearly all networks of a model {begun} are alike in each of "
            f"{len(verdicts)} statistics. The survey differs from them in {sum(one.differs for one in fit.statistics)}."
        )
    which = f"{counted(len(judged), 'statistic')}"
    if len(judged) < len(verdicts):
        which += f" that {'is' if len(judged) == 1 else 'are'} judged"
    if wrong:
        return (
            f"{name} does not look like a network of the model {begun}: contradicted in {len(wrong)} of "
            f"{which} ({'; '.join(wrong)})."
        )
    if not fit.can_contradict:
        return (
            f"{name} cannot be judged with {fit.networks} networks of the model: to contradict one of {which}, it "
            f"takes {fit.enough} or more (--replicates {fit.enough})."
        )
    told = sum(one.tells for one in fit.judged)
    if not told:
        return f"{name} cannot be judged: none of {which} would tell most random networks from one of a model {begun}."
    return (
        f"{name} looks like a network of the model {begun}: none of {which} "
        f"contradicts it, and {told} of them would have exposed a random network."
        + (f" Too far out to support it: {', '.join(far)}." if (far := _too_far_out(judged)) else "")
    )


def _too_far_out(verdicts: Sequence[Verdict]) -> list[str]:
    """Statistics of a survey that are undecided although 95 % of simulated networks are less far out."""
    return [one.text for one in verdicts if one.verdict == "undecided" and one.inside < SIGNIFICANT]


def check_tables(verdicts: Sequence[Verdict]) -> list[Table]:
    """A row a pattern: observed, predicted, how many virtual studies land in the observed interval, verdict.

    Then a table a survey, a row a statistic: observed, simulated, p, verdict.
    """
    rows = tuple(
        (one.id, _observed(one.observed), _predicted(one), _inside(one), one.verdict)
        for one in verdicts
        if not of_survey(one)
    )
    header = ("pattern", "observed", "predicted", "inside", "verdict")
    tables = [Table("Predicted and observed", header, rows, frozenset({3}))] if rows else []
    for survey in _by_study(verdicts):
        statistics = tuple(
            (one.id, _one(one.observed.value), _predicted(one), f"{one.inside:.2g}" if one.judged else "-", one.verdict)
            for one in survey
        )
        header = ("statistic", "observed", "simulated", "p", "verdict")
        tables.append(Table(f"The survey {survey[0].study}", header, statistics, frozenset({1, 3})))
    return tables


def reasons(verdicts: Sequence[Verdict]) -> list[str]:
    """Why patterns are not supported, a line each; of surveys what is not judged, and what tells no random network."""
    told = [
        f"{one.id} is {one.verdict}: {one.why}."
        for one in verdicts
        if one.verdict == "contradicted" or (one.verdict == "undecided" and not of_survey(one))
    ]
    told += [f"{one.id} {one.uncomputed_why}." for one in verdicts if one.uncomputed_why not in one.why]
    for survey in _by_study(verdicts):
        why = {one.why: [other.id for other in survey if other.why == one.why] for one in survey if not one.judged}
        told += [f"{', '.join(ids)} {_is(ids)} undecided: {reason}." for reason, ids in why.items()]
        told += [
            f"{one.id} is judged without {', '.join(map(repr, one.left_out))}, in which nearly all simulated networks "
            "are alike."
            for one in survey
            if one.left_out
        ]
        undecided = [one for one in survey if one.judged and one.verdict == "undecided"]
        if far := [one.id for one in undecided if one.inside < SIGNIFICANT]:
            told.append(f"Undecided because fewer than 5 % of simulated networks are as far out: {', '.join(far)}.")
        if silent := [one.id for one in undecided if one.inside >= SIGNIFICANT]:
            told.append(f"Undecided because a random network would mostly pass too: {', '.join(silent)}.")
    return ["", *told] if told else []


def assumption_table(assumptions: Sequence[Necessity]) -> Table:
    """A row an assumption, what speaks most for it first; without those on which hardly anything depends."""
    told = sorted(
        (one for one in assumptions if not (one.is_untouched or _is_hardly_moved(one))), key=lambda one: -one.gain
    )
    rows = tuple(
        (one.id, f"{number(one.gain, 'index', 1, sign=True)} ± {BY_LUCK * one.error:.1f}", one.verdict, one.why)
        for one in told
    )
    header = ("assumption", "log score", "verdict", "why")
    return Table("Each assumption switched off in turn", header, rows, frozenset({1}))


def hardly_moved(assumptions: Sequence[Necessity]) -> str:
    """The assumptions without which the facts fit as well to the last digit: one line instead of a row each."""
    names = [one.id for one in assumptions if _is_hardly_moved(one)]
    if not names:
        return ""
    return f"Switched off, these change the fit by less than 0.05 (undecided): {', '.join(names)}."


def _is_hardly_moved(one: Necessity) -> bool:
    """Whether its row would read 0.0 ± 0.0."""
    return not one.is_untouched and one.verdict == "undecided" and max(abs(one.gain), BY_LUCK * one.error) < 0.05


def untold(assumptions: Sequence[Necessity]) -> str:
    """The assumptions on which nothing that was observed depends."""
    names = [one.id for one in assumptions if one.is_untouched]
    return f"Nothing observed depends on: {', '.join(names)}." if names else ""


def notes(
    verdicts: Sequence[Verdict], assumptions: Sequence[Necessity], fits: Sequence[Fit], studies: Sequence[Observed]
) -> list[str]:
    """What has to be said below the tables."""
    patterns = [one for one in verdicts if not of_survey(one)]
    others = sorted({one.about for one in patterns if one.about not in ("organizations", "coalitions")})
    return [
        hardly_moved(assumptions),
        untold(assumptions),
        *unnoticed(assumptions),
        *(sentence for fit in fits for sentence in fit.said[:-1]),
        *(_defaults(one) for one in studies if one.is_bare),
        RULE if patterns else "",
        SURVEYED if fits else "",
        ASSUMED if assumptions else "",
        ON_OTHERS.format(listed(others)) if others else "",
        read_as(patterns),
        drawn_settings(studies),
    ]


def _defaults(study: Observed) -> str:
    scenario = study.scenario
    grants = scenario.grants
    return DEFAULTS.format(study.name, scenario.facilitation.intensity, grants.per_call, grants.every)


def _one(value: float | None) -> str:
    return "beyond all" if value is None else f"{value:.3g}"


def _is(ids: Sequence[str]) -> str:
    return "is" if len(ids) == 1 else "are"


def _observed(observed: Measured) -> str:
    if observed.value is None:
        if observed.low is None:
            return f"below {observed.high:.3g}"
        return f"above {observed.low:.3g}" if observed.high is None else f"{observed.low:.3g} to {observed.high:.3g}"
    return f"{observed.value:.3g} {_span(observed.low, observed.high)}"


def _inside(one: Verdict) -> str:
    return f"{round(one.inside * one.studies):,} of {one.studies:,}"


def _predicted(one: Verdict) -> str:
    if isnan(one.predicted):
        return "nothing to count"
    if isinf(one.predicted):
        return "cannot be computed"
    return f"{_number(one.predicted)} {_span(one.predicted_low, one.predicted_high)}"


def _span(low: float | None, high: float | None) -> str:
    return f"({'-' if low is None else _number(low)} to {'-' if high is None else _number(high)})"


def _number(value: float) -> str:
    return "infinity" if isinf(value) and value > 0 else f"{value:.3g}"
