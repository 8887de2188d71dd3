"""Parameters are learned from what happened as Bayes' rule says, the same way every time, and again after a stop."""

import gc
import threading
from collections.abc import Callable, Mapping
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.stats

from results.calibrating import recovery
from results.calibrating.abc_smc import calibrate, scorer
from results.calibrating.likelihood import FLOOR, beta_binomial, log_likelihood, of_pattern
from results.calibrating.posterior_summary import Calibration, Free, Marginal, free_parameters, weighted_quantile
from results.calibrating.recovery import recovered
from results.calibrating.survey_plan import explained
from results.estimates.quantiles import binomial_band
from results.folders.notes import Notes
from results.studies.virtual_studies import Prediction
from scenarios import ScenarioError
from scenarios.observed.reading import read_observed
from scenarios.observed.study import Measured, Pattern
from simulation.outcomes import NAMES

stats: Any = scipy.stats  # it is without types
SHARE = Free("share", 0.0, 1.0)
SUCCESSES, OF = 17, 22


@pytest.fixture(scope="module", autouse=True)
def _pyabc() -> None:
    """Only where these tests are run: to import it takes seconds."""
    pytest.importorskip("pyabc")


def counted(successes: int, of: int) -> Pattern:
    """So many of so many."""
    observed = Measured(successes / of, 0.5, 0.9, successes, of)
    return Pattern(
        "x", "", "collaboration_rate", (), "start", "value", (), observed, "none", "organizations", span=(0, 1)
    )


def shares(found: np.ndarray, pattern: Pattern) -> Prediction:
    """Virtual studies that found these shares."""
    counts = np.zeros((1, len(found), 1, 2))
    counts[0, :, 0, 0], counts[..., 1] = found, 1.0
    return Prediction(pattern, "study", counts)


def binomial_studies(networks: int) -> Callable[[Mapping[str, float]], float]:
    """A model whose networks are 22 tosses each; all particles see the same luck."""
    luck = np.random.default_rng(1).random((networks, OF))
    pattern = counted(SUCCESSES, OF)

    def score(particle: Mapping[str, float]) -> float:
        return log_likelihood([shares((luck < particle["share"]).sum(axis=1) / OF, pattern)])

    return score


@pytest.fixture(scope="module")
def of_a_binomial() -> Marginal:
    return calibrate([SHARE], binomial_studies(200), particles=400, seed=2).marginals[0]


def test_a_binomial_with_a_flat_prior_gives_the_beta(of_a_binomial: Marginal) -> None:
    """17 of 22 under Beta(1, 1) is Beta(18, 6): mean .75, standard deviation .0866.

    400 particles have an effective size of some 350: the standard error of the mean is .0866 / sqrt(350) = .005, that
    of the standard deviation .0866 / sqrt(700) = .0033. The luck of the 200 x 22 tosses that all particles share moves
    the mean by sqrt(.19 / 4400) = .0066. Four of both together are .033 and .013. Were the likelihood taken twice, the
    standard deviation would be .063, .024 away; were it not used at all, .29.
    """
    exact = stats.beta(SUCCESSES + 1, OF - SUCCESSES + 1)
    assert of_a_binomial.mean == pytest.approx(exact.mean(), abs=0.033)
    assert of_a_binomial.sd == pytest.approx(exact.std(), abs=0.013)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_its_quantiles_are_the_betas(of_a_binomial: Marginal, share: float) -> None:
    """A quantile q has the standard error sqrt(q (1 - q) / 350) / density, .017 at the ends, and .0066 shared luck."""
    exact = stats.beta(SUCCESSES + 1, OF - SUCCESSES + 1)
    value = exact.ppf(share)
    error = sqrt(share * (1 - share) / 350) / exact.pdf(value)
    assert of_a_binomial.quantile(share) == pytest.approx(value, abs=4 * sqrt(error**2 + 0.0066**2))


@pytest.mark.slow
def test_the_same_seed_ends_in_the_same_particles() -> None:
    one, other = (calibrate([SHARE], binomial_studies(20), particles=50, seed=4) for _ in range(2))
    assert np.array_equal(one.values, other.values)
    assert np.array_equal(one.weights, other.weights)
    assert not np.array_equal(one.values, calibrate([SHARE], binomial_studies(20), particles=50, seed=5).values)


