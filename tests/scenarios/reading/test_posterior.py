"""What is not known of parameters: a posterior is read, spread over replicates, kept with the run, and in intervals."""

import json
from math import fsum, isnan, sqrt
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray

import cli
import scenarios
import simulation
from results.commands.json_schemas import BY_COMMAND
from results.estimates.bounds import YES_OR_NO, bounded
from results.estimates.comparison import compare, difference, estimate
from results.estimates.intervals import interval
from results.estimates.parameter_uncertainty import carried, unknown_of
from results.estimates.precision import run_to_precision
from results.estimates.response import Response, linearized, mean_and_half, ratio_at_own_parameters
from results.folders.inputs import read_input, write_inputs
from results.sweeping.sweep_folder import open_sweep, read_sweep
from results.verifying.verify import verify
from results.words.varying import UNCERTAIN, of_posterior, parameters
from scenarios import KEYS, Posterior, Scenario, ScenarioError, read_posterior, shipped_posterior, write_posterior
from scenarios.designs.design import Design, plan
from scenarios.designs.factors import Factor
from simulation.outcomes import MONTHLY_NAMES, NAMES, outcome_named
from simulation.running.campaign import Campaign, ThreadWorkers
from simulation.running.ensemble import Block, Ensemble

INITIATIVE, BASE, LAG = "behaviour.initiative", "behaviour.yes_base", "behaviour.evidence_lag"
RATE = "collaboration_rate"
SMALL = {"network.members": 8, "closing.month": 8, "closing.notice": 2, "closing.follow_up": 12}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]


def posterior(particles: int = 7, keys: tuple[str, ...] = (INITIATIVE, BASE)) -> Posterior:
    """Particles apart enough to be seen in a small network, each as likely as any other."""
    values = np.column_stack([np.linspace(0.1, 0.9, particles), np.linspace(-4, -1, particles)])
    return Posterior(keys, values[:, : len(keys)], np.full(particles, 1 / particles), "mine")


TINY = scenarios.replace(scenarios.load("salex", posterior=None), {"name": "tiny", **SMALL})
OPEN = TINY.with_posterior(posterior())


