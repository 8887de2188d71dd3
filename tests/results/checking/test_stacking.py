"""Legato and the rival mixed: the weight that scores best, chosen without the wave scored, and said in words."""

from dataclasses import replace

import numpy as np
import pytest

from results.checking.skill import Margin
from results.checking.skill_documents import skill_documents
from results.checking.skill_words import rival_sentences
from results.checking.stacking import Told, best_weight, mixed
from results.checking.survey_fit import Fit, fit
from results.studies.rival import RIVAL, SHIPPED_RIVAL
from scenarios.observed.waves import Waves
from tests.results.checking.steady_survey import SCENARIO, example


def told(seed: int, weight: float, pairs: int = 20_000) -> Told:
    """Two forecasts, and what happens by their mixture."""
    luck = np.random.default_rng(seed)
    legato, rival = luck.beta(0.6, 2, (2, pairs)).clip(0.01, 0.99)
    return Told(legato, rival, luck.random(pairs) < mixed(weight, legato, rival))


@pytest.mark.parametrize("weight", [0.0, 0.3, 0.8, 1.0])
def test_the_weight_is_found_by_which_it_was_mixed(weight: float) -> None:
    """Truth: the weight. Its standard error with 20,000 pairs is about .01; .06 is beyond four of them."""
    assert best_weight([[told(1, weight)]]) == pytest.approx(weight, abs=0.06)


def test_each_network_counts_the_same_whatever_its_number_of_waves() -> None:
    one, other = told(2, 1.0), told(3, 0.0)
    assert best_weight([[one], [other]]) == best_weight([[one] * 5, [other]])
    assert best_weight([[one] * 5 + [other]]) > best_weight([[one], [other]])


def three_waves() -> Waves:
    """The example, and its second wave once more a year later."""
    waves = example("survey")
    return replace(waves, months=(*waves.months, 24), told=waves.told[[0, 1, 1]], answered=waves.answered[[0, 1, 1]])


@pytest.fixture(scope="module")
def found() -> Fit:
    return fit(SCENARIO, three_waves(), networks=60)


def test_the_first_wave_goes_by_other_networks_and_later_ones_by_those_before(found: Fit) -> None:
    first, second = found.skill
    assert first.stack is not None
    assert second.stack is not None
    assert (first.stack.waves, first.stack.weight) == (0, SHIPPED_RIVAL.weight)
    assert second.stack.waves == 1
    assert first.rival == SHIPPED_RIVAL
    assert second.rival != SHIPPED_RIVAL
    assert "earlier" in second.rival.source


def test_nothing_of_the_scored_wave_goes_into_what_predicts_it(found: Fit) -> None:
    waves = three_waves()
    told = waves.told.copy()
    told[2] = np.where(np.isfinite(told[2]), 0.0, np.nan)
    other = fit(SCENARIO, replace(waves, told=told), networks=60)
    for mine, theirs in zip(found.skill, other.skill, strict=True):
        assert mine.rival == theirs.rival
        assert mine.stack is not None
        assert theirs.stack is not None
        np.testing.assert_array_equal(mine.stack.chance, theirs.stack.chance)


def test_a_mixture_lies_between_the_two(found: Fit) -> None:
    for wave in found.skill:
        assert wave.pairs is not None
        assert wave.stack is not None
        low = np.minimum(wave.pairs.chance, wave.pairs.given[RIVAL]) - 1e-12
        high = np.maximum(wave.pairs.chance, wave.pairs.given[RIVAL]) + 1e-12
        assert ((wave.stack.chance >= low) & (wave.stack.chance <= high)).all()


def with_margin(found: Fit, margin: Margin) -> Fit:
    wave = found.skill[0]
    assert wave.pairs is not None
    return replace(
        found, skill=(replace(wave, pairs=replace(wave.pairs, margins={**wave.pairs.margins, RIVAL: margin})),)
    )


@pytest.mark.parametrize(
    ("margin", "words", "better"),
    [
        (Margin(-0.3, -0.5, -0.1), "The rival predicts better here", "rival"),
        (Margin(0.3, 0.1, 0.5), "Legato predicts better here", "legato"),
        (Margin(0.1, -0.1, 0.3), "Neither predicts clearly better here", None),
    ],
)
def test_who_predicts_better_is_said(found: Fit, margin: Margin, words: str, better: str | None) -> None:
    shown = with_margin(found, margin)
    (said,) = rival_sentences("mine", shown)
    assert words in said
    assert f"{margin.value:.2f}" in said
    (document,) = skill_documents([shown], ["mine"])
    assert document["rival"]["better"] == better
    assert document["stack"] is not None
    assert document["stack"]["weight"] == SHIPPED_RIVAL.weight
    assert document["pairs"] is not None
    assert RIVAL in {rule["rule"] for rule in document["pairs"]["rules"]}