def test_it_leaves_numpys_global_stream_as_it_was() -> None:
    np.random.seed(11)  # noqa: NPY002
    wanted = np.random.random()  # noqa: NPY002
    np.random.seed(11)  # noqa: NPY002
    calibrate([SHARE], binomial_studies(5), particles=20, seed=4)
    assert np.random.random() == wanted  # noqa: NPY002


class Stopped(Exception):  # noqa: N818
    """Ctrl-C, say."""


def test_nothing_is_left_to_another_threads_garbage_collection(caplog: pytest.LogCaptureFixture) -> None:
    gc.disable()  # else this thread may collect it
    try:
        calibrate([SHARE], binomial_studies(20), particles=10, seed=2, generations=2)
        other = threading.Thread(target=gc.collect)
        other.start()
        other.join()
    finally:
        gc.enable()
    assert [record.getMessage() for record in caplog.records if record.name.startswith("sqlalchemy")] == []


@pytest.mark.parametrize("after", [60, *(pytest.param(after, marks=pytest.mark.slow) for after in (1, 130))])
def test_a_stopped_calibration_goes_on_to_the_same_particles(tmp_path: Path, after: int) -> None:
    """What was scored before is looked up, and nothing is scored twice."""
    score = binomial_studies(20)
    whole: list[float] = []

    def counting(particle: Mapping[str, float]) -> float:
        whole.append(particle["share"])
        return score(particle)

    wanted = calibrate([SHARE], counting, particles=50, seed=4)

    notes = Notes(tmp_path)
    scored: list[str] = []

    def kept(particle: Mapping[str, float]) -> float:
        name = repr(particle["share"])
        if name not in notes.known:
            if len(scored) == after:
                raise Stopped
            scored.append(name)
            notes.note(name, score(particle))
        return float(notes.known[name])

    with pytest.raises(Stopped):
        calibrate([SHARE], kept, particles=50, seed=4)
    notes.flush()
    notes = Notes(tmp_path)
    notes.recall()
    assert len(notes.known) == after
    after = -1  # never again
    found = calibrate([SHARE], kept, particles=50, seed=4)
    assert np.array_equal(found.values, wanted.values)
    assert np.array_equal(found.weights, wanted.weights)
    assert len(scored) == len(set(scored)) <= len(whole)


def test_a_damaged_note_is_scored_again_and_nothing_else(tmp_path: Path) -> None:
    notes = Notes(tmp_path)
    for number in range(5):
        notes.note(f"particle {number}", number / 3)
    notes.flush()
    file = tmp_path / "notes.jsonl"
    lines = file.read_bytes().splitlines()
    broken = lines[2].replace(b"0.33", b"0.34")
    assert broken != lines[2]
    file.write_bytes(b"\n".join([*lines[:2], broken, *lines[3:]])[:-4])  # one changed, the last one torn
    again = Notes(tmp_path)
    again.recall()
    assert again.known == {"particle 0": 0.0, "particle 2": 2 / 3, "particle 3": 1.0}


# The likelihood.


def test_studies_that_vary_as_tosses_do_have_the_binomial_likelihood() -> None:
    mean = 0.7
    exact = stats.binom.logpmf(SUCCESSES, OF, mean)
    assert beta_binomial(SUCCESSES, OF, mean, mean * (1 - mean) / OF) == pytest.approx(exact, rel=1e-12)


def test_studies_that_vary_more_have_the_beta_binomial_likelihood() -> None:
    a, b = 6.0, 3.0
    exact = stats.betabinom(OF, a, b)
    share = a / (a + b)
    assert beta_binomial(SUCCESSES, OF, share, exact.var() / OF**2) == pytest.approx(exact.logpmf(SUCCESSES), rel=1e-9)


def test_the_likelihoods_of_all_counts_sum_to_one() -> None:
    whole = sum(np.exp(beta_binomial(successes, OF, 0.6, 0.03)) for successes in range(OF + 1))
    assert whole == pytest.approx(1.0, rel=1e-9)


