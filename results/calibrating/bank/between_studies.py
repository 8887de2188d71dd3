"""What is common to networks and what is theirs: each study learned by itself, and how far the studies differ.

A parameter that is one for all networks is seen by each study with the study's own error. Where studies differ by more,
it is theirs: it has a spread between networks, and a new network has a value of its own.

A study alone says of a parameter what its posterior has beyond the prior. On the scale on which the prior is standard
normal, a posterior of mean m and variance v is a prior times an estimate m / (1 - v) of variance v / (1 - v).

Source:
    DerSimonian & Laird 1986, Controlled Clinical Trials 7(3); Cochran 1954, Biometrics 10 (Q); Holm 1979, Scandinavian
    Journal of Statistics 6, for the many parameters that are asked at once. A parameter is looked at by itself: that
    two of them may stand in for each other, differently in each study, makes differences look surer than they are.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.calibrating.bank.learning import Findings, Learner
from results.calibrating.bank.left_out import study_of
from results.calibrating.bank.smoothed_weights import smoothed
from simulation.running.threads import one_thread_a_product

PRIOR_DRAWS = 20_000
"""One study says little, so most of its posteriors are draws from the prior with weights."""
CHAINS, STEPS = 800, 120
"""Of studies that say more; and the effective draws (count) that weights have to leave."""
LEAST_SAID = 0.1
"""Share of the prior's variance that must be gone for a study to count as having said something of a parameter; of 800
draws that is two standard errors of the variance."""
BY_CHANCE = 0.05

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Between:
    """One parameter, study by study.

    Attributes:
        key: dotted.
        studies: that say something of it by themselves (count).
        common: its common value, in its unit.
        between: spread between the studies' own values (standard deviations of the prior), 0 where chance explains all.
        chance: how often studies would differ so much if they had one value; 1 with fewer than two studies.
        differs: whether they differ by more than chance, all parameters asked at once.
    """

    key: str
    studies: int
    common: float
    between: float
    chance: float
    differs: bool


@dataclass(frozen=True, eq=False)
class OwnPosterior:
    """What one study says by itself, on the scale on which priors are standard normal.

    Attributes:
        study: its name.
        mean: float[parameters].
        variance: float[parameters].
    """

    study: str
    mean: Values
    variance: Values


def own_posteriors(
    learner: Learner, beforehand: Values, *, seed: int, progress: Callable[[int], None] = lambda _studies: None
) -> tuple[OwnPosterior, ...]:
    """Learn from each study alone; see `from_the_prior` for what is known beforehand."""
    found = []
    for study in dict.fromkeys(map(study_of, learner.names)):
        own = {name: one for name, one in learner.findings.items() if study_of(name) == study}
        found.append(own_posterior(learner, study, own, beforehand, seed=seed))
        progress(1)
    return tuple(found)


def from_the_prior(learner: Learner, *, seed: int) -> Values:
    """Draws from the prior whose values can stand together, float[draws, dimensions]."""
    states = np.random.default_rng([seed, PRIOR_DRAWS]).standard_normal((PRIOR_DRAWS, learner.dimensions))
    return states[learner.stands(states)]


def own_posterior(learner: Learner, study: str, own: Findings, beforehand: Values, *, seed: int) -> OwnPosterior:
    """What a study says by itself: draws from the prior weighed by it, or chains where that leaves too few.

    Args:
        learner: of all studies.
        study: its name.
        own: what it found.
        beforehand: draws from the prior, float[draws, dimensions].
        seed: of the chains.
    """
    with one_thread_a_product():
        logs = learner.log_likelihood(own)(beforehand)
    weights = smoothed(logs)
    states, each = beforehand, weights.each
    if not weights.trusted or weights.effective < CHAINS:
        states = learner.walk(own, chains=CHAINS, steps=STEPS, seed=seed).states
        each = np.full(CHAINS, 1 / CHAINS)
    mine = states[:, : len(learner.free)]
    mean = each @ mine
    return OwnPosterior(study, mean, each @ (mine - mean) ** 2 / (1 - np.sum(each**2)))


def between(learner: Learner, own: tuple[OwnPosterior, ...], beforehand: Values) -> tuple[Between, ...]:
    """How far studies differ in each parameter.

    What is known beforehand is not quite standard normal: values that cannot stand together are no part of it. No study
    has told that.

    Args:
        learner: of all studies.
        own: what each says by itself.
        beforehand: draws from the prior, float[draws, dimensions].
    """
    from scipy.special import gammaincc  # the chi-square's tail; scipy.stats takes a second to import

    mine = beforehand[:, : len(learner.free)]
    zero, one_sd = mine.mean(axis=0), mine.std(axis=0)
    means = (np.stack([one.mean for one in own]) - zero) / one_sd
    variances = np.stack([one.variance for one in own]) / one_sd**2
    rows = []
    for place in range(len(learner.free)):
        v = variances[:, place]
        says = 1 - v >= LEAST_SAID
        estimates, errors = means[says, place] / (1 - v[says]), v[says] / (1 - v[says])
        # The prior is one more voice for the common value, but not for the spread.
        weight = 1 / errors
        common = float(np.sum(weight * estimates) / (weight.sum() + 1)) if says.any() else 0.0
        spread, chance = 0.0, 1.0
        if says.sum() > 1:
            middle = np.sum(weight * estimates) / weight.sum()
            q, freedom = float(np.sum(weight * (estimates - middle) ** 2)), int(says.sum()) - 1
            spread = max(0.0, (q - freedom) / float(weight.sum() - np.sum(weight**2) / weight.sum())) ** 0.5
            chance = float(gammaincc(freedom / 2, q / 2))
        rows.append((int(says.sum()), common, spread, chance))
    differ = _holm([chance for _, _, _, chance in rows], [count > 1 for count, _, _, _ in rows])
    states = zero + one_sd * np.array([[common for _, common, _, _ in rows]])
    values = learner.values(np.pad(states, ((0, 0), (0, learner.dimensions - states.shape[1]))))[0]
    return tuple(
        Between(one.key, count, float(value), spread, chance, bool(differs))
        for one, (count, _, spread, chance), value, differs in zip(learner.free, rows, values, differ, strict=True)
    )


def _holm(chances: list[float], asked: list[bool]) -> list[bool]:
    """Which of the chances are small although so many were asked."""
    order = sorted((chance, place) for place, chance in enumerate(chances) if asked[place])
    found = [False] * len(chances)
    for rank, (chance, place) in enumerate(order):
        if chance > BY_CHANCE / (len(order) - rank):
            break
        found[place] = True
    return found
