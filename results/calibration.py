"""From what happened back to the parameters: approximate Bayesian computation by sequential Monte Carlo (pyABC).

Every particle, a set of the free parameters, is run on several virtual networks, all particles with the same luck, and
scored by `likelihood`. pyABC accepts it with a chance in proportion to that likelihood, tempered at first and as it is
in the last generation: then the particles are draws from the posterior. It walks with one stream of random numbers
through particles one by one, so the same seed ends in the same particles; an interrupted calibration takes what it has
scored already from its notes, walks the same way again at once, and goes on.

Source:
    Toni et al. 2009, J. R. Soc. Interface 6 (ABC-SMC); Wilkinson 2013, Stat. Appl. Genet. Mol. Biol. 12(2) and Schälte
    & Hasenauer 2020, Bioinformatics 36 (exact acceptance under a model of the noise). Schälte et al. 2022, J. Open
    Source Softw. 7(74): pyABC.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from results.likelihood import log_likelihood
from results.studies import Prediction, predict
from results.surveys import Surveyed
from results.surveys import log_likelihood as of_survey
from scenarios import KEYS, ScenarioError
from scenarios.faults import MissingExtraError
from scenarios.observed import Observed
from scenarios.particles import why_not

Set = Mapping[str, float]
"""Dotted key -> value of one particle."""
Score = Callable[[Set], float]
"""Log likelihood of what was observed, of one particle."""
Word = Literal["informed", "barely informed", "not informed"]

INFORMED, BARELY = 0.5, 0.15
"""Shares of the prior's standard deviation that must be gone for a parameter to count as informed, or barely."""
_SQUARE_OF_12 = sqrt(12.0)


@dataclass(frozen=True)
class Free:
    """A parameter to be learned.

    Attributes:
        key: dotted.
        low: lower end of its prior, which is flat.
        high: upper end.
        whole: whether only whole numbers are allowed.
    """

    key: str
    low: float
    high: float
    whole: bool = False

    def value(self, drawn: float) -> float | int:
        """The value that a drawn number stands for."""
        return round(drawn) if self.whole else float(drawn)


@dataclass(frozen=True)
class Generation:
    """How a generation went: temperature of its acceptance (1 is the posterior), particles scored, effective size."""

    number: int
    temperature: float
    scored: int
    effective: float


@dataclass(frozen=True, eq=False)
class Calibration:
    """Draws from the posterior.

    Attributes:
        free: the parameters.
        values: float[particles, parameters].
        weights: of the particles, float[particles]; they sum to 1.
        generations: how it came about.
        finished: whether the last generation has temperature 1; else the posterior is wider than it should be.
    """

    free: tuple[Free, ...]
    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    generations: tuple[Generation, ...]
    finished: bool

    def marginal(self, key: str) -> "Marginal":
        """The posterior of one parameter."""
        place = [one.key for one in self.free].index(key)
        return Marginal(self.free[place], self.values[:, place], self.weights)

    @property
    def marginals(self) -> tuple["Marginal", ...]:
        """The posteriors of all parameters."""
        return tuple(self.marginal(one.key) for one in self.free)