def test_a_value_with_an_interval_is_held_against_the_pooled_value() -> None:
    """Half of the pairs against a quarter is a ratio of 2; on its scale 1 to 4 is log 2 either way."""
    observed = Measured(2.0, 1.0, 4.0)
    pattern = Pattern("x", "", "applied", (1, 2), "start", "ratio", (), observed, "none", "individuals")
    counts = np.tile(np.array([[[[10.0, 20.0], [5.0, 20.0]]]]), (1, 6, 1, 1))
    spread = log(4.0) / 3.919927969080108
    exact = stats.norm.logpdf(log(2.0), log(2.0), spread)
    assert of_pattern(Prediction(pattern, "s", counts)) == pytest.approx(exact, rel=1e-9)
    half = counts.copy()
    half[..., 0, 0] /= 2
    exact = stats.norm.logpdf(log(2.0), 0.0, spread)
    assert of_pattern(Prediction(pattern, "s", half)) == pytest.approx(exact, rel=1e-9)


def test_the_luck_of_one_study_makes_a_value_less_telling() -> None:
    """Interval, luck of a study and error of the pooled value add up: a tenth, a variance, and an eighth of it."""
    observed = Measured(0.5, 0.45, 0.55)
    pattern = Pattern("x", "", "trust", (), "start", "value", (), observed, "none", "organizations")
    luck = np.random.default_rng(3).normal(0.4, 0.1, 8)
    counts = np.ones((1, 8, 1, 2))
    counts[0, :, 0, 0] = luck
    spread = sqrt((0.1 / 3.919927969080108) ** 2 + np.var(luck, ddof=1) * (1 + 1 / 8))
    exact = stats.norm.logpdf(0.5, luck.mean(), spread)
    assert of_pattern(Prediction(pattern, "s", counts)) == pytest.approx(exact, rel=1e-9)


def test_studies_that_often_cannot_tell_are_counted_by_where_they_land() -> None:
    observed = Measured(2.0, 1.0, 4.0)
    pattern = Pattern("x", "", "applied", (1, 2), "start", "ratio", (), observed, "none", "individuals")
    counts = np.tile(np.array([[[[10.0, 20.0], [5.0, 20.0]]]]), (1, 10, 1, 1))
    counts[0, :4, 1, 0] = 0.0  # four of ten have nothing below the line: their ratios are infinite
    assert of_pattern(Prediction(pattern, "s", counts)) == pytest.approx(log(6.5 / 11))


def test_what_cannot_be_is_as_bad_as_the_floor() -> None:
    pattern = counted(0, 110)
    assert of_pattern(shares(np.ones(20), pattern)) == FLOOR
    assert of_pattern(shares(np.full(20, np.nan), pattern)) == FLOOR


# What is asked for.


def test_every_fault_of_the_free_parameters_is_named() -> None:
    wrong = [
        "behaviour.initiativ", "facilitation.intensity", "closing.month", "behaviour.yes_base=3:1",
        "behaviour.initiative=0:2", "behaviour.decay", "behaviour.decay", "behaviour.yes_trust=1:x",
    ]  # fmt: skip
    with pytest.raises(ScenarioError) as error:
        free_parameters(wrong)
    told = str(error.value).splitlines()
    assert len(told) == 7
    for part, line in zip(
        [
            "did you mean behaviour.initiative",
            "lever",
            "lever",
            "LOW < HIGH",
            "within 0 to 1",
            "named twice",
            "LOW < HIGH",
        ],
        told,
        strict=True,
    ):
        assert part in line


def test_a_parameter_without_its_own_range_has_the_one_worth_trying() -> None:
    (own, given) = free_parameters(["behaviour.initiative", "behaviour.decay=0.01:0.02"])
    assert (own.low, own.high) == (0.15, 0.5)
    assert (given.low, given.high) == (0.01, 0.02)


def marginal(values: list[float]) -> Marginal:
    return Marginal(Free("behaviour.initiative", 0.0, 1.0), np.array(values), np.full(len(values), 1 / len(values)))


def test_a_parameter_is_informed_where_half_its_spread_is_gone() -> None:
    middles = np.linspace(0, 1, 201)
    assert marginal(list(middles)).word == "not informed"
    assert marginal(list(0.5 + (middles - 0.5) * 0.7)).word == "barely informed"
    assert marginal(list(0.5 + (middles - 0.5) * 0.4)).word == "informed"


def test_quantiles_of_draws_that_weigh_the_same_stand_where_numpy_puts_them() -> None:
    values, same = np.random.default_rng(8).normal(size=30), np.full(30, 1 / 30)
    for share in (0.05, 0.31, 0.5, 0.95):
        assert weighted_quantile(values, same, share) == pytest.approx(np.quantile(values, share, method="weibull"))


