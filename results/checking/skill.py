"""Skill: how much better the model predicts a wave of a survey than simple rules do; below 0 it does worse.

A verdict says whether a survey could have come out of the model. A model can pass and still predict worse than "nothing
changes" does. So each wave is scored, the model's prediction and each rule's (`results.studies.baselines`), by proper
scores (`results.estimates.scores`):
  pairs        the chance given to each pair against whether it is tied: Brier score, log score, AUC;
  statistics   networks as the survey sees them: CRPS of a number, energy score of several together.
Skill is 1 - the model's score / the score of the best rule, the one with the best score itself.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from results.estimates.scores import Bin, auc, brier_score, calibration, log_score, skill
from results.studies.baselines import BASELINES, SHIPPED, TOLD_THE_TOTALS, Logistic, Seen, chances

RESAMPLED = 1000
"""Resamples behind an interval."""
MIDDLE = (0.025, 0.975)
NOTHING = "no_change"


@dataclass(frozen=True)
class Margin:
    """Skill against a rule, with its 95 % interval.

    Attributes:
        value: 1 - score / the rule's.
        low: lower end of the interval.
        high: its upper end.
    """

    value: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether the whole interval lies below 0: worse than the rule."""
        return self.high < 0

    @property
    def better(self) -> bool:
        """Whether the whole interval lies above 0."""
        return self.low > 0


@dataclass(frozen=True)
class PairScores:
    """How well chances told which pairs are tied.

    Attributes:
        brier: mean Brier score; a fair one where the chances were counted in networks.
        log: mean log score.
        auc: chance that a pair that is tied was given more than one that is not.
        auc_forming: the same among pairs not tied before: who forms a tie.
        auc_ending: among pairs tied before: who loses one.
    """

    brier: float
    log: float
    auc: float
    auc_forming: float
    auc_ending: float


@dataclass(frozen=True, eq=False)
class AgainstRules(ABC):
    """How the model does against each rule, and so against the best.

    Attributes:
        margins: skill of the model against each rule.
    """

    margins: Mapping[str, Margin]

    @property
    @abstractmethod
    def best(self) -> str:
        """The rule that is hardest to beat."""

    @property
    def skill(self) -> Margin:
        """Against the best rule."""
        return self.margins[self.best]

    @property
    def worse(self) -> bool:
        """Whether it is worse than the best rule, by the whole interval."""
        return self.skill.worse

    @property
    def worse_than_nothing(self) -> bool:
        """Whether it is worse than saying that nothing changes, by the whole interval."""
        return self.margins[NOTHING].worse


@dataclass(frozen=True, eq=False)
class PairSkill(AgainstRules):
    """How well the model tells which pairs are tied in a wave.

    Intervals are by resampling members: which of them the network happens to have, and that pairs of one member are
    alike. They do not hold what another history of the same members would have brought, nor the luck of the simulated
    networks; and of few members (below some 20) they are rough.

    Attributes:
        month: of the wave.
        pairs: scored, observed in both waves (count).
        networks: in which the model's chances were counted.
        model: its scores.
        rules: scores of each rule.
        margins: by the Brier score.
        log_margins: the same by the log score.
        curve: calibration of the model's chances.
        seen: what was known, and what happened.
        chance: of each pair, by the model, float[members, members].
        given: the same by other statistical models, such as the rival.

    Source:
        Snijders & Borgatti 1999, Non-parametric standard errors and tests for network statistics, Connections 22(2):
        the bootstrap of vertices. Ours: a pair of a member with itself is left out.
    """

    month: int
    pairs: int
    networks: int
    model: PairScores
    rules: Mapping[str, PairScores]
    log_margins: Mapping[str, Margin]
    curve: tuple[Bin, ...]
    seen: Seen
    chance: NDArray[np.float64]
    given: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def best(self) -> str:
        """The rule with the best Brier score."""
        return min(self.rules, key=lambda name: self.rules[name].brier)

    @property
    def beforehand(self) -> str:
        """The same of those that could have been made before the wave: they do not know how many ties changed in it."""
        return min(self.rules.keys() - TOLD_THE_TOTALS, key=lambda name: (self.rules[name].brier, name))


