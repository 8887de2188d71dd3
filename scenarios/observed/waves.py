"""Surveys of a real network in waves: read from files, and a scenario that begins at the first of them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.spreadsheet import read_spreadsheet
from scenarios.observed.reports import Report, check_reporters, level_strengths, look_up, read_answers, read_reports
from scenarios.reading import reading
from scenarios.reading.roster import RosterError, read_roster
from scenarios.schema.keys import value_of
from scenarios.schema.roster import Roster
from scenarios.schema.scenario import Scenario
from scenarios.schema.whole_numbers import whole_number

_ROUNDING = 1e-9
"""Difference of two strengths that is rounding."""


class WavesError(ScenarioError):
    """Surveys cannot be used; the message has every fault, with file, line and column."""


@dataclass(frozen=True, eq=False)
class Waves:
    """What the members of a network said of their ties, survey by survey.

    Attributes:
        roster: the members, without ties.
        months: of the waves, ascending, two at least; counted from the founding of the network.
        strength: of each tie in each wave, symmetric, float[waves, members, members]; 0 is no tie, nan is not observed:
            neither of the two answered. 0 on the diagonal.
        answered: who answered in which wave, bool[waves, members].
        tied_from: strength from which two count as tied.
        levels: the strengths that the survey tells apart, ascending from 0; None where it takes any.
        mutual: ties, of all waves together, that both reported (count).
        one_sided: ties that one reported and the other, who answered too, did not (count).
    """

    roster: Roster
    months: tuple[int, ...]
    strength: NDArray[np.float64]
    answered: NDArray[np.bool_]
    tied_from: float = 0.1
    levels: tuple[float, ...] | None = None
    mutual: int = 0
    one_sided: int = 0

    @property
    def observed(self) -> NDArray[np.bool_]:
        """Pairs of which at least one answered, bool[waves, members, members]; never a member with itself."""
        return np.isfinite(self.strength) & ~np.eye(len(self.roster.names), dtype=np.bool_)

    def on_scale(self, strength: NDArray[np.float64]) -> NDArray[np.float64]:
        """Strengths as the survey could have told them: the nearest level, of two as near the higher; nan stays nan."""
        if self.levels is None:
            return strength
        levels = np.array(self.levels)
        halfway = (levels[1:] + levels[:-1]) / 2
        told = levels[np.digitize(strength + _ROUNDING, halfway)]
        return np.where(np.isnan(strength), np.nan, told)

    @property
    def first(self) -> NDArray[np.float64]:
        """Strengths that a simulation begins with, float[members, members]: those of the first wave, on the scale.

        The mean of two reports that differ by a level lies on the mark between the two. Begun there, a tie would fall a
        level with its first loss, and nothing would have happened; begun at the strength that its level stands for, it
        must lose half a level first, as all others must.
        """
        return self.on_scale(self.strength[0])

    def cut(self, mark: float) -> float:
        """Where a mark on the strengths is drawn: where reports lie on it, halfway down to the next lower one.

        What is reported as exactly the mark reaches it, wherever the mark is drawn; a simulated tie that begins there
        does not fall below it with its first loss. On levels marks stay: see `first`.
        """
        if self.levels is not None:
            return mark
        reported = np.unique(self.strength[np.isfinite(self.strength)])
        if not np.any(np.abs(reported - mark) <= _ROUNDING):
            return mark
        return float((mark + max(0.0, reported[reported < mark - _ROUNDING].max(initial=0.0))) / 2)


def read_waves(
    members: str | os.PathLike[str],
    ties: str | os.PathLike[str],
    answered: str | os.PathLike[str] | None = None,
    *,
    levels: Sequence[float] | None = None,
    tied_from: float = 0.1,
) -> Waves:
    """Read surveys in waves.

    ties.csv has a row for each report: `month`, `from` (who reports), `to`, and either `strength` (0 to 1) or `level`
    (a whole number from 0). What a member that answered does not report is a report of 0. Where both answered, the tie
    has the mean of the two strengths. answered.csv has a row, `name` and `month`, for each member that answered in a
    wave. A wave is there if one of the two files names its month.

    Args:
        members: path of members.csv, as `read_roster` reads it.
        ties: path of ties.csv.
        answered: path of answered.csv; None: all answered in all waves.
        levels: strength of each level, from level 0 on; None spreads them evenly up to the highest one found. Where
            nobody reports the highest level that could be reported, they must be given.
        tied_from: strength from which the survey counts two as tied.

    Raises:
        WavesError: with every fault of the files; if members.csv has any, names are not looked up in it.
    """
    faults, roster = _check_scale(levels, tied_from), None
    scale = None if faults else levels
    try:
        roster = read_roster(members)
    except RosterError as error:
        faults += error.faults
    number = look_up(roster, Path(members).name)
    sheet = read_spreadsheet(Path(ties), ("month", "from", "to"), ("strength", "level"))
    reports = read_reports(sheet, number)
    in_levels = "level" in sheet.columns and "strength" not in sheet.columns
    strengths = level_strengths(sheet, reports, scale) if in_levels else []
    answers = None
    if answered is not None:
        answer_sheet = read_spreadsheet(Path(answered), ("name", "month"))
        answers = read_answers(answer_sheet, number)
        if roster and not answer_sheet.blamed:
            check_reporters(sheet, answer_sheet.label, reports, answers, roster)
        faults += answer_sheet.faults
    months = sorted({key[0] for key in (*reports, *(answers or ()))})
    if len(months) < 2 and not sheet.blamed and not faults:
        which = f"one wave (month {months[0]})" if months else "no wave"
        sheet.blame_all(f"{sheet.label} has {which}; at least two are needed: one to begin at, one to compare with")
    faults += sheet.faults
    if faults or roster is None:
        raise WavesError(refusal("the survey", faults))
    told = {report: strengths[int(value)] if in_levels else value for report, (_, value) in reports.items()}
    everybody = range(len(roster.names))
    who = np.array([[answers is None or (month, one) in answers for one in everybody] for month in months])
    if in_levels or scale is None:
        scale = strengths or None
    strength, one_sided, mutual = _networks(told, months, who)
    levels_kept = tuple(scale) if scale else None
    return Waves(roster, tuple(months), strength, who, float(tied_from), levels_kept, mutual, one_sided)


def _check_scale(levels: Sequence[float] | None, tied_from: float) -> list[str]:
    faults = []
    if not 0 < tied_from <= 1:
        faults.append(f"tied_from is {shown(tied_from)}: allowed is above 0, at most 1")
    if levels is not None and (
        len(levels) < 2
        or levels[0] != 0
        or not levels[-1] <= 1
        or not all(low < high for low, high in pairwise(levels))
    ):
        faults.append(
            f"levels is {shown(list(levels))}: allowed is the strength of each level, ascending from 0 to at most 1, "
            "as in [0, 0.25, 0.5, 0.75, 1]"
        )
    return faults


def _networks(
    told: Mapping[Report, float], months: Sequence[int], answered: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], int, int]:
    """Strength of each pair in each wave, as `Waves.strength` has it; ties that one of two reported, and that both did.

    Those are counted where both answered.
    """
    waves, members = answered.shape
    reported = np.zeros((waves, members, members))
    wave_of = {month: wave for wave, month in enumerate(months)}
    for (month, one, other), strength in told.items():
        reported[wave_of[month], one, other] = strength
    asked = answered[:, :, None].astype(np.int64) + answered[:, None, :]
    total = reported + np.swapaxes(reported, 1, 2)
    networks = np.where(asked > 0, total / np.maximum(asked, 1), np.nan)
    networks[:, np.arange(members), np.arange(members)] = 0.0
    says = np.triu((reported > 0).astype(np.int64) + np.swapaxes(reported > 0, 1, 2)) * (asked == 2)
    return networks, int((says == 1).sum()), int((says == 2).sum())


def at_first_wave(scenario: Scenario, waves: Waves, imputation: int = 0, seed: int = 1) -> Scenario:
    """The scenario with the surveyed members, begun at the first wave, whose ties are its ties from before.

    Ties begin with the strengths of `Waves.first`. Month 0 is the first wave's month. The calendar moves with it: grant
    calls keep their rhythm, a closing and a shift of the funder keep their dates; a shift that has come already holds
    from month 1, a closing that has been announced already is announced in month 1. The run is lengthened to reach the
    last wave.

    What no survey of ties tells begins as at a founding: engagement, shared practice, who collaborates with whom, the
    round of convenings (the first in month 1) and the move from building relations to making evidence.

    Args:
        scenario: whose levers and behaviour are taken; its own members are not.
        waves: the surveys.
        imputation: number of the imputation, 0 or more. Pairs that the first wave did not observe draw the strength of
            an observed pair, unconnected ones among them, so that non-response is not taken for isolation. Without
            such pairs, every number gives the same.
        seed: of the imputations.

    Raises:
        WavesError: if the network closes before the first wave.
        ScenarioError: if the scenario does not go with the roster, as where it weighs another number of topics.
        ValueError: if imputation or seed are no whole numbers, or out of range.
    """
    imputation, seed = whole_number("imputation", imputation), whole_number("seed", seed, high=None)
    begun, last = waves.months[0], waves.months[-1] - waves.months[0]
    closing, shift = scenario.closing_month - begun, scenario.shift_month - begun
    if scenario.closes and closing < 1:
        raise WavesError(
            f"closing.month is {scenario.closing_month}, but the first wave is in month {begun}: a network that begins "
            "at its first wave must close after it; set closing.month later, or leave it out"
        )
    roster, first, every = waves.roster, scenario.grants.first, scenario.grants.every
    most = min(scenario.members.interests_most, len(roster.topics))
    changes: dict[str, Any] = {
        "members.file": "",
        "members.ties": "",
        "network.members": len(roster.names),
        "network.topics": len(roster.topics),
        "network.regions": len(roster.regions),
        "members.champions": int(roster.champion.sum()),
        # Only later joiners are drawn; they cannot have more interests than there are topics.
        "members.interests_most": most,
        "members.interests_fewest": min(scenario.members.interests_fewest, most),
        "grants.first": first - begun if first > begun else every - (begun - first) % every,
    }
    if scenario.closes:
        changes |= {"closing.month": closing, "closing.notice": min(scenario.closing.notice, closing - 1)}
    if scenario.shift_month:
        changes["funder.shift.month"] = max(shift, 1)
    if scenario.network.months is not None:
        changes["network.months"] = max(scenario.network.months - begun, last, closing, 1)
    shifted = reading.replace(scenario, changes)
    if shifted.last_month < last:
        shifted = reading.replace(shifted, {"network.months": last})
    said = "estimate: the surveyed members, and the calendar from the first wave on"
    moved = {key: said for key in changes if value_of(shifted, key) != value_of(scenario, key)}
    shifted = shifted.model_copy(update={"sources": scenario.sources | moved})
    return shifted.with_roster(replace(roster, ties=_ties_from_before(waves, imputation, seed)))


def _ties_from_before(waves: Waves, imputation: int, seed: int) -> tuple[tuple[int, int, float], ...]:
    """The first wave's ties, those of unobserved pairs drawn, as `Roster.ties` has them."""
    one, other = np.triu_indices(len(waves.roster.names), 1)
    strength = waves.first[one, other]
    missing = np.isnan(strength)
    if missing.any():
        luck = np.random.default_rng([seed, imputation])
        strength[missing] = luck.choice(strength[~missing], int(missing.sum()))
    tied = strength > 0
    return tuple(zip(one[tied].tolist(), other[tied].tolist(), strength[tied].tolist(), strict=True))