def ask(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def document(command: str, *words: str) -> Any:
    result = ask(command, *words, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    jsonschema.Draft202012Validator(BY_COMMAND[command]).validate(found)
    return found


def in_a_line(text: str) -> str:
    return " ".join(text.split())


# Reading and writing


def written(folder: Path, *lines: str) -> Path:
    file = folder / "mine.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_file_says_what_is_not_known_and_what_it_was_calibrated_on(tmp_path: Path) -> None:
    found = read_posterior(
        written(tmp_path, "# SALEX and SPARC", "# by somebody", f"weight,{INITIATIVE},{LAG}", "1,0.2,9", "3,0.3,12")
    )

    assert (found.name, found.about) == ("mine", "SALEX and SPARC")
    assert found.keys == (INITIATIVE, LAG)
    assert found.values.tolist() == [[0.2, 9.0], [0.3, 12.0]]
    assert found.weights.tolist() == [0.25, 0.75]
    assert found.settings(1) == {INITIATIVE: 0.3, LAG: 12}


def test_without_weights_all_particles_are_alike(tmp_path: Path) -> None:
    found = read_posterior(written(tmp_path, INITIATIVE, "0.2", "0.3"))
    assert (found.weights.tolist(), found.about) == ([0.5, 0.5], "")


@pytest.mark.parametrize("weighed", [False, True])
def test_what_is_written_reads_back_digit_by_digit(weighed: bool, tmp_path: Path) -> None:
    luck = np.random.default_rng(4)
    weights = luck.random(101) if weighed else np.ones(101)
    values = np.column_stack([luck.random(101), -luck.random(101)])
    one = Posterior((INITIATIVE, BASE), values, weights / fsum(weights), "mine", "a line")

    again = read_posterior(written(tmp_path, write_posterior(one)))

    assert again == one
    assert (again.name, again.about, again.sha256) == (one.name, one.about, one.sha256)
    assert again.weights.tobytes() == one.weights.tobytes()


FAULTS = {
    "a misspelt key": ([f"{INITIATIVE},behaviour.yes_bse", "0.2,1"], "line 1: .*did you mean behaviour.yes_base"),
    "a lever": (["grants.per_call", "2"], "line 1: column grants.per_call is a lever"),
    "a month": (["funder.shift.month", "12"], 'is a month, or "never", and no quantity'),
    "a shape": (["network.topics", "4"], "changes the size of a run"),
    "a file": (["members.ties", "x"], "members.ties is not a number"),
    "a value": (["# said", INITIATIVE, "0.2", "1.5"], "line 4: behaviour.initiative is 1.5: allowed is 0 to 1"),
    "no number": ([f"{INITIATIVE};weight", "0,2;1"], 'is "0,2": allowed is 0 to 1 .*; write the decimal point as a'),
    "infinity": ([INITIATIVE, "inf"], 'is "inf": allowed is 0 to 1'),
    "a weight": ([f"{INITIATIVE},weight", "0.2,-1"], 'line 2: weight is "-1": allowed is 0 or more'),
    "no weight": ([f"{INITIATIVE},weight", "0.2,0"], "give at least one particle a weight above 0"),
    "a key twice": ([f"{INITIATIVE},{INITIATIVE}", "0.2,0.3"], "comes twice; keep one"),
    "no particle": ([INITIATIVE], "has 0 particles: allowed is 1 to"),
    "no key": (["weight", "1"], "no column names a key"),
    "nothing": (["# said"], "is empty; its first line must name the columns"),
    "a cell too few": ([f"{INITIATIVE},{BASE}", "0.2"], "line 2: has 1 cells but the header has 2"),
}


@pytest.mark.parametrize(("lines", "message"), FAULTS.values(), ids=FAULTS)
def test_a_file_that_cannot_be_used_says_where_and_why(lines: list[str], message: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=rf"(?s)the posterior cannot be used:.*mine\.csv.*{message}"):
        read_posterior(written(tmp_path, *lines))


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_posterior(written(tmp_path, f"{INITIATIVE},grants.per_call,weight", "2,1,1", "0.2,1,x", "a,1,1"))

    assert [fault.partition(":")[0] for fault in caught.value.faults] == [f"mine.csv, line {n}" for n in (1, 2, 3, 4)]


def test_a_posterior_made_in_python_is_held_to_the_same() -> None:
    with pytest.raises(ScenarioError, match=r"(?s)particle 1: behaviour.initiative is 2.0: allowed is 0 to 1"):
        Posterior((INITIATIVE,), np.array([[0.2], [2.0]]), np.array([0.5, 0.5]))
    with pytest.raises(ScenarioError, match="values has the shape"):
        Posterior((INITIATIVE, BASE), np.array([[0.2], [0.3]]), np.array([0.5, 0.5]))
    with pytest.raises(ScenarioError, match="their sum 1"):
        Posterior((INITIATIVE,), np.array([[0.2], [0.3]]), np.array([0.5, 0.6]))


SETTLED = {"behaviour.renewal_chance"}
"""What SALEX, which the others extend, says itself."""
_INTERESTS = {"members.interests_fewest", "members.interests_most"}
ALONE = {
    "narrow-interests": _INTERESTS,
    "needy-rivals": _INTERESTS | {"members.need", "members.need_spread"},
}
"""What a scenario of the library is about, with what that bounds."""


def test_the_shipped_posterior_is_near_the_defaults_and_varies_no_scenario_of_the_library_beyond_use() -> None:
    shipped = shipped_posterior()

    assert (shipped.name, bool(shipped.about)) == ("shipped", True)
    for name in scenarios.names():
        found = scenarios.load(name, posterior=shipped).posterior
        assert found is not None
        settled = SETTLED | ALONE.get(name, set())
        assert found.keys == tuple(key for key in shipped.keys if key not in settled), "all else is shared"


# Over replicates


def test_pairs_of_replicates_share_a_particle_and_any_first_ones_are_spread_evenly() -> None:
    one = posterior(100)
    particles = [one.particle_of(replicate) for replicate in range(400)]

    assert particles[0::2] == particles[1::2]
    assert sorted(particles[0:200:2]) == list(range(100))
    assert particles[200:] == particles[:200], "once all had their turn, they come again"
    assert one.particles_of(37, 80).tolist() == particles[37:117]
    for count in (10, 25, 60):  # even numbers of a hundred: the greatest gap of 10 evenly spread ones would be 10
        gaps = np.diff(sorted([-1, *particles[0 : 2 * count : 2], 100]))
        assert gaps.max() <= 2.7 * 100 / count


def test_particles_come_as_often_as_their_weights_say() -> None:
    weights = np.array([0.5, 0.0, 0.3, 0.2])
    one = Posterior((INITIATIVE,), np.full((4, 1), 0.2), weights)
    many = Posterior((INITIATIVE,), np.full((40_000, 1), 0.2), np.full(40_000, 1 / 40_000))

    assert np.bincount(one.draws, minlength=4).tolist() == [2, 0, 1, 1]
    assert len(many.draws) == 10_000
    assert np.unique(many.draws).size == 10_000


def test_a_replicate_is_run_with_its_particle() -> None:
    whole = simulation.run(OPEN, seed=3, replicates=20)
    assert OPEN.posterior is not None

    for replicate in range(20):
        alone = scenarios.replace(TINY, OPEN.posterior.settings(OPEN.posterior.particle_of(replicate)))
        values = simulation.run(alone, seed=3, first=replicate, replicates=1).values[0]
        np.testing.assert_array_equal(whole.values[replicate], values)
        assert scenarios.at_replicate(OPEN, replicate).behaviour == alone.behaviour
    assert not np.array_equal(whole.values, simulation.run(TINY, seed=3, replicates=20).values, equal_nan=True)


def test_both_engines_give_each_replicate_the_same_particle() -> None:
    mesa, twin = (simulation.run(OPEN, seed=5, replicates=9, first=3, engine=one) for one in ("mesa", "compiled"))

    np.testing.assert_allclose(twin.values, mesa.values, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(twin.sum_months, mesa.sum_months, rtol=1e-12, atol=1e-12)
    assert np.isfinite(twin.kept_months).all()


def test_a_portrait_and_a_history_are_of_the_replicate_that_was_run() -> None:
    values = simulation.run(OPEN, seed=1, replicates=1, first=6).values[0]
    history = simulation.historian(OPEN, seed=1)(6)
    network = simulation.CollaborationNetwork(OPEN, seed=1, replicate=6)

    np.testing.assert_array_equal(history.values, values)
    assert network.settings == scenarios.at_replicate(OPEN, 6)
    assert network.settings.posterior is None


@pytest.mark.parametrize("workers", [1, 3])
def test_neither_threads_nor_blocks_nor_what_was_kept_change_a_bit(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[int, Block] = {}
    monkeypatch.setattr(
        "simulation.running.ensemble.LARGEST_BLOCK", 7
    )  # so that a pair is torn apart between two blocks
    one = simulation.run(OPEN, replicates=40, workers=workers, keep=lambda block: kept.update({block.first: block}))
    resumed = simulation.run(OPEN, replicates=40, workers=workers, known={0: kept[0], 14: kept[14]})
    by_itself = np.concatenate([simulation.run(OPEN, replicates=1, first=r).values for r in range(40)])

    np.testing.assert_array_equal(one.values, by_itself)
    np.testing.assert_array_equal(one.values, resumed.values)
    assert one.sum_months.tobytes() == resumed.sum_months.tobytes()


def test_a_point_of_a_sweep_varies_what_it_does_not_set() -> None:
    campaign = Campaign(plan(OPEN, [f"{INITIATIVE}=0.2,0.4"]), replicates=6, seed=2)
    (block,) = campaign.run(ThreadWorkers(1))

    for point, value in enumerate((0.2, 0.4)):
        at_point = campaign.design.scenario(point)
        assert at_point.posterior is not None
        assert at_point.posterior.keys == (BASE,)
        np.testing.assert_array_equal(block.values[point], simulation.run(at_point, seed=2, replicates=6).values)
        assert {scenarios.at_replicate(at_point, r).behaviour.initiative for r in range(6)} == {value}


def test_particles_that_make_runs_of_another_length_are_refused() -> None:
    chances = Posterior(("behaviour.renewal_chance",), np.array([[0.1], [0.0]]), np.array([0.5, 0.5]))
    with pytest.raises(ScenarioError, match=r"particle 1: .* another length \(20 and 32 months\)"):
        simulation.run(TINY.with_posterior(chances), replicates=1)
    with pytest.raises(ScenarioError, match="another length"):
        simulation.run(TINY.with_posterior(chances), replicates=1, engine="mesa")


def test_particles_that_contradict_the_scenario_are_refused() -> None:
    needs = Posterior(("members.need",), np.array([[0.5], [0.9]]), np.array([0.5, 0.5]))
    with pytest.raises(ScenarioError, match=r"particle 1: members.need_spread is 0.3, too wide"):
        scenarios.load("salex", posterior=needs)


# What is set is known


def test_what_an_override_or_a_file_sets_is_not_varied(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        f'extends = "salex"\ntitle = "Own"\nquestion = "?"\n[behaviour]\ninitiative = 0.3\n'
        f"yes_base = {KEYS[BASE].default}\n"
        f'[sources]\n"{INITIATIVE}" = "assumption: ours"\n'
    )
    both = posterior()

    def left(*settings: str, name: str = "salex") -> tuple[str, ...] | None:
        found = scenarios.load(name, settings, both).posterior
        return None if found is None else found.keys

    assert left() == (INITIATIVE, BASE)
    assert left(f"{INITIATIVE}=0.24") == (BASE,), "though it is what the default is"
    assert left(f"{INITIATIVE}=0.24", f"{BASE}=-3") is None
    assert left(name=str(tmp_path / "own.toml")) == (BASE,), "a default written out settles nothing"
    assert scenarios.replace(OPEN, {INITIATIVE: 0.24}).posterior == both.without([INITIATIVE])
    assert scenarios.replace(OPEN, {"grants.per_call": 1, "name": "other"}).posterior == both


def test_what_a_roster_settles_is_not_varied(tmp_path: Path) -> None:
    file = scenarios.found(tmp_path / "own")
    needs = Posterior(("members.need", INITIATIVE), np.array([[0.4, 0.2], [0.6, 0.3]]), np.array([0.5, 0.5]))

    found = scenarios.load(file, posterior=needs)

    assert found.posterior is not None
    assert found.posterior.keys == (INITIATIVE,)
    assert found.with_posterior(None).roster == found.roster
    assert simulation.run(found, replicates=3).replicates == 3


def test_replicates_keep_their_particles_when_a_key_is_settled() -> None:
    weighed = Posterior((INITIATIVE, BASE), posterior().values, np.array([4, 1, 1, 1, 1, 1, 1]) / 10)
    left = weighed.without([BASE])

    assert left is not None
    assert left.draws.tolist() == weighed.draws.tolist()


def test_a_scenario_is_told_apart_by_its_posterior() -> None:
    other = TINY.with_posterior(posterior(8))

    assert OPEN != TINY
    assert other != OPEN
    assert TINY.with_posterior(posterior()) == OPEN
    assert len({scenarios.fingerprint(one) for one in (OPEN, TINY, other)}) == 3
    assert scenarios.to_dict(TINY)["posterior"] is None
    assert scenarios.to_dict(OPEN)["posterior"] == {
        "name": "mine", "keys": [INITIATIVE, BASE], "particles": 7, "sha256": posterior().sha256,
    }  # fmt: skip


def test_the_shipped_posterior_is_known_by_its_particles_not_by_a_file_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "shipped.csv").write_text(f"{INITIATIVE}\n0.2\n0.3\n", encoding="utf-8")
    said = parameters([scenarios.load("salex", posterior=tmp_path / "shipped.csv")], 4)
    assert "(posterior shipped, 2 particles)" in said
    part = shipped_posterior().without({INITIATIVE})
    assert part is not None
    (tmp_path / "copy.csv").write_text(write_posterior(part), encoding="utf-8")
    assert "posterior of the shipped evidence" in parameters([scenarios.load("salex", posterior=part)], 4)
    assert "posterior of the shipped evidence" in of_posterior(read_posterior(tmp_path / "copy.csv"), 4)


# Kept with the run


def test_the_inputs_of_a_run_hold_its_posterior(tmp_path: Path) -> None:
    write_inputs(tmp_path / "inputs", [OPEN])
    again = read_input(tmp_path, "tiny")

    assert scenarios.to_dict(again) == scenarios.to_dict(OPEN)
    write_inputs(tmp_path / "inputs", [TINY])
    assert read_input(tmp_path, "tiny").posterior is None, "one that is left from before is not taken up"


@pytest.mark.parametrize("sample", [None, 100])
def test_a_run_with_a_posterior_of_ones_own_verifies(
    sample: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = written(tmp_path, write_posterior(posterior()))
    words = ["compare", "salex", "abrupt-closing", *SET, "--replicates", "6", "--no-figures", "--posterior", "mine.csv"]
    assert ask(*words, "--out", "made").exit_code == 0
    file.unlink()

    found = verify(tmp_path / "made", sample)

    assert found.faults == []
    assert found.rows == 12


def test_a_sweep_with_a_posterior_is_taken_up_again_and_verifies(tmp_path: Path) -> None:
    campaign = Campaign(plan(OPEN, ["grants.per_call=0,2"]), replicates=6)
    with open_sweep(tmp_path / "sweep", campaign) as opened:
        opened.complete(ThreadWorkers(1))
        half = opened.response(RATE).half
    points = (tmp_path / "sweep" / "points.parquet").read_bytes()

    again = read_sweep(tmp_path / "sweep")

    assert again.campaign.design.bases == (OPEN,)
    assert verify(tmp_path / "sweep", None).holds
    np.testing.assert_array_equal(again.response(RATE).half, half)
    with open_sweep(tmp_path / "sweep", campaign) as opened:
        opened.complete(ThreadWorkers(2))
    assert (tmp_path / "sweep" / "points.parquet").read_bytes() == points
    fixed = Campaign(plan(TINY, ["grants.per_call=0,2"]), replicates=6)
    with pytest.raises(ValueError, match="posterior"):
        open_sweep(tmp_path / "sweep", fixed)


# In intervals


def ensemble(scenario: Scenario, **columns: NDArray[np.float64]) -> Ensemble:
    """Replicates with these outcomes; the others are 0."""
    replicates = len(next(iter(columns.values())))
    values = np.zeros((replicates, len(NAMES)))
    for name, column in columns.items():
        values[:, NAMES.index(name)] = column
    months = np.zeros((2, len(MONTHLY_NAMES)))
    return Ensemble(scenario, 1, 0, values, months, np.zeros((0, *months.shape)))


def test_two_networks_of_one_particle_have_no_interval() -> None:
    found = estimate(ensemble(OPEN, collaboration_rate=np.array([0.2, 0.4])), RATE)
    assert found.mean == pytest.approx(0.3)
    assert isnan(found.low)


def test_a_scenario_against_itself_differs_by_exactly_nothing() -> None:
    same = ensemble(OPEN, collaboration_rate=np.random.default_rng(3).random(101))
    one = difference(same, same, RATE, scenario="again")
    assert (one.mean, one.low, one.high, one.more_replicates) == (0.0, 0.0, 0.0, None)


def test_a_difference_that_parameters_leave_open_asks_for_no_more_replicates() -> None:
    luck = np.random.default_rng(8)
    particles = posterior(40).particles_of(0, 80)
    base, by_parameters = np.zeros(80), (particles - 15.0) / 100 + 0.01 * luck.standard_normal(80)
    by_luck = 0.001 * (particles - 15.0) / 100 + 0.02 + 0.1 * luck.standard_normal(80)
    many = TINY.with_posterior(posterior(40))

    open_one, luck_one = (
        difference(ensemble(many, collaboration_rate=ours), ensemble(many, collaboration_rate=base), RATE, scenario="x")
        for ours in (by_parameters, by_luck)
    )
    assert not open_one.is_clear
    assert open_one.more_replicates is None
    assert not luck_one.is_clear
    assert luck_one.more_replicates is not None


@pytest.mark.slow
def test_a_paired_difference_and_a_ratio_hold_it_too() -> None:
    """Survivors of 40 with chance 0.6 + theta; against a baseline without theta, in step with it."""
    trials, replicates, luck = 800, 120, np.random.default_rng(22)
    scenario = TINY.with_posterior(posterior(60))
    assert scenario.posterior is not None
    of = scenario.posterior.particles_of(0, replicates)
    ratios = differences = 0
    for _ in range(trials):
        theta, truth = 0.1 * luck.standard_normal(60), 0.1 * luck.standard_normal()
        below = luck.poisson(40, replicates).astype(float)
        chances = luck.random(replicates)
        above = below * (0.6 + theta[of]) + 3 * (chances - 0.5)
        ours = ensemble(scenario, surviving=above, active_at_closing=below)
        base = ensemble(scenario, surviving=below * 0.6 + 3 * (chances - 0.5), active_at_closing=below)
        ratio, apart = estimate(ours, "survival"), difference(ours, base, "survival", scenario="x")
        ratios += ratio.low <= 0.6 + truth <= ratio.high
        differences += apart.low <= truth <= apart.high

    for held in (ratios, differences):  # 4 standard errors are 3.1 points
        assert held / trials == pytest.approx(0.95, abs=4 * sqrt(0.95 * 0.05 / trials))


def test_scenarios_with_different_posteriors_are_grouped_by_both() -> None:
    one, other = TINY.with_posterior(posterior(3)), TINY.with_posterior(posterior(4))
    values = np.random.default_rng(1).random(24)
    found = compare(
        {"a": ensemble(one, collaboration_rate=values), "b": ensemble(other, collaboration_rate=values[::-1])}, "a"
    ).difference("b", RATE)

    unknown = unknown_of([one, other], 0, 24)
    assert unknown is not None
    assert len(unknown.values) == 12, "the 12 pairs have all met"
    assert unknown.values.shape[1] == 4, "two keys of each"
    both = carried((values[::-1] - values - found.mean)[:, None], np.ones((24, 1), dtype=np.bool_), unknown)
    reach = (found.high - found.low) / 2 / sqrt(both.between[0] + both.of_mean[0])
    assert reach == pytest.approx(2.200985160082949), "t with 11 degrees of freedom"


def test_the_points_of_a_sweep_have_the_interval_of_a_run() -> None:
    found = simulation.run(OPEN, replicates=31)
    unknown = unknown_of([OPEN], 0, 31)

    for outcome in NAMES:
        one, over = estimate(found, outcome), outcome_named(outcome).over
        if over is None:
            mean, half = mean_and_half(found[outcome][:, None], unknown=unknown, yes_or_no=outcome in YES_OR_NO)
        else:
            above, below = (found[column][:, None] for column in over)
            own = ratio_at_own_parameters(above, below, unknown)
            mean, half = mean_and_half(*linearized(above, below), unknown, own)
        low, high = bounded(outcome, float(mean[0] - half[0]), float(mean[0] + half[0]))
        assert (mean[0], low, high) == pytest.approx((one.mean, one.low, one.high), rel=1e-9, abs=1e-12, nan_ok=True)


def test_luck_makes_as_much_of_a_point_as_of_a_run() -> None:
    """Twelve rows of luck alone, and twelve in which a key does more and more."""
    assert OPEN.posterior is not None
    keys = OPEN.posterior.values[OPEN.posterior.particles_of(0, 24)][:, 0]
    apart = (keys - keys.mean()) / keys.std()
    values = np.random.default_rng(1).normal(size=(24, 24)) + np.repeat([0.0, 1.0], 12)[:, None] * apart
    design = Design("lhs", (Factor("network.flexibility", 0.0, 1.0),), (OPEN,), np.full((24, 1), 0.5), 24, 1)
    found = Response(design, "trust", values).luck_share
    every = [np.ones(24, dtype=np.bool_)]
    runs = [interval(row, every, unknown_of([OPEN], 0, 24)).luck_share for row in values]
    np.testing.assert_allclose(found, np.array(runs, dtype=float), rtol=1e-9)
    assert found[:12].mean() > 0.5 > found[12:].mean()


def test_a_precision_is_reached_although_parameters_are_not_known() -> None:
    def run(scenario: Scenario, first: int, replicates: int) -> Ensemble:
        return simulation.run(scenario, first=first, replicates=replicates)

    (found,), precision = run_to_precision(
        [OPEN], 0.1, outcome=RATE, baseline="tiny", start=50, run=run, join=simulation.join
    )

    assert precision.is_reached
    assert estimate(found, RATE).high - estimate(found, RATE).low > 0.3


# On the command line


@pytest.fixture
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def which(*keys: str) -> dict[str, Any]:
    """Keys that vary, and how many they are of those that could."""
    return {"keys": list(keys), "varying": len(keys), "uncertain": len(UNCERTAIN)}


@pytest.mark.usefixtures("_elsewhere")
def test_run_and_compare_vary_the_shipped_posterior_unless_told_otherwise(tmp_path: Path) -> None:
    written(tmp_path, write_posterior(posterior()))
    few = [*SET, "--replicates", "6", "--no-figures"]
    shipped = shipped_posterior()
    keys = [key for key in shipped.keys if key not in SETTLED]
    said = {"posterior": "shipped", "particles": len(shipped), "particles_used": 3, **which(*keys)}
    mine = {"posterior": "mine", "particles": 7, "particles_used": 3, **which(INITIATIVE, BASE)}
    none = {"posterior": None, "particles": 0, "particles_used": 0, **which()}

    usual, fixed = document("run", "salex", *few), document("run", "salex", *few, "--fixed")
    assert (usual["parameters"], fixed["parameters"]) == (said, none)
    assert usual["outcomes"] != fixed["outcomes"]
    assert document("run", "salex", *few, "--posterior", "shipped")["outcomes"] == usual["outcomes"]
    assert document("compare", "salex", "sparc", *few)["parameters"] == said
    assert document("compare", "salex", "sparc", *few, "--fixed")["parameters"] == none
    assert document("run", "salex", *few, "--posterior", "mine.csv")["parameters"] == mine
    settled = document("run", "salex", *few, "--posterior", "mine.csv", "--set", f"{BASE}=-3")["parameters"]
    assert settled == {**mine, **which(INITIATIVE)}


@pytest.mark.usefixtures("_elsewhere")
def test_a_sweep_varies_the_posterior_that_is_named(tmp_path: Path) -> None:
    written(tmp_path, write_posterior(posterior()))
    words = ["sweep", "salex", *SET, "--replicates", "4", "--no-figures", "--vary", "grants.per_call=0,2"]

    assert document(*words, "--posterior", "mine.csv")["parameters"]["keys"] == [INITIATIVE, BASE]
    told = in_a_line(ask(*words, "--posterior", "mine.csv").stdout)
    assert f"2 of {len(UNCERTAIN)} uncertain parameters vary" in told
    assert "(posterior mine, 2 of 7 particles), and ± includes the uncertainty about these 2" in told
    named = document("sweep", "salex", *words[2:-2], "--vary", "scenario=salex,sparc", "--posterior", "mine.csv")
    assert named["parameters"]["keys"] == [INITIATIVE, BASE]


@pytest.mark.usefixtures("_elsewhere")
def test_a_sensitivity_analysis_is_the_same_from_its_folder(tmp_path: Path) -> None:
    written(tmp_path, write_posterior(posterior()))
    words = ["salex", *SET, "--replicates", "4", "--no-figures", "--points", "24", "--vary", "grants.per_call=0:3"]
    words += ["--vary", "facilitation.intensity=0:1", "--posterior", "mine.csv", "--out", "made"]

    first, again = document("sensitivity", *words), document("sensitivity", "made", "--no-figures")

    assert first == again
    assert first["parameters"]["posterior"] == "mine"


@pytest.mark.usefixtures("_elsewhere")
def test_a_note_says_whether_parameters_are_in_the_intervals() -> None:
    words = ["run", "salex", *SET, "--replicates", "6", "--no-figures"]
    usual, fixed = (in_a_line(ask(*words, *more).stdout) for more in ([], ["--fixed"]))

    count = len(set(shipped_posterior().keys) - SETTLED)
    assert f"{count} of {len(UNCERTAIN)} uncertain parameters vary (posterior of the shipped evidence, " in usual
    assert "intervals include the uncertainty about these, but not" in usual
    assert f"0 of {len(UNCERTAIN)} uncertain parameters vary: all are fixed at their point values" in fixed
    assert "because of luck, the middle 95 % of networks" in fixed
    few = in_a_line(ask("run", "salex", *SET, "--replicates", "2", "--no-figures").stdout)
    assert "in these 2 networks; more replicates " in few


@pytest.mark.usefixtures("_elsewhere")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "salex", "--fixed", "--posterior", "x.csv"], "--fixed leaves out what --posterior says"),
        (["run", "salex", "--posterior", "x.csv"], '--posterior: there is no file "x.csv"'),
        (["sweep", "salex", "--vary", "grants.per_call=0,2", "--posterior", "x.csv"], 'there is no file "x.csv"'),
    ],
)
def test_wrong_use_is_said_in_a_line(words: list[str], message: str) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert message in in_a_line(result.stderr)
    assert result.stdout == ""
