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
from math import fsum
from typing import Any

import numpy as np

from results.calibrating.likelihood import log_likelihood
from results.calibrating.posterior_summary import Calibration, Free, Generation
from results.calibrating.range_likelihood import with_values
from results.calibrating.survey_likelihood import log_likelihood as of_survey
from results.studies.surveys import Surveyed
from results.studies.virtual_studies import predict
from scenarios.files.faults import MissingExtraError
from scenarios.observed.study import Observed

Set = Mapping[str, float]
"""Dotted key -> value of one particle."""
Score = Callable[[Set], float]
"""Log likelihood of what was observed, of one particle."""


def scorer(
    studies: Sequence[Observed],
    *,
    networks: int,
    seed: int,
    surveys: Sequence[Surveyed] = (),
    workers: int | None = None,
) -> Score:
    """What scores a particle: virtual studies, all particles with the same luck, against what was observed.

    Args:
        studies: with patterns.
        networks: of each, a particle (count).
        seed: of the luck.
        surveys: whose later waves were observed too.
        workers: threads.
    """
    asked = with_values([study for study in studies if study.patterns])

    def score(particle: Set) -> float:
        found = log_likelihood(predict(asked, [particle], networks=networks, seed=seed, common=True, workers=workers))
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
        _forget(walk.history)
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


def _forget(history: Any) -> None:
    """Close the database in memory, which pyABC leaves to whichever thread collects it; SQLite refuses any but this."""
    history._session.close()
    history._engine.dispose()


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
