"""Factors that go together: by a rank correlation, or by the rows of a table."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

import scenarios
from scenarios import ScenarioError
from scenarios.designs.binding import binding_of
from scenarios.designs.design import Design, plan
from scenarios.designs.fresh_points import fresh
from scenarios.reading.posterior_file import SHIPPED

SALEX = scenarios.load("salex", posterior=None)
RATE, INTENSITY, DECAY = "facilitation.group_rate", "facilitation.intensity", "behaviour.decay"
VARY = [f"{RATE}=triangular(0,2,8)", f"{INTENSITY}=0:1", f"{DECAY}=0:0.5"]


def correlated(pairs: list[str], kind: Any = "lhs", points: int = 512, **more: Any) -> Design:
    return plan(SALEX, VARY, kind=kind, points=points, correlate=pairs, **more)


def ranks(design: Design) -> np.ndarray[Any, Any]:
    values = np.array([list(design.values(point).values()) for point in range(len(design))], dtype=float)
    return np.asarray(spearmanr(values).statistic)


def refused(pairs: list[str], **more: Any) -> str:
    with pytest.raises(ScenarioError) as error:
        correlated(pairs, **more)
    return str(error.value)


@pytest.mark.parametrize("kind", ["lhs", "sequence"])
@pytest.mark.parametrize("sizes", [(0.6, 0.0), (-0.8, 0.0), (0.5, -0.3)])
def test_ranks_go_together_as_asked(kind: str, sizes: tuple[float, float]) -> None:
    """A copula of r = 2 sin(pi rank / 6) has that rank correlation; by chance 512 points would miss by 0.044."""
    pairs = [f"{RATE},{INTENSITY}={sizes[0]}", *([f"{INTENSITY}, {DECAY} = {sizes[1]}"] if sizes[1] else [])]
    found = ranks(correlated(pairs, kind))
    assert found[0, 1] == pytest.approx(sizes[0], abs=0.02)
    assert found[1, 2] == pytest.approx(sizes[1], abs=0.03 if sizes[1] else 0.09)


def test_each_factor_of_a_hypercube_keeps_its_own_values() -> None:
    free = plan(SALEX, VARY, kind="lhs", points=200)
    bound = correlated([f"{RATE},{DECAY}=0.7"], points=200)
    assert np.array_equal(np.sort(bound.shares, axis=0), np.sort(free.shares, axis=0))
    assert np.array_equal(bound.shares[:, 1], free.shares[:, 1]), "who is not named stays where it was"
    for count in (2, 3, 4):
        assert len(correlated([f"{RATE},{DECAY}=0.7"], points=count)) == count


def test_a_first_part_of_a_sequence_is_the_same_however_much_follows() -> None:
    pairs = [f"{RATE},{DECAY}=0.7"]
    whole = correlated(pairs, "sequence", 300)
    assert np.array_equal(correlated(pairs, "sequence", 100).shares, whole.shares[:100])


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (f"{RATE},{INTENSITY}", "write KEY,KEY=0.6"),
        (f"{RATE}=0.5", "write KEY,KEY=0.6"),
        (f"{RATE},{INTENSITY}=1", '"1" is no rank correlation; allowed is -0.99 to 0.99'),
        (f"{RATE},{INTENSITY}=much", '"much" is no rank correlation'),
        (f"{RATE},facilitation.intensty=0.5", "intensty is not varied; did you mean facilitation.intensity?"),
        (f"{RATE},{RATE}=0.5", "name two"),
        ("closing.notice,closing.month=0.5", "closing.notice is not varied; name it with --vary closing.notice"),
    ],
)  # fmt: skip
def test_what_is_no_correlation_is_refused(pair: str, words: str) -> None:
    assert words in refused([pair])


def test_correlations_that_cannot_hold_together_are_refused_with_the_nearest_that_can() -> None:
    told = refused([f"{RATE},{INTENSITY}=0.9", f"{INTENSITY},{DECAY}=0.9", f"{RATE},{DECAY}=-0.9"])
    assert "no values can have all of these correlations at a time" in told
    nearest = re.findall(r"([\w.]+,[\w.]+=-?[\d.]+)", told.split("are possible:")[1])
    assert len(nearest) == 3
    found = ranks(correlated(nearest))
    assert found[0, 1] == pytest.approx(float(nearest[0].split("=")[1]), abs=0.03)
    assert found[0, 1] > 0.3, "not far from what was asked"
    assert "named twice" in refused([f"{RATE},{DECAY}=0.1", f"{DECAY},{RATE}=0.1"])


def test_words_have_no_order_and_a_grid_and_saltelli_need_factors_to_be_free() -> None:
    with pytest.raises(ScenarioError, match=r"values of closing.month have no order"):
        plan(SALEX, [*VARY, "closing.month=12,never"], kind="lhs", correlate=[f"{RATE},closing.month=0.5"])
    pair = [f"{RATE},{INTENSITY}=0.5"]
    assert "--design grid does not go with --correlate" in refused(pair, kind="grid", points=None)
    for kind in ("sobol", "morris"):
        assert f"--design {kind} does not go with --correlate" in refused(pair, kind=kind)
        assert "legato sensitivity RUN" in refused(pair, kind=kind)


def test_what_is_bound_comes_back_from_a_manifest_and_in_fresh_points() -> None:
    design = correlated([f"{RATE},{INTENSITY}=0.8"], where=[f"{DECAY} < 0.3"])
    assert binding_of(design.binding.describe()) == design.binding
    others = fresh(design, 256, 7)
    assert ranks(others)[0, 1] == pytest.approx(0.8, abs=0.05)
    assert max(others.values(point)[DECAY] for point in range(256)) < 0.3


def table(folder: Path, text: str) -> Path:
    path = folder / "draws.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["lhs", "sequence"])
def test_rows_of_a_table_are_drawn_whole_and_by_their_weights(tmp_path: Path, kind: Any) -> None:
    file = table(tmp_path, "# draws\nbehaviour.decay,closing.month,weight\n0.1,20,1\n0.2,never,2\n0.3,30,0\n0.4,40,5\n")
    design = plan(SALEX, [f"{INTENSITY}=0:1"], kind=kind, points=256, table=file)
    drawn = Counter(tuple(design.values(point).values())[1:] for point in range(256))
    assert drawn == {(0.1, 20): 32, (0.2, "never"): 64, (0.4, 40): 160}
    assert [factor.key for factor in design.factors] == [INTENSITY, DECAY, "closing.month"]
    assert abs(np.asarray(np.corrcoef(design.shares[:, :2].T))[0, 1]) < 0.2
    others = fresh(design, 40, 3)
    assert {tuple(others.values(point).values())[1:] for point in range(40)} <= drawn.keys()


def test_a_posterior_is_a_table_like_any_other() -> None:
    design = plan(SALEX, [], kind="lhs", points=50, table=SHIPPED)
    posterior = scenarios.load("salex").posterior
    assert posterior is not None
    place = posterior.keys.index("behaviour.decay") if "behaviour.decay" in posterior.keys else 0
    key = posterior.keys[place]
    assert {design.values(point)[key] for point in range(50)} <= set(posterior.values[:, place].tolist())


def test_what_is_wrong_with_a_table_is_named(tmp_path: Path) -> None:
    def told(text: str, vary: list[str] = VARY[:2], **more: Any) -> str:
        with pytest.raises(ScenarioError) as error:
            plan(SALEX, vary, **{"kind": "lhs", "points": 9, "table": table(tmp_path, text), **more})
        return str(error.value)

    two = "behaviour.decay\n0.1\n0.2\n"
    assert "line 3: behaviour.decay is 7" in told("behaviour.decay\n0.1\n7\n")
    assert 'line 2: weight is "-1": allowed is 0 or more' in told("behaviour.decay,weight\n0.1,-1\n0.2,1\n")
    assert "the weights sum to 0" in told("behaviour.decay,weight\n0.1,0\n0.2,0\n")
    assert "behaviour.decay is both in" in told(two, VARY)
    assert "comes from the rows of a table" in told(two, correlate=[f"{RATE},{DECAY}=0.5"])
    assert "--design grid does not go with --table" in told(two, kind="grid", points=None)
    assert "--design sobol does not go with --table" in told(two, kind="sobol")
