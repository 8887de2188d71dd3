"""Surveys of a real network in waves: what members reported of their ties, read from files."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.files.faults import ScenarioError, refusal, shown
from scenarios.files.spreadsheet import read_spreadsheet
from scenarios.observed.calendar import calendar_of
from scenarios.observed.presence import check_answers, check_presence, presence, read_stays
from scenarios.observed.reporting import EXACT, Reporting, Rule, tie_of
from scenarios.observed.reports import (
    Answer,
    Outsiders,
    Report,
    check_reporters,
    level_strengths,
    look_up,
    read_answers,
    read_reports,
)
from scenarios.reading.roster import MEMBER_COLUMNS, RosterError, read_roster
from scenarios.schema.roster import Roster

_ROUNDING = 1e-9
"""Difference of two strengths that is rounding."""


Asks = Literal["now", "ever"]
"""What a survey asks for: ties as they stand, or what cannot end, such as having met."""
ASKS: tuple[Asks, ...] = ("now", "ever")


class WavesError(ScenarioError):
    """Surveys cannot be used; the message has every fault, with file, line and column."""


@dataclass(frozen=True, eq=False)
class Waves:
    """What the members of a network said of their ties, survey by survey.

    Attributes:
        roster: the members, without ties.
        months: of the waves, ascending, two at least; counted from the founding of the network.
        told: what each member reported of each other in each wave, float[waves, from, to]; 0 is no tie, nan is nothing:
            `from` did not answer, or one of the two was no member then. 0 on the diagonal.
        answered: who answered in which wave, bool[waves, members].
        tied_from: strength from which two count as tied.
        levels: the strengths that the survey tells apart, ascending from 0; None where it takes any.
        present: who was a member in which wave, bool[waves, members]; None: all were in all waves.
        rule: what a tie is where its two sides report differently.
        asks: "now" for ties as they stand, "ever" for what cannot end, such as having met.
        reporting: how true ties become reports.
        begins: how month 0 is called where the files give dates, as in "2020-05"; None where they give months.
    """

    roster: Roster
    months: tuple[int, ...]
    told: NDArray[np.float64]
    answered: NDArray[np.bool_]
    tied_from: float = 0.1
    levels: tuple[float, ...] | None = None
    present: NDArray[np.bool_] | None = None
    rule: Rule = "mean"
    asks: Asks = "now"
    reporting: Reporting = EXACT
    begins: str | None = None

    @cached_property
    def strength(self) -> NDArray[np.float64]:
        """Of each tie in each wave, float[waves, members, members], symmetric; 0 is no tie, nan is not observed.

        A pair is not observed where neither of the two answered, or one was no member. 0 on the diagonal.
        """
        return tie_of(self.told, self.rule)

    @property
    def observed(self) -> NDArray[np.bool_]:
        """Pairs of which at least one answered, bool[waves, members, members]; never a member with itself."""
        return np.isfinite(self.strength) & ~np.eye(len(self.roster.names), dtype=np.bool_)

    @property
    def there(self) -> NDArray[np.bool_]:
        """Who was a member in which wave, bool[waves, members]."""
        return np.ones_like(self.answered) if self.present is None else self.present

    @property
    def mutual(self) -> int:
        """Ties, of all waves together, that both sides reported (count)."""
        return int((self._says == 2).sum())

    @property
    def one_sided(self) -> int:
        """Ties, of all waves together, that one side reported and the other, who answered too, did not (count)."""
        return int((self._says == 1).sum())

    @property
    def told_once(self) -> bool:
        """Whether both sides of every pair say the same always: somebody has made one report of the two."""
        return bool(self.mutual) and np.array_equal(self.told, np.swapaxes(self.told, 1, 2), equal_nan=True)

    @cached_property
    def _says(self) -> NDArray[np.int64]:
        """How many of the two report a tie, of each pair once, where both answered, int[waves, members, members]."""
        back = np.swapaxes(self.told, 1, 2)
        reported = (self.told > 0).astype(np.int64) + (back > 0)
        return np.triu(reported * (np.isfinite(self.told) & np.isfinite(back)), 1)

    def on_scale(self, strength: NDArray[np.float64]) -> NDArray[np.float64]:
        """Strengths as the survey could have told them: the nearest level, of two as near the higher; nan stays nan."""
        if self.levels is None:
            return strength
        levels = np.unique(self.levels)
        halfway = (levels[1:] + levels[:-1]) / 2
        told = levels[np.digitize(strength + _ROUNDING, halfway)]
        return np.where(np.isnan(strength), np.nan, told)

    @property
    def first(self) -> NDArray[np.float64]:
        """Strengths that a simulation begins with at the first wave; see `begun_at`."""
        return self.begun_at(0)

    def begun_at(self, wave: int) -> NDArray[np.float64]:
        """Strengths that a simulation begins with, float[members, members]: those of a wave, on the scale.

        The mean of two reports that differ by a level lies on the mark between the two. Begun there, a tie would fall a
        level with its first loss, and nothing would have happened; begun at the strength that its level stands for, it
        must lose half a level first, as all others must.
        """
        return self.on_scale(self.strength[wave])

    def cut(self, mark: float) -> float:
        """Where a mark on the strengths is drawn: where reports lie on it, halfway down to the next lower one.

        What is reported as exactly the mark reaches it, wherever the mark is drawn; a simulated tie that begins there
        does not fall below it with its first loss. On levels marks stay: see `begun_at`.
        """
        if self.levels is not None:
            return mark
        reported = np.unique(self.strength[np.isfinite(self.strength)])
        if not np.any(np.abs(reported - mark) <= _ROUNDING):
            return mark
        return float((mark + max(0.0, reported[reported < mark - _ROUNDING].max(initial=0.0))) / 2)

    @property
    def weakest(self) -> float:
        """Strength as which a tie that is named by mistake is told: the lowest that counts as one."""
        return min((level for level in self.levels or () if level >= self.tied_from), default=self.tied_from)

    @property
    def is_graded(self) -> bool:
        """Whether reports tell ties apart, so that the weak among them are known."""
        return self.levels is not None and any(level > self.weakest for level in self.levels)

    def named(self, month: int) -> str:
        """How a month is called: by its date where the files give dates, else by its number."""
        if self.begins is None:
            return str(month)
        year, first = map(int, self.begins.split("-"))
        return f"{year + (first - 1 + month) // 12:04d}-{(first - 1 + month) % 12 + 1:02d}"


def read_waves(
    members: str | os.PathLike[str],
    ties: str | os.PathLike[str],
    answered: str | os.PathLike[str] | None = None,
    *,
    levels: Sequence[float] | None = None,
    tied_from: float = 0.1,
    rule: Rule = "mean",
    asks: Asks = "now",
    reporting: Reporting = EXACT,
    begins: str | None = None,
    fewest: int = 2,
    outsiders: Outsiders | None = None,
) -> Waves:
    """Read surveys in waves.

    ties.csv has a row for each report: `month`, `from` (who reports), `to`, and either `strength` (0 to 1) or `level`
    (a whole number from 0). What a member that answered does not report is a report of 0. answered.csv has a row,
    `name` and `month`, for each member that answered in a wave; where its column `present` says no, the member was none
    in that wave. members.csv may say the same with `joined` and `left`. A wave is there if ties.csv or answered.csv
    names its month, which is a whole number or a date.

    Args:
        members: path of members.csv, as `read_roster` reads it.
        ties: path of ties.csv.
        answered: path of answered.csv; None: all members answered in all waves.
        levels: strength of each level, from level 0 on; None spreads them evenly up to the highest one found. Where
            nobody reports the highest level that could be reported, they must be given. Levels may stand for the same
            strength.
        tied_from: strength from which the survey counts two as tied.
        rule: what a tie is where both answered and report differently.
        asks: "now", or "ever" for what cannot end.
        reporting: how true ties become reports.
        begins: the date of month 0, where months are dates; None: the earliest.
        fewest: waves that there must be (count): two, but for whoever asks about one alone.
        outsiders: to which reports from or to somebody who is no member are added; None: they are faults.

    Raises:
        WavesError: with every fault of the files; if members.csv has any, names are not looked up in it.
    """
    faults, roster = _check_scale(levels, tied_from), None
    scale = None if faults else levels
    try:
        roster = read_roster(members)
        if roster.joins or roster.leaves:
            faults.append(
                f"{Path(members).name} has joins or leaves, which are plans; a survey has joined and left: when each "
                "really came and went"
            )
    except RosterError as error:
        faults += error.faults
    number = look_up(roster, Path(members).name, outsiders)
    sheet = read_spreadsheet(Path(ties), ("month", "from", "to"), ("strength", "level"))
    answer_sheet = read_spreadsheet(Path(answered), ("name", "month"), ("present",)) if answered is not None else None
    calendar = calendar_of([one for one in (sheet, answer_sheet) if one is not None], begins)
    reports = read_reports(sheet, number, calendar)
    in_levels = "level" in sheet.columns and "strength" not in sheet.columns
    strengths = level_strengths(sheet, reports, scale) if in_levels else []
    answers: dict[Answer, int] | None = None
    absent: dict[Answer, int] = {}
    if answer_sheet is not None:
        answers, absent = read_answers(answer_sheet, number, calendar)
        if roster and not answer_sheet.blamed:
            check_reporters(sheet, answer_sheet.label, reports, answers, roster)
        faults += answer_sheet.faults
    months = sorted({key[0] for key in (*reports, *(answers or ()), *absent)})
    if begins is not None and calendar.begins is None and months:
        faults.append(
            f"begins is {shown(begins)}, but months in {sheet.label} are whole numbers: "
            "leave begins out, or write dates"
        )
    if len(months) < fewest and not sheet.blamed and not faults:
        which = f"one wave (month {months[0]})" if months else "no wave"
        needed = "at least two are needed: one to begin at, one to compare with" if fewest > 1 else "one is needed"
        sheet.blame_all(f"{sheet.label} has {which}; {needed}")
    there = None
    if roster is not None:
        member_sheet = read_spreadsheet(Path(members), ("name",), (*MEMBER_COLUMNS, "interests", "funding_need"))
        stays = read_stays(member_sheet, calendar)
        faults += member_sheet.faults
        there = presence(months, stays, absent) if months else None
        if there is not None and not sheet.blamed and not faults:
            check_presence(sheet, reports, months, there, roster)
            if answer_sheet is not None and answers:
                check_answers(answer_sheet, answers, months, there, roster)
                faults += answer_sheet.faults
    faults += sheet.faults
    if faults or roster is None:
        raise WavesError(refusal("the survey", faults))
    told = {report: strengths[int(value)] if in_levels else value for report, (_, value) in reports.items()}
    everybody = range(len(roster.names))
    who = np.array([[answers is None or (month, one) in answers for one in everybody] for month in months])
    if there is not None:
        who &= there
        for month, members_then in zip(months, there.sum(axis=1).tolist(), strict=True):
            if members_then < 2:
                raise WavesError(
                    f"the survey has {members_then} of its members in month {month}, by `joined` and `left` in "
                    "members.csv or `present` in answered.csv: at least two are needed in each wave"
                )
    if in_levels or scale is None:
        scale = strengths or None
    return Waves(
        roster,
        tuple(months),
        _told(told, months, who, there),
        who,
        tied_from=float(tied_from),
        levels=tuple(scale) if scale else None,
        present=there,
        rule=rule,
        asks=asks,
        reporting=reporting,
        begins=calendar.begins,
    )


def _check_scale(levels: Sequence[float] | None, tied_from: float) -> list[str]:
    faults = []
    if not 0 < tied_from <= 1:
        faults.append(f"tied_from is {shown(tied_from)}: allowed is above 0, at most 1")
    if levels is not None and (
        len(levels) < 2
        or levels[0] != 0
        or not levels[-1] <= 1
        or not all(low <= high for low, high in pairwise(levels))
        or not levels[-1] > 0
    ):
        faults.append(
            f"levels is {shown(list(levels))}: allowed is the strength of each level, ascending from 0 to at most 1, "
            "equal ones beside each other if need be, as in [0, 0.25, 0.5, 0.75, 1]"
        )
    return faults


def _told(
    told: Mapping[Report, float],
    months: Sequence[int],
    answered: NDArray[np.bool_],
    there: NDArray[np.bool_] | None,
) -> NDArray[np.float64]:
    """What each member reported of each other, as `Waves.told` has it."""
    waves, members = answered.shape
    found = np.where(np.broadcast_to(answered[:, :, None], (waves, members, members)), 0.0, np.nan)
    wave_of = {month: wave for wave, month in enumerate(months)}
    for (month, one, other), strength in told.items():
        found[wave_of[month], one, other] = strength
    if there is not None:
        found[~(there[:, :, None] & there[:, None, :])] = np.nan
    found[:, np.arange(members), np.arange(members)] = 0.0
    return found