@dataclass(frozen=True, eq=False)
class Marginal:
    """Prior and posterior of one parameter.

    Attributes:
        free: the parameter, with its prior.
        values: posterior draws, float[particles].
        weights: float[particles].
    """

    free: Free
    values: NDArray[np.float64]
    weights: NDArray[np.float64]

    @property
    def key(self) -> str:
        """Dotted key."""
        return self.free.key

    @property
    def label(self) -> str:
        """What it is, in the field's words."""
        return KEYS[self.key].text if self.key in KEYS else self.key

    @property
    def unit(self) -> str:
        """Its unit."""
        return KEYS[self.key].unit if self.key in KEYS else "1"

    @property
    def default(self) -> float | None:
        """The value where nobody says anything."""
        return float(KEYS[self.key].default) if self.key in KEYS else None

    @property
    def prior_low(self) -> float:
        """Lower end of the prior."""
        return self.free.low

    @property
    def prior_high(self) -> float:
        """Upper end of the prior."""
        return self.free.high

    @property
    def mean(self) -> float:
        """Posterior mean."""
        return float(np.sum(self.values * self.weights))

    @property
    def sd(self) -> float:
        """Posterior standard deviation."""
        return sqrt(max(0.0, float(np.sum((self.values - self.mean) ** 2 * self.weights))))

    def quantile(self, share: float) -> float:
        """The value below which `share` of the posterior lies."""
        return weighted_quantile(self.values, self.weights, share)

    @property
    def contraction(self) -> float:
        """Share of the prior's standard deviation that is gone; below 0 where the posterior is wider."""
        return 1 - self.sd / ((self.free.high - self.free.low) / _SQUARE_OF_12)

    @property
    def word(self) -> Word:
        """Whether what happened has informed it."""
        return word_of(self.contraction)

    @property
    def sentence(self) -> str:
        """What was learned, in plain words."""
        low, high = self.quantile(0.05), self.quantile(0.95)
        said = f"{low:.3g} to {high:.3g} with 90 in 100 chances; before {self.free.low:g} to {self.free.high:g}"
        if self.word == "informed":
            return f"{self.key} is informed by what happened: {said}."
        if self.word == "barely informed":
            return f"{self.key} is barely informed by what happened: {said}."
        return f"{self.key} is not informed by what happened: every value from {low:.3g} to {high:.3g} fits."


def word_of(contraction: float) -> Word:
    """Whether a parameter is informed, by the share of its prior's standard deviation that is gone."""
    if contraction >= INFORMED:
        return "informed"
    return "barely informed" if contraction >= BARELY else "not informed"


def weighted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    """The value at which the running sum of weights, each counted to its middle, reaches `share`."""
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order]) - weights[order] / 2
    return float(np.interp(share, running / weights.sum(), values[order]))


def free_parameters(keys: Sequence[str]) -> tuple[Free, ...]:
    """Parameters to be learned, with their priors.

    Args:
        keys: "KEY", whose prior is the range that `legato show` names as worth trying, or "KEY=LOW:HIGH".

    Raises:
        ScenarioError: with every fault.
    """
    faults: list[str] = []
    found: dict[str, Free] = {}
    for written in keys:
        key, equals, span = (part.strip() for part in written.partition("="))
        fault = _fault(key, found)
        if fault:
            faults.append(f"--free {written}: {fault}")
            continue
        about = KEYS[key]
        low, high = about.prior or (about.low, about.high)
        if equals:
            ends = _ends(span)
            if (
                ends is None
                or about.fault(about.default.__class__(ends[0]))
                or about.fault(about.default.__class__(ends[1]))
            ):
                faults.append(f"--free {written}: allowed is {key}=LOW:HIGH with LOW < HIGH, within {about.allowed}")
                continue
            low, high = ends
        found[key] = Free(key, float(low), float(high), about.kind == "int")  # type: ignore[arg-type]
    if not keys:
        faults.append("name at least one parameter to be learned: --free behaviour.initiative")
    if faults:
        raise ScenarioError("\n".join(faults))
    return tuple(found.values())


def _ends(span: str) -> tuple[float, float] | None:
    low, colon, high = span.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        return None
    return ends if colon and ends[0] < ends[1] and all(np.isfinite(ends)) else None


def _fault(key: str, found: Mapping[str, Free]) -> str | None:
    if key in found:
        return "it is named twice"
    if fault := why_not(key):
        return fault
    return None if KEYS[key].prior is not None else f"{key} has no range to learn from; give it one: {key}=LOW:HIGH"


