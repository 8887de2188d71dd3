"""Scenarios side by side, replicate by replicate: how much better or worse, and how sure we are.

Where scenarios carry a posterior, an interval holds what is not known of the parameters too; see `intervals`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

from results.estimates import pairs
from results.estimates.bounds import YES_OR_NO, limits
from results.estimates.pairs import Counted
from results.estimates.parameter_uncertainty import Flags, Unknown, Values, unknown_of
from results.estimates.same_luck import have_same_members
from simulation.outcomes import outcome_named
from simulation.running.ensemble import Ensemble


@dataclass(frozen=True)
class Estimate:
    """One outcome of one scenario; nan where there is too little to say.

    Attributes:
        mean: average over replicates; for a ratio, the ratio of the sums.
        low: lower end of the 95 % t interval of the mean: how sure we are of the average, of its parameters too where
            the scenario carries a posterior.
        high: its upper end; both nan with fewer than two replicates, or particles.
        spread_low: lower end of the middle 95 % of single replicates: how far luck, and parameters that are not known,
            carry one network.
        spread_high: its upper end.
        replicates: replicates behind the mean (count).
        missing: replicates without a value of their own (count).
    """

    mean: float
    low: float
    high: float
    spread_low: float
    spread_high: float
    replicates: int
    missing: int = 0


@dataclass(frozen=True)
class Difference:
    """One outcome of a scenario less the baseline's, paired by replicate.

    Attributes:
        scenario: the one that is compared.
        outcome: name of the outcome.
        mean: average of the paired differences, in the outcome's unit.
        low: lower end of the 95 % t interval of that average, see `Estimate`.
        high: its upper end; both nan with fewer than two pairs, or particles.
        probability_greater: share of the pairs in which the scenario's outcome is greater, ties counting half: the
            chance that one network with the same luck would have more of it. None without a pair.
        variance_ratio: variance of the unpaired over that of the paired difference; None where the latter is 0.
        more_replicates: how many more would carry the interval off zero if the mean stays; 0 where it is already off,
            None where the mean is exactly 0, there is no interval, or no number of them would: what is not known of the
            parameters stays.
        replicates: pairs behind the mean (count).
        missing: replicates in which either has no value of its own (count).
        higher: pairs in which the scenario's outcome is higher (count).
        equal: pairs in which both are equal (count).
        lower: pairs in which it is lower (count); the three add up to the pairs in which both have a value.
        level: average of the scenario over the pairs behind the mean, in the outcome's unit.
        baseline_level: the baseline's over the same pairs; `mean` is `level` less this.
        same_members: whether both networks have the same members, so that a pair has the same luck throughout; else it
            has only for members that both have.
        chance_higher: how likely the true average is higher, over sets of parameters and luck, see `direction`; None
            where there is no interval.
        luck_share: share of the interval's variance that more replicates would take away, 0 to 1; None likewise.
    """

    scenario: str
    outcome: str
    mean: float
    low: float
    high: float
    probability_greater: float | None
    variance_ratio: float | None
    more_replicates: int | None
    replicates: int = 0
    missing: int = 0
    higher: int = 0
    equal: int = 0
    lower: int = 0
    level: float = nan
    baseline_level: float = nan
    same_members: bool = True
    chance_higher: float | None = None
    luck_share: float | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes no difference at all."""
        return self.low > 0 or self.high < 0

    @property
    def compared(self) -> int:
        """Pairs in which both have a value (count)."""
        return self.higher + self.equal + self.lower


@dataclass(frozen=True)
class Comparison:
    """Estimates of every outcome for every scenario, and differences of all others against the baseline.

    Attributes:
        baseline: name of the scenario that the others are compared with.
        seed: seed of the luck that all of them lived through.
        replicates: replicates of each scenario.
        estimates: scenario -> outcome -> Estimate, scenarios as they were given.
        differences: scenarios as they were given, outcomes in the order of the ensembles' catalogue.
    """

    baseline: str
    seed: int
    replicates: int
    estimates: Mapping[str, Mapping[str, Estimate]]
    differences: tuple[Difference, ...]

    @property
    def compared(self) -> tuple[str, ...]:
        """Names of the scenarios other than the baseline."""
        return tuple(name for name in self.estimates if name != self.baseline)

    def difference(self, scenario: str, outcome: str) -> Difference:
        """The difference of one scenario in one outcome."""
        for one in self.differences:
            if (one.scenario, one.outcome) == (scenario, outcome):
                return one
        raise KeyError(
            f"no difference of '{scenario}' in '{outcome}'; compared: {', '.join(self.compared) or 'nothing'}"
        )


def compare(ensembles: Mapping[str, Ensemble] | Sequence[Ensemble], baseline: str) -> Comparison:
    """Compare scenarios with one of them.

    Args:
        ensembles: by name, or in order, named by their scenarios; all of one seed and as many replicates.
        baseline: name of the one that the others are compared with.

    Raises:
        ValueError: if they cannot be paired, two have one name, or none is the baseline.
    """
    if isinstance(ensembles, Mapping):
        named = dict(ensembles)
    else:
        named = {ensemble.scenario.name: ensemble for ensemble in ensembles}
        if len(named) < len(ensembles):
            raise ValueError(
                f"two ensembles have one name; names given: {', '.join(e.scenario.name for e in ensembles)}"
            )
    if baseline not in named:
        raise ValueError(f"baseline '{baseline}' is not among the scenarios compared: {', '.join(named)}")
    base = named[baseline]
    for name, ensemble in named.items():
        if _luck(ensemble) != _luck(base):
            raise ValueError(
                f"'{name}' has {_said(ensemble)} but '{baseline}' has {_said(base)}: only replicates with the "
                "same luck can be paired"
            )
        if ensemble.outcomes != base.outcomes:
            raise ValueError(f"'{name}' and '{baseline}' count different outcomes of one's own; count the same in both")
    return Comparison(
        baseline=baseline,
        seed=base.seed,
        replicates=base.replicates,
        estimates={name: estimates(ensemble) for name, ensemble in named.items()},
        differences=tuple(
            difference(ensemble, base, outcome, scenario=name)
            for name, ensemble in named.items()
            if name != baseline
            for outcome in base.outcomes.names
        ),
    )


