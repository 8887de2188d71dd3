"""A score that an emulator answers for in part: the same posterior from far fewer sets of parameters that are run."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from results.calibrating import abc_smc
from results.calibrating.emulated_score import FAR, EmulatedScore
from results.calibrating.posterior_summary import Free
from tests.shared import ONE_PATTERN, ask, document, needs

pytestmark = [needs("sklearn"), needs("pyabc")]
FREE = (Free("a", 0.0, 1.0, whole=False), Free("b", 0.0, 1.0, whole=False))
MIDDLE, SPREAD = np.array([0.6, 0.35]), np.array([0.08, 0.06])


class Counted:
    """A normal log likelihood of known middle and spread, with luck of its own at each set, and who asks for it."""

    def __init__(self, luck: float = 0.0) -> None:
        self.luck, self.asked = luck, 0

    def __call__(self, particle: Mapping[str, float]) -> float:
        """The log likelihood."""
        self.asked += 1
        place = np.array([particle["a"], particle["b"]])
        own = np.random.default_rng((place * 2**31).astype(np.int64)).standard_normal()
        return float(-0.5 * np.sum(((place - MIDDLE) / SPREAD) ** 2) + self.luck * own)


def learned(luck: float) -> tuple[Counted, EmulatedScore, np.ndarray, np.ndarray]:
    counted = Counted(luck)
    emulated = EmulatedScore(FREE, counted, seed=1)
    found = abc_smc.calibrate(FREE, emulated, particles=100, seed=1)
    assert found.finished
    mean = found.weights @ found.values
    return counted, emulated, mean, np.sqrt(found.weights @ (found.values - mean) ** 2)


@pytest.mark.parametrize("luck", [0.0, pytest.param(0.3, marks=pytest.mark.slow)])
def test_a_known_posterior_is_found_with_far_fewer_sets_run(luck: float) -> None:
    """100 particles know a mean to a tenth of the posterior's spread, and a spread to 7 %; four of these here."""
    counted, emulated, mean, spread = learned(luck)
    asked = emulated.asked
    assert counted.asked == asked.run
    assert asked.run < (asked.run + asked.ruled_out + asked.known) / (20 if luck == 0 else 3)
    assert asked.ruled_out > 0
    assert np.abs(mean - MIDDLE) == pytest.approx(0, abs=4 * 0.08 / np.sqrt(100))
    assert spread == pytest.approx(SPREAD, rel=0.28)


def test_what_is_implausible_is_not_run_and_what_may_be_good_is() -> None:
    counted = Counted()
    emulated = EmulatedScore(FREE, counted, seed=1)
    emulated({"a": 0.6, "b": 0.35})
    before = counted.asked
    assert emulated({"a": 0.0, "b": 1.0}) < -FAR
    assert counted.asked == before
    assert emulated.asked.ruled_out == 1
    rough = EmulatedScore(FREE, Counted(luck=3.0), seed=1)
    near = rough.asked.run
    for share in np.linspace(0.5, 0.7, 12).tolist():
        rough({"a": share, "b": 0.35})
    assert rough.asked.run > near, "where luck hides the likelihood, networks are run"


def test_the_same_seed_gives_the_same_answers() -> None:
    places = np.random.default_rng(2).random((60, 2)).tolist()
    one, other = (EmulatedScore(FREE, Counted(0.2), seed=4) for _ in range(2))
    assert [one({"a": a, "b": b}) for a, b in places] == [other({"a": a, "b": b}) for a, b in places]
    assert one.asked == other.asked


def test_the_command_says_how_many_sets_were_run_and_goes_on_after_a_stop(tmp_path: Path) -> None:
    study = tmp_path / "study.toml"
    study.write_text(ONE_PATTERN)
    words = [str(study), "--free", "behaviour.initiative", "--particles", "10", "--replicates", "4", "--generations",
             "2", "--emulate", "--no-figures"]  # fmt: skip
    found = document("calibrate", *words, "--out", str(tmp_path / "one"))
    asked = found["emulated"]
    assert asked["run"] >= 30
    again = document("calibrate", *words, "--out", str(tmp_path / "one"))
    assert again["emulated"] == asked
    assert ask("verify", str(tmp_path / "one")).exit_code == 0
    refused = ask("calibrate", *words, "--method", "bank")
    assert refused.exit_code == 2
    assert "--emulate belongs to --method abc-smc" in refused.stderr
