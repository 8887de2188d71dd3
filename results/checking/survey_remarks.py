"""What a reader of a survey's verdicts must know about its files: silence, absence, and where thresholds lie."""

import numpy as np

from results.studies.learned_reporting import WAVES_TOLD_ONCE
from results.studies.survey_statistics import BANDS
from scenarios.files.listing import listed
from scenarios.observed.waves import Waves

MOST_NAMES = 5
_RULES = {"mean": "the mean of the two", "either": "the higher of the two", "both": "the lower of the two"}


def remarks_on(waves: Waves) -> tuple[str, ...]:
    """Sentences about a survey; none where there is nothing to say."""
    return (
        *_dated(waves), *_reporting(waves), *_one_sided(waves), *_told_once(waves), *_present(waves), *_absent(waves),
        *_tieless(waves), *_drawn(waves), *_lasting(waves),
    )  # fmt: skip


def _dated(waves: Waves) -> list[str]:
    if waves.begins is None:
        return []
    dates = listed([f"{waves.named(month)} is month {month}" for month in waves.months])
    return [f"Months are counted from {waves.begins}: {dates}."]


def _reporting(waves: Waves) -> list[str]:
    one = waves.reporting
    if one.is_exact:
        return []
    who = "the one report of each pair names" if one.together else "a member names"
    habit = f"; members differ in this (habit {one.habit:.2g} on the log-odds)" if one.habit else ""
    both = waves.told + np.swapaxes(waves.told, 1, 2)
    both[:, np.eye(both.shape[-1], dtype=np.bool_)] = np.nan
    little = "In no pair did both sides answer, so the survey itself says hardly anything of these chances."
    return [
        f"Reports are not taken for the truth: {who} {one.named * 100:.0f} % of its weakest ties that count "
        f"and {one.named_strong * 100:.0f} % of its strongest, and by mistake {one.mistaken * 100:.2g} % of those to "
        f"whom it has none{habit}. Simulated networks are reported by the same chances.",
        *([] if np.isfinite(both).any() else [little]),
    ]


def _lasting(waves: Waves) -> list[str]:
    if waves.asks == "now":
        return []
    tied = waves.strength >= waves.cut(waves.tied_from) - 1e-9
    ended = sum(
        int(np.triu(before & ~after & seen, 1).sum())
        for before, after, seen in zip(tied[:-1], tied[1:], waves.observed[1:], strict=True)
    )
    said = "The survey asks for what cannot end: a simulated tie counts from the first month it was strong enough on."
    return [f"{said} Ties that were reported and are missing in the next wave: {ended:,}." if ended else said]


def _one_sided(waves: Waves) -> list[str]:
    told = waves.one_sided + waves.mutual
    if not waves.one_sided:
        return []
    were = "was" if waves.one_sided == 1 else "were"
    sentence = (
        f"Of {told:,} ties between two who answered, {waves.one_sided:,} {were} reported by one of them only: the "
        f"other's silence counts as a report of 0, and the tie gets {_RULES[waves.rule]}."
    )
    if waves.reporting.is_exact:
        sentence += ' To reckon with ties that are forgotten or named by mistake, write reports = "learned" in [waves].'
    if not waves.mutual:
        sentence += " If a row of ties.csv stands for both, add a row for the other side."
    return [sentence]


def _told_once(waves: Waves) -> list[str]:
    """Where the data hold one report a pair: what can be learned from it, and from how many waves."""
    if not waves.told_once or not waves.reporting.is_exact or waves.asks != "now":
        return []
    sentence = "Both sides of every pair say the same in every wave: there is one report of each pair, taken for exact."
    if len(waves.months) < WAVES_TOLD_ONCE:
        return [f"{sentence} How often it is wrong cannot be learned from fewer than {WAVES_TOLD_ONCE} waves."]
    return [f'{sentence} To learn from ties that come and go how often it is wrong, write reports = "learned".']


def _present(waves: Waves) -> list[str]:
    """How many were members in each wave, where not all were; and who in none."""
    if waves.there.all():
        return []
    months = listed([
        f"{here} in month {waves.named(month)}"
        for month, here in zip(waves.months, waves.there.sum(axis=1).tolist(), strict=True)
    ])  # fmt: skip
    nowhere = [waves.roster.names[member] for member in np.flatnonzero(~waves.there.any(axis=0))]
    said = f"Of {len(waves.roster.names)} in the list, those who were members: {months}."
    return [f"{said} In no wave: {', '.join(nowhere)}." if nowhere else said]


def _tieless(waves: Waves) -> list[str]:
    """Which waves observed no pair, and in which of the others no tie counts."""
    tied = waves.strength >= waves.cut(waves.tied_from) - 1e-9
    observed = waves.observed
    places = range(len(waves.months))
    unseen = [waves.named(waves.months[place]) for place in places if not observed[place].any()]
    tieless = [waves.named(waves.months[place]) for place in places if observed[place].any() and not tied[place].any()]
    return [
        *(f"In the wave of month {month} nobody answered: it says nothing of any pair." for month in unseen),
        *(
            f"In the wave of month {month} no two count as tied: nothing that was reported reaches "
            f"{waves.tied_from:.3g} (`tied_from`)."
            for month in tieless
        ),
    ]


def _absent(waves: Waves) -> list[str]:
    """Who is in no report of a wave and did not answer in it, but is in another wave: perhaps not a member then."""
    tied = np.nan_to_num(waves.strength).max(axis=2) > 0
    there = tied | waves.answered | ~waves.there
    sentences = []
    for wave, month in enumerate(waves.months):
        absent = np.flatnonzero(~there[wave] & there.any(axis=0))
        if not len(absent):
            continue
        before, after = there[:wave].any(axis=0)[absent].all(), there[wave + 1 :].any(axis=0)[absent].all()
        perhaps = "had left" if before and not after else "had not joined yet" if after and not before else "were away"
        what = {"had left": "ties that were lost", "had not joined yet": "new ties"}.get(perhaps, "ties that change")
        names = ", ".join(waves.roster.names[place] for place in absent[:MOST_NAMES])
        more = f" and {len(absent) - MOST_NAMES} more" if len(absent) > MOST_NAMES else ""
        sentences.append(
            f"In the wave of month {month}, {names}{more} did not answer and nobody who did named them: they count as "
            f"members without ties to those who answered. If they {perhaps}, the {what} are partly theirs: say so in "
            "the column `joined` or `left` of members.csv, or `present` of answered.csv."
        )
    return sentences


def _drawn(waves: Waves) -> list[str]:
    marks = [(mark, at) for mark in dict.fromkeys((waves.tied_from, *BANDS)) if (at := waves.cut(mark)) != mark]
    return [
        f"Strengths of exactly {mark:.3g} were reported, so {what} from {at:.3g} on, halfway down to the next lower "
        "strength that was reported: a tie that hardly changes stays on its side."
        for mark, at in marks
        for what in ["two count as tied" if mark == waves.tied_from else f"the band from {mark:.3g} is drawn"]
    ]
