"""What a pattern counts in one network: of each arm a numerator and a denominator, so that networks can be added up."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from results.studies.grant_measures import OF_GRANTS, Counts
from results.studies.studied_network import Network, Table
from scenarios import Scenario
from scenarios.observed.groups import Arm, Exposure, MemberGroup
from scenarios.observed.study import Pattern
from simulation import rules
from simulation.outcomes import FINAL, MONTHLY_NAMES, NAMES, outcome_named

NONE = np.zeros(2)
_STRUCTURE = frozenset(outcome.name for outcome in FINAL if outcome.scale == "index")


def months_to_watch(pattern: Pattern, month: int | None, scenario: Scenario) -> tuple[int, ...]:
    """Months at whose end the ties are needed.

    Args:
        pattern: what is asked.
        month: where the arms are two months, the arm's; else None.
        scenario: that is run.
    """
    months = calendar(pattern, month, scenario)
    if pattern.outcome == "tied" or (pattern.outcome in _STRUCTURE and months != (scenario.reporting_month,)):
        return months[:1]
    return ()


def calendar(pattern: Pattern, month: int | None, scenario: Scenario) -> tuple[int, ...]:
    """The months of a pattern, or the one of an arm, counted from the start if their clock is the closing."""
    months = pattern.months if month is None else (month,)
    offset = scenario.closing_month if pattern.clock == "closing" else 0
    return tuple(offset + one for one in months)


def counts(pattern: Pattern, arm: Arm, month: int | None, network: Network) -> Counts:
    """What one network counts for one arm.

    Args:
        pattern: what is asked.
        arm: of whom.
        month: where the arms are two months, the arm's; else None.
        network: that is asked.
    """
    months = calendar(pattern, month, network.scenario)
    if pattern.outcome in OF_GRANTS:
        return OF_GRANTS[pattern.outcome](network, arm.pairs or Exposure(), months)
    if pattern.outcome in _OF_MEMBERS:
        asked = network.members(arm.members or MemberGroup(), months[-1])
        reached = _OF_MEMBERS[pattern.outcome](network, months)
        return np.array([np.count_nonzero(reached & asked), np.count_nonzero(asked)], dtype=np.float64)
    if pattern.outcome == "network_alive":
        return np.array([network.is_alive(months[0]), 1.0])
    if pattern.outcome == "network_ending":  # as for collaborations: alive still, and alive in the earlier month
        alive = network.is_alive(months[0])
        return np.array([alive and network.is_alive(months[1]), alive], dtype=np.float64)
    if pattern.outcome == "output":
        return _output(network, pattern, arm.pairs or Exposure(), months)
    if pattern.outcome == "acquainted":  # the origin says how they met, not which pairs are asked
        return _acquainted(network, arm.pairs or Exposure(), months)
    if pattern.outcome in _OF_PAIRS:
        # Of two months that are compared, groups are those of the earlier one: the same pairs before and after.
        since = calendar(pattern, None, network.scenario)[0]
        group = network.group(arm.pairs or Exposure(), since)
        reached, asked = _OF_PAIRS[pattern.outcome](network, pattern, months)
        asked = asked & group
        return np.array([np.count_nonzero(reached & asked), np.count_nonzero(asked)], dtype=np.float64)
    return _of_network(network, pattern, months)


Asked = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Of each pair, whether the outcome is reached, and whether it is asked of the pair at all."""


def _acquainted(network: Network, wanted: Exposure, months: Sequence[int]) -> Counts:
    """Pairs that first met in the months, in the way that is wanted, of those without a tie from before."""
    began, kind = network.begun
    strangers = network.pairs & (kind != rules.BEFORE)
    reached = network.group(Exposure(origin=wanted.origin), months[1]) & (began >= months[0]) & (began <= months[1])
    strangers &= network.group(Exposure(**{**vars(wanted), "origin": None}), months[1])
    return np.array([np.count_nonzero(reached & strangers), np.count_nonzero(strangers)], dtype=np.float64)


def _applied(network: Network, _pattern: Pattern, months: Sequence[int]) -> Asked:
    return _happened(network, months, rules.APPLICATION), network.pairs


def _collaborated(network: Network, _pattern: Pattern, months: Sequence[int]) -> Asked:
    return _happened(network, months, rules.FUNDED, rules.UNFUNDED), network.pairs


def _happened(network: Network, months: Sequence[int], *kinds: int) -> NDArray[np.bool_]:
    told = network.history.chronicle.of(*kinds)
    inside = (told.month >= months[0]) & (told.month <= months[1])
    reached = np.zeros((network.size, network.size), np.bool_)
    reached[told.one[inside], told.other[inside]] = True
    return reached


def _collaborating(network: Network, _pattern: Pattern, months: Sequence[int]) -> Asked:
    return network.collaborating(months[0]), network.pairs


def _tied(network: Network, pattern: Pattern, months: Sequence[int]) -> Asked:
    ties = network.history.ties[months[0]]
    strong = ties.trust >= pattern.tied_from
    reached = np.zeros((network.size, network.size), np.bool_)
    reached[ties.one[strong], ties.other[strong]] = True
    return reached, network.pairs


