"""The estimates for pages are those of `legato compare`: the same functions, compiled, and the same numbers."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import fdtrc, hyp1f1, stdtr, stdtrit

import scenarios
import simulation
from results.browser import artifact
from results.browser.build import ENTRANCES
from results.browser.special_functions import f_above, kummer, t_above, t_reaching
from scenarios import Scenario, ScenarioError
from scenarios.schema.posterior import Posterior
from simulation.browser import build
from simulation.outcomes import MONTHLY_NAMES, NAMES, outcome_named
from simulation.running.ensemble import Ensemble
from tests.results.browser.estimates_in_node import Pair, assert_same, needs_estimates
from tests.shared import needs
from tests.simulation.browser.pages import needs_module, needs_node

FIXED = scenarios.load("salex", posterior=None)


def test_the_module_is_built_of_the_code_as_it_stands() -> None:
    """Where it is not, `make wasm` builds it; its other tests are skipped until then."""
    assert artifact.estimates_module().startswith(b"\0asm"), "it is not WebAssembly"


def run(scenario: Scenario, replicates: int) -> Ensemble:
    return simulation.run(scenario, replicates=replicates, workers=1)


@needs_estimates
@needs_node
@needs_module
@pytest.mark.parametrize(
    "names", [("abrupt-closing",), pytest.param(scenarios.names(), marks=pytest.mark.slow)], ids=len
)
def test_the_library_has_the_same_estimates_in_node(names: tuple[str, ...]) -> None:
    """With the shipped posterior and without, as a page gets them: what is not known comes from the engine's script."""
    pairs = []
    for fixed in (False, True):
        loaded = [
            scenarios.load(name).with_posterior(None) if fixed else scenarios.load(name) for name in ("salex", *names)
        ]
        base, *others = (run(one, 30 if len(names) > 1 else 10) for one in loaded)
        for one in others:
            pairs.append(Pair(base, one, ((base.scenario, {}), (one.scenario, {})), courses=not fixed))
    assert_same(pairs)


def made_up(scenario: Scenario, replicates: int, rng: np.random.Generator) -> Ensemble:
    """Values as no model gives them: of any size, missing, all the same, yes or no, ratios of nothing."""
    values = np.empty((replicates, len(NAMES)))
    for place, name in enumerate(NAMES):
        scale = outcome_named(name).scale
        kind = rng.integers(6)
        if name == "network_alive":
            values[:, place] = rng.random(replicates) < rng.choice([0, 0.3, 0.95, 1])
        elif kind == 0:
            values[:, place] = rng.choice([0.0, 0.25, 1.0])
        elif scale == "count" or scale == "usd":
            values[:, place] = rng.poisson(rng.choice([0.05, 3.0, 400.0]), replicates)
        else:
            values[:, place] = rng.beta(2.0, 3.0, replicates) if kind < 4 else np.round(rng.random(replicates), 1)
        if kind == 5:
            values[rng.random(replicates) < rng.choice([0.2, 0.9, 1.0]), place] = np.nan
    months = rng.normal(size=(replicates, 4, len(MONTHLY_NAMES)))
    months[rng.random(months.shape) < 0.1] = np.nan
    months[:, 2, 3] = np.nan
    return Ensemble(scenario, 1, 0, values, months.sum(axis=0), months)


def posterior(particles: int, keys: int, rng: np.random.Generator) -> Posterior:
    """With one key that does not vary and one that comes twice."""
    names = [name for name, key in scenarios.KEYS.items() if name.startswith("behaviour.") and key.kind == "float"]
    values = (
        np.array([scenarios.KEYS[name].low for name in names[:keys]], dtype=float) + rng.random((particles, keys)) / 9
    )
    values[:, 0] = values[0, 0]
    weights = rng.random(particles)
    return Posterior(tuple(names[:keys]), values, weights / weights.sum())