def pair_skill(
    month: int,
    seen: Seen,
    chance: NDArray[np.float64],
    networks: int,
    *,
    seed: int = 1,
    logistic: Logistic = SHIPPED,
    others: Mapping[str, NDArray[np.float64]] | None = None,
) -> PairSkill:
    """Score the model's chances of a wave, and those of each rule.

    Args:
        month: of the wave.
        seen: what was known, and what happened.
        chance: of each pair to be tied, by the model, float[members, members].
        networks: in which it was counted, two at least.
        seed: of the resampling.
        logistic: coefficients of the rule of that name.
        others: chances by more rules, such as the rival, float[members, members] each.
    """
    asked = seen.asked
    told = {name: chances(name, seen, logistic)[asked] for name in BASELINES}
    told |= {name: given[asked] for name, given in (others or {}).items()}
    happened, tied = seen.now[asked], seen.before[asked]
    mine = chance[asked]
    brier = {name: brier_score(given, happened) for name, given in told.items()}
    log = {name: log_score(given, happened, networks) for name, given in told.items()}
    own_brier, own_log = brier_score(mine, happened, networks), log_score(mine, happened, networks)

    often = resampled(len(asked), seed)

    def margins(own: NDArray[np.float64], rules: Mapping[str, NDArray[np.float64]]) -> dict[str, Margin]:
        again = _sums(own, asked, often)
        return {name: margin(mean(own), mean(rule), again, _sums(rule, asked, often)) for name, rule in rules.items()}

    return PairSkill(
        month=month,
        pairs=len(mine),
        networks=networks,
        model=_scores(own_brier, own_log, mine, happened, tied),
        rules={name: _scores(brier[name], log[name], told[name], happened, tied) for name in told},
        margins=margins(own_brier, brier),
        log_margins=margins(own_log, log),
        curve=calibration(mine, happened),
        seen=seen,
        chance=chance,
        given=others or {},
    )


def scores_of(chance: NDArray[np.float64], seen: Seen, networks: int) -> PairScores:
    """Scores of chances, float[members, members], that are not counted in networks; logs are smoothed by as many."""
    mine, happened, tied = chance[seen.asked], seen.now[seen.asked], seen.before[seen.asked]
    return _scores(brier_score(mine, happened), log_score(mine, happened, networks), mine, happened, tied)


def compared(
    chance: NDArray[np.float64], others: Mapping[str, NDArray[np.float64]], seen: Seen, networks: int, seed: int
) -> dict[str, Margin]:
    """Skill of chances over other chances, all float[members, members], by the log score."""
    asked, often = seen.asked, resampled(len(seen.asked), seed)

    def logs(given: NDArray[np.float64]) -> NDArray[np.float64]:
        return log_score(given[asked], seen.now[asked], networks)

    own, again = logs(chance), _sums(logs(chance), asked, often)
    return {
        name: margin(mean(own), mean(logs(given)), again, _sums(logs(given), asked, often))
        for name, given in others.items()
    }


def _scores(
    brier: NDArray[np.float64],
    log: NDArray[np.float64],
    chance: NDArray[np.float64],
    happened: NDArray[np.bool_],
    tied: NDArray[np.bool_],
) -> PairScores:
    return PairScores(
        brier=mean(brier),
        log=mean(log),
        auc=auc(chance, happened),
        auc_forming=auc(chance[~tied], happened[~tied]),
        auc_ending=auc(chance[tied], happened[tied]),
    )


def mean(values: NDArray[np.float64]) -> float:
    """Their mean; nan of none."""
    return float(values.mean()) if len(values) else np.nan


def resampled(count: int, seed: int) -> NDArray[np.float64]:
    """How often each of so many stands in each resample with replacement, float[RESAMPLED, count]."""
    luck = np.random.default_rng([seed, count])
    return luck.multinomial(count, np.full(count, 1 / count), RESAMPLED).astype(np.float64)


def _sums(scores: NDArray[np.float64], asked: NDArray[np.bool_], often: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of the scores of the pairs asked in each resample of the members, float[RESAMPLED]."""
    table = np.zeros(asked.shape)
    table[asked] = scores
    return np.asarray(((often @ table) * often).sum(axis=1))


def margin(score: float, reference: float, again: NDArray[np.float64], reference_again: NDArray[np.float64]) -> Margin:
    """Skill, and its interval by what score and reference come to in each resample."""
    if np.isnan(score):
        return Margin(np.nan, np.nan, np.nan)
    found = [skill(mine, theirs) for mine, theirs in zip(again.tolist(), reference_again.tolist(), strict=True)]
    low, high = np.quantile(found, MIDDLE, method="inverted_cdf").tolist()
    return Margin(skill(score, reference), low, high)