_OF_PAIRS: Mapping[str, Callable[[Network, Pattern, Sequence[int]], Asked]] = {
    "applied": _applied,
    "collaborated": _collaborated,
    "collaborating": _collaborating,
    "tied": _tied,
}


def _members_collaborated(network: Network, months: Sequence[int]) -> NDArray[np.bool_]:
    began = _happened(network, months, rules.FUNDED, rules.UNFUNDED)
    return np.asarray(began.any(axis=0) | began.any(axis=1))


def _members_collaborating(network: Network, months: Sequence[int]) -> NDArray[np.bool_]:
    return network.partners(months[0]) > 0


_OF_MEMBERS: Mapping[str, Callable[[Network, Sequence[int]], NDArray[np.bool_]]] = {
    "members_collaborated": _members_collaborated,
    "members_collaborating": _members_collaborating,
}


def _output(network: Network, pattern: Pattern, wanted: Exposure, months: Sequence[int]) -> Counts:
    """Pair-years with evidence out of joint work, and pair-years in all, among pairs that ever applied or had any.

    On the clock `application` a year is counted from the pair's first application. On the calendar, pair-years of a
    group that had applied are those after the first application, of one that had not those before it.
    """
    told = network.history.chronicle.of(rules.OUTPUT)
    application = network.first_application
    either = np.isfinite(application)
    either[told.one, told.other] = True
    group = network.group(Exposure(**{**vars(wanted), "applied": None}), months[0]) & either
    last = network.scenario.last_month
    if pattern.clock == "application":
        group &= np.isfinite(application)
        start, end = application + months[0], np.minimum(application + months[1], last)
    elif wanted.applied is True:
        group &= np.isfinite(application)
        start, end = np.maximum(application + 1, months[0]), np.full_like(application, min(months[1], last))
    elif wanted.applied is False:
        start, end = np.full_like(application, months[0]), np.minimum(application, min(months[1], last))
    else:
        start, end = np.full_like(application, months[0]), np.full_like(application, min(months[1], last))
    with np.errstate(invalid="ignore"):
        years = np.where(group, np.floor(np.maximum(end - start + 1, 0) / 12), 0)
    since = told.month - start[told.one, told.other]
    year = np.floor(since / 12)
    counted = group[told.one, told.other] & (since >= 0) & (year < years[told.one, told.other])
    places = np.stack([told.one[counted], told.other[counted], year[counted].astype(np.int64)])
    return np.array([np.unique(places, axis=1).shape[1], years.sum()], dtype=np.float64)


def _of_network(network: Network, pattern: Pattern, months: Sequence[int]) -> Counts:
    """An outcome of the network itself; of a ratio what is above and below its line."""
    above, below = outcome_named(pattern.outcome).over or (pattern.outcome, "")
    numerator = _value(network, above, months)
    denominator = _value(network, below, months) if below else 1.0
    if np.isnan(numerator) or np.isnan(denominator):
        return NONE
    if pattern.at_least is not None:
        return np.array([denominator > 0 and numerator / denominator >= pattern.at_least, denominator > 0], np.float64)
    return np.array([numerator, denominator])


def _value(network: Network, outcome: str, months: Sequence[int]) -> float:
    if not months:
        return float(network.history.values[NAMES.index(outcome)])
    if outcome in MONTHLY_NAMES:
        return float(network.history.course[months[0], MONTHLY_NAMES.index(outcome)])
    if outcome in _STRUCTURE and months[0] != network.scenario.reporting_month:
        return network.structure(months[0])[outcome]
    return float(network.history.values[NAMES.index(outcome)])


def rate(pattern: Pattern, numerator: Table, denominator: Table) -> Table:
    """What an arm comes to, from its sums; nan where nothing was counted."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(denominator > 0, numerator / denominator, np.nan)
    if pattern.outcome in ("ending", "network_ending"):
        first, last = pattern.months
        return np.asarray(1.0 - share ** (12.0 / (last - first)))
    return share


def statistic(pattern: Pattern, arms: Table) -> Table:
    """What is made of the arms.

    Args:
        pattern: says what.
        arms: what each comes to, float[..., arms]; of two arms in two months the first after and before, then the
            second.

    Returns:
        float[...]; nan where it cannot be told.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        if pattern.statistic == "value":
            return arms[..., 0]
        if pattern.statistic == "ratio":
            return arms[..., 0] / arms[..., 1]
        if pattern.statistic == "difference":
            return arms[..., 0] - arms[..., 1]
        if pattern.statistic == "odds_ratio":
            odds = arms / (1.0 - arms)
            return odds[..., 0] / odds[..., 1]
        if pattern.statistic == "difference_of_differences":
            return (arms[..., 0] - arms[..., 1]) - (arms[..., 2] - arms[..., 3])
        return arms[..., 1] / np.maximum(arms[..., 0], arms[..., 2])