@needs_estimates
@needs_node
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 5))])
def test_ensembles_as_no_model_gives_them_have_the_same_estimates_in_node(seed: int) -> None:
    """One, two or five networks, with and without posteriors, which may differ; squares in the regression, too."""
    rng, pairs = np.random.default_rng(seed), []
    for replicates in (1, 2, 5, 44):
        few, many = posterior(6, 3, rng), posterior(40, 12, rng)
        for mine, theirs in ((None, None), (few, few), (many, many), (few, many), (many, None), (None, few)):
            both = (scenarios.load("salex", posterior=one) for one in (mine, theirs))
            base, other = (made_up(one, replicates, rng) for one in both)
            if rng.random() < 0.3:  # a change that changes nothing in most networks, or in all
                values = np.where(rng.random(base.values.shape) < rng.choice([0.1, 0.0]), other.values, base.values)
                other = replace(other, values=values)
            pairs.append(Pair(base, other, courses=mine is None))
    assert_same(pairs)


@needs_estimates
@needs_node
@needs_module
def test_what_changes_settle_is_not_unknown_any_more() -> None:
    """A page knows what is left as Python does, also where one value settles another, or few topics settle interests.

    Of so many networks that more particles are there than keys: else a regression on any keys would say the same.
    """
    rng, salex, pairs, left = np.random.default_rng(28), scenarios.load("salex"), [], set()
    assert salex.posterior is not None
    for topics in (0, 2, 3):
        particle = salex.posterior.settings(int(rng.integers(len(salex.posterior))))
        some = rng.choice(list(particle), size=int(rng.integers(1, 30)), replace=False).tolist()
        changes = {key: particle[key] for key in some} | ({"network.topics": topics} if topics else {})
        try:
            changed = scenarios.replace(salex, changes)
        except ScenarioError:  # half of a particle contradicts what stands
            continue
        left.add(0 if changed.posterior is None else len(changed.posterior.keys))
        pairs.append(Pair(made_up(salex, 240, rng), made_up(changed, 240, rng), ((salex, {}), (salex, changes))))
    assert len(left) > 1
    assert_same(pairs)


@needs_estimates
@needs_node
def test_a_network_that_never_closes_has_the_same_estimates_in_node() -> None:
    goes_on = scenarios.replace(FIXED, {"closing.month": "never"})
    base, other = run(FIXED, 12), run(goes_on, 12)
    assert np.isnan(other["legacy_rate"]).all()
    assert_same([Pair(base, other, courses=True), Pair(other, other)])


@pytest.mark.parametrize("freedom", [1, 2, 3, 7, 30, 99, 100, 999, 4999])
def test_students_t_of_a_page_is_that_of_scipy(freedom: int) -> None:
    """Close to 0 with one degree of freedom, scipy's own has only eleven digits."""
    for tail in (0.025, 0.0025, 0.025 / 60, 0.025 / 1000):
        assert t_reaching(freedom, tail) == pytest.approx(stdtrit(freedom, 1 - tail), rel=1e-10)
    for value in np.concatenate([[0.0], np.logspace(-4, 2, 25)]):
        for one in (value, -value):
            assert t_above(-one, freedom) == pytest.approx(stdtr(freedom, one), rel=1e-10, abs=1e-290)


@pytest.mark.parametrize("freedom", [1, 2, 7, 99, 220])
def test_fishers_f_of_a_page_is_that_of_scipy(freedom: int) -> None:
    for below in (1, 2, 10, 100, 1000):
        for ratio in (0.0, *np.logspace(-3, 3, 20), np.inf):
            assert f_above(ratio, freedom, below) == pytest.approx(fdtrc(freedom, below, ratio), rel=1e-10, abs=1e-290)


@pytest.mark.parametrize("freedom", [1, 2, 7, 99, 220, 1000])
def test_kummers_function_of_a_page_is_that_of_scipy(freedom: int) -> None:
    for z in (0.0, *np.logspace(-6, np.log10(200), 30)):
        for a in (0.5, 1.5):
            assert kummer(a, freedom / 2, z) == pytest.approx(hyp1f1(a, freedom / 2, z), rel=1e-10)


@pytest.mark.slow
@needs("ziglang")
def test_the_module_built_again_is_the_same_to_the_byte() -> None:
    assert build.build(*ENTRANCES) == artifact.estimates_module()