def estimates(ensemble: Ensemble) -> dict[str, Estimate]:
    """Every outcome of one scenario."""
    return {outcome: estimate(ensemble, outcome) for outcome in ensemble.outcomes.names}


def estimate(ensemble: Ensemble, outcome: str, *, luck_only: bool = False) -> Estimate:
    """One outcome of one scenario, from the replicates that have it.

    Args:
        ensemble: its replicates.
        outcome: name of the outcome.
        luck_only: whether the interval leaves out what is not known of the parameters; more replicates narrow the rest.
    """
    unknown = None if luck_only else _unknown(ensemble)
    return Estimate(*pairs.estimated(counted(ensemble, outcome), unknown))


def difference(
    ensemble: Ensemble, base: Ensemble, outcome: str, *, scenario: str, luck_only: bool = False, several: int = 1
) -> Difference:
    """One outcome of `ensemble` less that of `base`, from the replicates in which both have it.

    Args:
        ensemble: its replicates.
        base: those of the baseline.
        outcome: name of the outcome.
        scenario: name of what is compared.
        luck_only: see `estimate`.
        several: differences of which this is one and whose intervals are all to hold in 95 of 100 cases (count).
    """
    unknown = None if luck_only else _unknown(ensemble, base)
    outcome = ensemble.outcomes.called(outcome)
    both = counted(ensemble, outcome), counted(base, outcome)
    same = have_same_members(ensemble.scenario, base.scenario)
    return difference_of(*both, unknown, outcome, scenario=scenario, same_members=same, several=several)


def difference_of(
    this: Counted,
    base: Counted,
    unknown: Unknown | None,
    outcome: str,
    *,
    scenario: str,
    same_members: bool,
    several: int = 1,
) -> Difference:
    """The same of anything that is counted in every replicate.

    Args:
        this: of what is compared.
        base: of the baseline.
        unknown: what the replicates live with; None where parameters are fixed.
        outcome: what is counted.
        scenario: name of what is compared.
        same_members: whether both networks have the same members.
        several: see `difference`.
    """
    found = pairs.compared(this, base, unknown, several)
    return Difference(
        scenario=scenario,
        outcome=outcome,
        mean=found.mean,
        low=found.low,
        high=found.high,
        probability_greater=_or_none(found.probability_greater),
        variance_ratio=_or_none(found.variance_ratio),
        more_replicates=None if isnan(found.enough) else int(found.enough) - found.replicates,
        replicates=found.replicates,
        missing=found.missing,
        higher=found.higher,
        equal=found.equal,
        lower=found.lower,
        level=found.level,
        baseline_level=found.baseline_level,
        same_members=same_members,
        chance_higher=_or_none(found.chance_higher),
        luck_share=_or_none(found.luck_share),
    )


def _or_none(number: float) -> float | None:
    return None if isnan(number) else number


def _luck(ensemble: Ensemble) -> tuple[int, int, int]:
    return ensemble.seed, ensemble.first, ensemble.replicates


def _said(ensemble: Ensemble) -> str:
    last = ensemble.first + ensemble.replicates - 1
    return f"replicates {ensemble.first} to {last} of seed {ensemble.seed}"


def counted(ensemble: Ensemble, outcome: str) -> Counted:
    """An outcome of every replicate, and what it is made of."""
    outcome = ensemble.outcomes.called(outcome)
    above, below = outcome_named(outcome).over or (outcome, outcome)
    is_ratio = outcome_named(outcome).over is not None
    yes_or_no = outcome in YES_OR_NO
    return Counted(ensemble[outcome], ensemble[above], ensemble[below], is_ratio, yes_or_no, *limits(outcome))


def present_in(ensemble: Ensemble, outcome: str) -> Flags:
    """See `pairs.present`."""
    return pairs.present(counted(ensemble, outcome))


def telling_in(ensemble: Ensemble, outcome: str, kept: Flags) -> Flags:
    """See `pairs.telling`."""
    return pairs.telling(counted(ensemble, outcome), kept)


def linearized(ensemble: Ensemble, outcome: str, kept: Flags) -> Values:
    """See `pairs.linearized`."""
    return pairs.linearized(counted(ensemble, outcome), kept)


def at_own_parameters(ensemble: Ensemble, outcome: str, kept: Flags, unknown: Unknown | None) -> Values | None:
    """Values that say how far parameters carry a ratio, float[kept]; see `results.estimates.ratios`.

    None where parameters are fixed, and of outcomes that are no ratio: their own values say it.
    """
    one = counted(ensemble, outcome)
    return pairs.carrying(one, kept, unknown) if one.is_ratio and unknown is not None else None


def _unknown(*ensembles: Ensemble) -> Unknown | None:
    """What the replicates live with; None where parameters are fixed."""
    return unknown_of([one.scenario for one in ensembles], ensembles[0].first, ensembles[0].replicates)