def test_a_draw_of_twice_the_weight_counts_for_more() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    assert weighted_quantile(values, weights, 0.25) == 1.0
    # n = 1 / (0.04 + 0.25 + 0.09); 2 weighs 0.5 to 0.8, its middle is 0.65
    effective = 1 / 0.38
    assert weighted_quantile(values, weights, (effective * 0.65 + 0.5) / (effective + 1)) == pytest.approx(2.0)


def test_an_interval_of_few_draws_holds_the_next_one_as_often_as_it_says() -> None:
    """Truth: 0.9. Four standard errors of 4,000 trials are 0.019; plain quantiles hold it 0.03 too seldom."""
    luck, same, held = np.random.default_rng(11), np.full(20, 1 / 20), 0
    for _trial in range(4000):
        *known, new = luck.normal(size=21)
        low, high = (weighted_quantile(np.array(known), same, share) for share in (0.05, 0.95))
        held += low <= new <= high
    assert held / 4000 == pytest.approx(0.9, abs=0.019)


# Recovery, and planning.


def test_ranks_and_intervals_of_a_truth() -> None:
    values = np.linspace(0.005, 0.995, 100)[:, None]
    found = Calibration((SHARE,), values, np.full(100, 0.01), (), True)
    one = recovered(found, np.array([0.3]))
    assert one.ranks[0] == 30
    assert one.low[0] == pytest.approx(0.05, abs=0.01)
    assert one.high[0] == pytest.approx(0.95, abs=0.01)


def test_the_band_of_coverage_by_luck() -> None:
    low, high = binomial_band(100, 0.9)
    assert stats.binom.cdf(round(high * 100), 100, 0.9) - stats.binom.cdf(round(low * 100) - 1, 100, 0.9) >= 0.95


@pytest.mark.slow
def test_binomial_data_sets_are_covered_as_often_as_they_should() -> None:
    """60 data sets of 22 tosses, from shares drawn flat: the 90 % interval holds the share 47 to 59 times.

    That is the middle 99.9 % of a binomial of 60 with .9. Intervals of half the width would hold it 36 times or less.
    """
    held = 0
    for number in range(60):
        luck = np.random.default_rng([7, number])
        share = luck.uniform()
        pattern = counted(int(luck.binomial(OF, share)), OF)
        tosses = np.random.default_rng(number).random((50, OF))

        def score(particle: Mapping[str, float], pattern: Pattern = pattern, tosses: np.ndarray = tosses) -> float:
            return log_likelihood([shares((tosses < particle["share"]).sum(axis=1) / OF, pattern)])

        one = recovered(calibrate([SHARE], score, particles=60, seed=number), np.array([share]))
        held += int(one.low[0] <= share <= one.high[0])
    assert 47 <= held <= 59


def test_what_answers_explain_is_the_share_of_variance() -> None:
    """An answer with as much noise as signal explains half; noise explains next to nothing; squares are seen."""
    luck = np.random.default_rng(5)
    wanted = luck.normal(size=2_000)
    noisy = (wanted + luck.normal(size=2_000))[:, None]
    assert explained(noisy, wanted) == pytest.approx(0.5, abs=0.05)
    assert explained(luck.normal(size=(2_000, 10)), wanted) < 0.02
    assert explained(wanted[:, None], wanted**2) == pytest.approx(1.0, abs=0.01)


def test_particles_are_scored_with_the_same_luck() -> None:
    score = scorer(read_observed("salex", NAMES), networks=5, seed=3)
    assert score({"behaviour.initiative": 0.24}) == score({"behaviour.initiative": 0.24})
    assert score({"behaviour.initiative": 0.24}) != score({"behaviour.initiative": 0.5})


def test_every_data_set_is_calibrated_with_networks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all share the error of the same few networks, and it is one trial rather than many."""
    seeds: list[int] = []

    def noted(*_studies: Any, seed: int, **_how: Any) -> Callable[[Mapping[str, float]], float]:
        seeds.append(seed)
        return lambda particle: -((particle["behaviour.yes_base"] + 2) ** 2)

    monkeypatch.setattr(recovery, "scorer", noted)
    study = read_observed("benchmarks/recovery.toml", NAMES)
    free = free_parameters(["behaviour.yes_base"])
    found = list(recovery.recover(study, free, data_sets=3, particles=10, networks=2, generations=2))
    assert len(found) == len(set(seeds)) == 3
