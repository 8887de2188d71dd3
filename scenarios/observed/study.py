"""What happened: patterns of a study, and waves of a survey, beside the scenario that the study is of.

A pattern is something that was counted or measured. The model is asked for the same thing in a virtual replication of
the study: its networks, its arms, its measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from scenarios.observed.groups import Arm, Exposure, MemberGroup
from scenarios.observed.reporting import EXACT, Reporting, Rule
from scenarios.observed.uncertain import UncertainSetting
from scenarios.observed.waves import Asks, Waves, read_waves
from scenarios.schema.measured import Measured as Measured  # studies and scenarios write what was found alike
from scenarios.schema.observation import OF_MEMBERS
from scenarios.schema.scenario import Scenario

Statistic = Literal["value", "ratio", "difference", "odds_ratio", "interior", "difference_of_differences"]
Unit = Literal["person", "pair", "organization", "network"]
Clock = Literal["start", "closing", "grant_end", "application"]

PAIR_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "acquainted": "share of the pairs without a tie from before that first met in the months from-to",
        "applied": "share of the pairs that applied together in the months from-to",
        "collaborated": "share of the pairs that began to collaborate in the months from-to",
        "collaborating": "share of the pairs that collaborate at the end of the month",
        "output": "share of pair-years with evidence out of joint work, among pairs that ever applied together or had "
        "any; months from-to, on the clock",
        "tied": "share of the pairs whose tie has trust `tied_from` or more at the end of the month",
    }
)
"""Asked of pairs of members; the arms are groups of pairs."""
GRANT_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "going_on": "share of the collaborations whose grant ran out that still go on so many months after",
        "ending": "share of them that end in a year, of those that still go on in the first of two months after",
        "funded_again": "share of the pairs that begin another joint grant within so many months after their first ran "
        "out, of those with no other one running then",
    }
)
"""Asked of collaborations, or of pairs that had one, on the clock grant_end; the arms are groups of pairs."""
MEMBER_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "members_collaborated": "share of the members that began to collaborate in the months from-to",
        "members_collaborating": "share of the members that collaborate at the end of the month",
    }
)
"""Asked of members; the arms are groups of members."""
ALIVE_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "network_alive": "share of the networks in which three members or more are connected by collaborations at the "
        "end of the month",
        "network_ending": "share of them that are no longer alive a year later, of those that are alive in the first "
        "of two months",
    }
)
"""Asked of networks as wholes: whether enough is left of them to be one."""
OF_HISTORY = (*PAIR_OUTCOMES, *GRANT_OUTCOMES, *MEMBER_OUTCOMES, *ALIVE_OUTCOMES)
"""Outcomes that are no number of the simulation but counted in a network's history; all of them are shares."""

WINDOWED = ("acquainted", "applied", "collaborated", "output", "members_collaborated")
"""Outcomes that are counted in the months from-to; of all others a pair of months is before and after."""
OF_WHOLE_RUN = (
    *("legacy_rate", "survival", "cost_per_collaboration", "cost_per_collaboration_month", "cost_per_surviving"),
    "facilitator_dependence",
    *("active_at_closing", "surviving", "formed_in_all", "collaboration_months", "total_cost"),
    *("cost_backbone", "cost_convenings", "cost_introductions", "cost_grants", "cost_ending"),
    *("evidence_in_all", "translation_in_all", "members_cost_in_all"),
    *("formed_year_after", "months_worked_year_after", "evidence_year_after"),
    *("translation_year_after", "cost_year_after", "members_cost_year_after"),
)
"""Outcomes of a network that have no month of their own to be asked for."""
STATISTICS: tuple[Statistic, ...] = (
    "value", "ratio", "difference", "odds_ratio", "interior", "difference_of_differences",
)  # fmt: skip
CLOCKS: tuple[Clock, ...] = ("start", "closing", "grant_end", "application")
UNITS: tuple[Unit, ...] = ("person", "pair", "organization", "network")
NULL: Mapping[str, float] = MappingProxyType(
    {"ratio": 1.0, "difference": 0.0, "odds_ratio": 1.0, "interior": 1.0, "difference_of_differences": 0.0}
)
"""Statistic -> its value where the arms do not differ. A plain value has none."""