def scorer(
    studies: Sequence[Observed],
    *,
    networks: int,
    seed: int,
    surveys: Sequence[Surveyed] = (),
    workers: int | None = None,
    likelihood: Callable[[Sequence[Prediction]], float] = log_likelihood,
) -> Score:
    """What scores a particle: virtual studies, all particles with the same luck, against what was observed.

    Args:
        studies: with patterns.
        networks: of each, a particle (count).
        seed: of the luck.
        surveys: whose later waves were observed too.
        workers: threads.
        likelihood: of the patterns.
    """
    asked = [study for study in studies if study.patterns]

    def score(particle: Set) -> float:
        found = likelihood(predict(asked, [particle], networks=networks, seed=seed, common=True, workers=workers))
        return found + fsum(of_survey(one, particle, networks=networks, seed=seed, workers=workers) for one in surveys)

    return score


def calibrate(
    free: Sequence[Free],
    score: Score,
    *,
    particles: int = 200,
    seed: int = 1,
    generations: int = 10,
    told: Callable[[Generation], None] = lambda _generation: None,
) -> Calibration:
    """Draw from the posterior.

    Args:
        free: the parameters.
        score: log likelihood of a particle; called one by one, always in the same order for the same seed.
        particles: wanted (count).
        seed: of the walk.
        generations: most generations; the last one accepts at temperature 1.
        told: hears of each generation as it is finished.

    Raises:
        MissingExtraError: if pyABC is not installed.
    """
    with _quiet_numbers(seed):
        pyabc = _pyabc()
        from pyabc.distance.kernel import SCALE_LOG, FunctionKernel

        def model(parameters: Mapping[str, float]) -> dict[str, float]:
            return {"score": score({one.key: one.value(parameters[_name(one.key)]) for one in free})}

        prior = pyabc.Distribution(**{_name(one.key): pyabc.RV("uniform", one.low, one.high - one.low) for one in free})
        walk = pyabc.ABCSMC(
            model,
            prior,
            FunctionKernel(lambda x, **_known: x["score"], ret_scale=SCALE_LOG),
            population_size=particles,
            eps=pyabc.Temperature(),
            acceptor=pyabc.StochasticAcceptor(),
            sampler=pyabc.sampler.SingleCoreSampler(),
        )
        walk.new("sqlite://", {"score": 0.0})
        done: list[Generation] = []
        number = walk.initialize_components_before_run(None, generations, 0.0, np.inf, None, 0.0)
        while True:
            result = walk.run_generation(t=number)
            if not result["successful"]:
                break
            one = _generation(walk, number)
            done.append(one)
            told(one)
            if walk.check_terminate(t=number, acceptance_rate=result["acceptance_rate"]):
                break
            number += 1
        table, weights = walk.history.get_distribution(t=walk.history.max_t)
    names = [_name(one.key) for one in free]
    values = table[names].to_numpy(dtype=np.float64)
    for place, parameter in enumerate(free):
        if parameter.whole:
            values[:, place] = np.round(values[:, place])
    kept = np.asarray(weights, dtype=np.float64)
    finished = bool(done) and done[-1].temperature <= 1.0
    return Calibration(tuple(free), values, kept / kept.sum(), tuple(done), finished)


def _name(key: str) -> str:
    return key.replace(".", "__")


def _generation(walk: Any, number: int) -> Generation:
    row = walk.history.get_all_populations().set_index("t").loc[number]
    weights = walk.history.get_distribution(t=number)[1]
    return Generation(number, float(row["epsilon"]), int(row["samples"]), float(1 / np.sum(np.square(weights))))


@contextmanager
def _quiet_numbers(seed: int) -> Iterator[None]:
    """PyABC draws from numpy's one global stream and tells of its progress; neither is anybody else's business."""
    before = np.random.get_state()  # noqa: NPY002
    log = logging.getLogger("ABC")
    level = log.level
    log.setLevel(logging.ERROR)
    np.random.seed(seed)  # noqa: NPY002
    try:
        yield
    finally:
        log.setLevel(level)
        np.random.set_state(before)  # noqa: NPY002


def _pyabc() -> Any:
    try:
        import pyabc
    except ImportError:
        raise MissingExtraError("calibrate", "pyabc", "calibrate") from None
    logging.getLogger("ABC").setLevel(logging.ERROR)
    return pyabc
