"""A posterior for ArviZ: particles come as often as their weight says, and its summary is the posterior's."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import results
import scenarios
from results.calibrating.posterior_summary import Free
from scenarios.schema.posterior import Posterior
from tests.shared import needs

pytestmark = [needs("arviz"), pytest.mark.filterwarnings("ignore::FutureWarning"),
              pytest.mark.filterwarnings("ignore::UserWarning")]  # fmt: skip  # arviz: shape validation, one chain
KEYS = ("behaviour.initiative", "costs.introduction")


def learned() -> Posterior:
    luck = np.random.default_rng(3)
    values = np.column_stack([luck.uniform(0.1, 0.4, 200), luck.uniform(100, 3000, 200)])
    weights = luck.exponential(size=200)
    return Posterior(KEYS, values, weights / weights.sum(), name="made", about="made up")


def group(data: Any, name: str) -> Any:
    found = data[name]
    return found.to_dataset() if hasattr(found, "to_dataset") else found


def test_draws_are_particles_by_their_weights() -> None:
    posterior = learned()
    data = results.posterior_to_arviz(posterior)
    draws, stats = group(data, "posterior"), group(data, "sample_stats")
    for place, key in enumerate(KEYS):
        assert draws[key].dims == ("chain", "draw")
        wanted = posterior.weights @ posterior.values[:, place]
        spread = np.std(posterior.values[:, place])
        # systematic draws: each particle comes to within one of as often as its weight says
        assert abs(float(draws[key].mean()) - wanted) < 0.1 * spread
        of_draw = posterior.values[stats["particle"].to_numpy()[0], place]
        np.testing.assert_array_equal(draws[key].to_numpy()[0], of_draw)
    assert draws["costs.introduction"].attrs["units"] == "USD"
    assert draws.attrs["fingerprint"] == posterior.sha256
    assert draws.attrs["effective_particles"] == pytest.approx(1 / (posterior.weights**2).sum())


def test_arviz_sums_it_up() -> None:
    import arviz

    table = arviz.summary(results.posterior_to_arviz(learned()))
    assert list(table.index) == list(KEYS)
    assert 0.1 < float(table.loc["behaviour.initiative", "mean"]) < 0.4


def test_flat_priors_are_a_group() -> None:
    free = [Free("behaviour.initiative", 0.1, 0.4)]
    prior = group(results.posterior_to_arviz(learned(), free), "prior")["behaviour.initiative"]
    assert float(prior.min()) >= 0.1
    assert float(prior.max()) <= 0.4
    # of 200 draws, four standard errors of the mean of a flat prior
    assert abs(float(prior.mean()) - 0.25) < 4 * 0.3 / np.sqrt(12 * 200)


def test_a_calibration_and_a_check_go_to_arviz(tmp_path: Path) -> None:
    calibrated = results.Calibrate(
        "salex", free=["behaviour.initiative"], particles=10, replicates=2, generations=2, out=tmp_path / "learned",
        figures=False,
    ).answer()  # fmt: skip
    drawn = group(calibrated.to_arviz(), "prior")["behaviour.initiative"]
    assert drawn.sizes["draw"] == len(calibrated.posterior.draws)
    checked = results.Check(
        "search-costs", replicates=4, assumptions=False, figures=False, posterior=None, out=tmp_path / "checked"
    ).answer()
    data = checked.to_arviz()
    observed, predicted = group(data, "observed_data"), group(data, "posterior_predictive")
    for verdict in checked.check.verdicts:
        assert float(observed[verdict.id]) == verdict.observed.value
        kept = checked.to_frame("draws").query(f"pattern == '{verdict.id}'")["found"].to_numpy()
        np.testing.assert_array_equal(predicted[verdict.id].to_numpy()[0][: len(kept)], kept)


def test_the_shipped_posterior_can_be_handed_over() -> None:
    known = scenarios.load("salex").posterior
    assert known is not None
    assert set(group(results.posterior_to_arviz(known), "posterior").data_vars) == set(known.keys)