@dataclass(frozen=True)
class Pattern:
    """Something observed, and how the model is asked for it.

    Attributes:
        id: short name, for tables and JSON.
        text: the pattern in a sentence.
        outcome: an outcome of a network, of PAIR_OUTCOMES or of GRANT_OUTCOMES.
        months: one month, or from-to; empty is the reporting month.
        clock: what months are counted from.
        statistic: what is made of the arms.
        arms: none, two, or three for "interior".
        observed: what was found.
        source: where it was read.
        about: who it was found on: organizations, individuals, coalitions, large networks.
        networks: networks in one study (count).
        at_least: the outcome counts as reached from here on, and the share of networks that reach it is asked for.
        tied_from: trust from which two count as tied, where the outcome is "tied".
        span: the values that were possible, from-to; None where there is no such range.
        unit: what was observed one by one; None where the study does not say.
    """

    id: str
    text: str
    outcome: str
    months: tuple[int, ...]
    clock: Clock
    statistic: Statistic
    arms: tuple[Arm, ...]
    observed: Measured
    source: str
    about: str
    networks: int = 1
    at_least: float | None = None
    tied_from: float = 0.1
    span: tuple[float, float] | None = None
    unit: Unit | None = None

    @property
    def null(self) -> float | None:
        """The statistic's value where the arms do not differ; None for a plain value."""
        return NULL.get(self.statistic)

    @property
    def is_ratio(self) -> bool:
        """Whether it compares by dividing, so that errors are alike either way on a logarithmic scale."""
        return self.null == 1.0

    @property
    def of_pairs(self) -> bool:
        """Whether it is asked of pairs or collaborations, for which the network's history must be told."""
        return self.outcome in PAIR_OUTCOMES or self.outcome in GRANT_OUTCOMES

    @property
    def compares_months(self) -> bool:
        """Whether two months are compared, before and after; of two arms, how much each of them changes."""
        counted = self.outcome in WINDOWED or self.outcome in GRANT_OUTCOMES or self.outcome == "network_ending"
        both = self.statistic == "difference_of_differences"
        return (both or not self.arms) and len(self.months) == 2 and not counted

    @property
    def counted_in(self) -> Unit:
        """What the model counts one by one to answer it."""
        if self.of_pairs or self.outcome == "survival":
            return "pair"
        return "organization" if self.outcome in MEMBER_OUTCOMES or self._is_counted else "network"

    @property
    def _is_counted(self) -> bool:
        """Whether it counts how many members of one network did something."""
        return self.at_least is None and self.outcome in OF_MEMBERS


def pattern_from(plain: Mapping[str, Any]) -> Pattern:
    """The pattern that `dataclasses.asdict` made plain, also by way of JSON."""
    arms = (
        Arm(
            one["name"],
            one["settings"],
            None if one["pairs"] is None else Exposure(**_tuples(one["pairs"])),
            None if one.get("members") is None else MemberGroup(**_tuples(one["members"])),
        )
        for one in plain["arms"]
    )
    return Pattern(**_tuples({**plain, "arms": tuple(arms), "observed": Measured(**plain["observed"])}))


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


@dataclass(frozen=True)
class Survey:
    """Where the waves of a survey are: the files, and how they are read; see `scenarios.observed.waves`.

    Attributes:
        members: path of members.csv.
        ties: path of ties.csv.
        answered: path of answered.csv, or None if all answered.
        levels: strength of each level, where ties.csv has levels; None spreads them evenly.
        tied_from: strength from which two count as tied.
        rule: what a tie is where its two sides report differently, one of RULES.
        asks: for ties as they stand ("now"), or for what cannot end ("ever").
        begins: the date of month 0, where months are dates; None: the earliest.
        reports: how true ties become reports; None: learned from the survey itself.
    """

    members: str
    ties: str
    answered: str | None = None
    levels: tuple[float, ...] | None = None
    tied_from: float = 0.1
    rule: Rule = "mean"
    asks: Asks = "now"
    begins: str | None = None
    reports: Reporting | None = EXACT

    def read(self) -> Waves:
        """Its waves; where reports are to be learned, they are as yet exact.

        Raises:
            WavesError: with every fault of the tables.
        """
        return read_waves(
            self.members, self.ties, self.answered, levels=self.levels, tied_from=self.tied_from, rule=self.rule,
            asks=self.asks, begins=self.begins, reporting=self.reports or EXACT,
        )  # fmt: skip


@dataclass(frozen=True)
class Observed:
    """A study: the scenario that replicates it, and what it found.

    Attributes:
        name: stem of the file.
        title: a line.
        scenario: the study's setting.
        settled: dotted keys that the study itself settles, whatever is believed of them elsewhere.
        patterns: what was found.
        survey: its waves, or None.
        is_bare: whether there was nothing but a survey's tables, so that the scenario's values are all defaults.
        uncertain: settings that are not known exactly; the scenario has the middle of each.
    """

    name: str
    title: str
    scenario: Scenario
    settled: frozenset[str]
    patterns: tuple[Pattern, ...]
    survey: Survey | None = None
    is_bare: bool = False
    uncertain: tuple[UncertainSetting, ...] = ()
