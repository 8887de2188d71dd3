"""The rival: monthly hazards that hold for any gap, are found again from what they made, and look at nothing later."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from results.estimates.scores import auc
from results.studies.baselines import Seen
from results.studies.rival import (
    COVARIATES,
    SHIPPED_RIVAL,
    Gap,
    Rival,
    covariates_of,
    rival_chances,
    rival_networks,
    tied_after,
)
from results.studies.rival_fitting import fit_rival, fitted_further

TRUTH = Rival((-3.0, 2.0, 0.8, 0.3, 0.7, 1.0, 0.5), (-3.0, -1.0, -0.8, 0.4, -0.5, -1.0, 0.0), "truth")


def gap(seed: int, members: int = 60, months: int = 3, facilitation: float = 0.0, truth: Rival = TRUTH) -> Gap:
    """Two waves, the later one as the truth's chances have it."""
    luck = np.random.default_rng(seed)
    tie = np.triu(luck.random((members, members)) < 0.15, 1)
    asked = np.triu(np.ones((members, members), np.bool_), 1)
    seen = Seen(tie | tie.T, tie, asked, luck.dirichlet(np.ones(4), members), luck.integers(0, 3, members))
    blank = Gap(seen, months, facilitation, False)
    now = np.triu(luck.random((members, members)) < rival_chances(truth, blank), 1)
    return replace(blank, seen=replace(seen, now=now | now.T))


@pytest.mark.parametrize("months", [1, 2, 12, 60])
def test_a_gap_is_that_many_months_of_the_chain(months: int) -> None:
    """Truth: the two-state chain, month by month; to rounding."""
    forms, ends = np.array([0.02, 0.3, 0.0, 0.7]), np.array([0.05, 0.4, 0.1, 0.9])
    for start in (False, True):
        tied = np.full(4, float(start))
        for _ in range(months):
            tied = tied * (1 - ends) + (1 - tied) * forms
        np.testing.assert_allclose(tied_after(months, forms, ends, np.full(4, start)), tied, atol=1e-12)


def test_where_nothing_ever_happens_nothing_changes() -> None:
    nothing = np.zeros(2)
    assert tied_after(12, nothing, nothing, np.array([False, True])).tolist() == [0.0, 1.0]


def test_coefficients_are_found_again_from_what_they_made() -> None:
    """Truth: the coefficients above. 12 gaps of 60 members (21,000 pairs), two lengths, two levels of facilitation.

    Half a unit is more than three standard errors (.05 to .15) beside the pull of the ridge and the networks' own
    constants; a covariate left out, or months that are not converted, is off by .7 and more.
    """
    gaps = {str(seed): [gap(seed, months=3 + 9 * (seed % 2), facilitation=float(seed % 4 > 1))] for seed in range(12)}
    found = fit_rival(gaps)
    for got, true in zip((found.forming, found.ending), (TRUTH.forming, TRUTH.ending), strict=True):
        by, wanted = dict(zip(COVARIATES, got, strict=True)), dict(zip(COVARIATES, true, strict=True))
        for name in ("interest", "partners", "activity", "region", "facilitation"):
            assert by[name] == pytest.approx(wanted[name], abs=0.5), name
    one = gap(99)
    difference = rival_chances(found, one) - rival_chances(TRUTH, one)
    assert np.abs(difference).mean() < 0.03


def test_what_it_knows_is_the_earlier_wave_alone() -> None:
    one = gap(1)
    other = replace(one, seen=replace(one.seen, now=~one.seen.now))
    np.testing.assert_array_equal(rival_chances(SHIPPED_RIVAL, one), rival_chances(SHIPPED_RIVAL, other))
    np.testing.assert_array_equal(rival_networks(TRUTH, one, 2, 1), rival_networks(TRUTH, other, 2, 1))


def test_earlier_waves_teach_it_and_what_they_do_not_tell_stays() -> None:
    """Facilitation is 0 in all of them, so that its coefficients have nothing to learn from."""
    earlier, later = [gap(seed) for seed in (1, 2)], gap(3)
    taught = fitted_further(SHIPPED_RIVAL, earlier)
    place = COVARIATES.index("facilitation")
    assert taught.forming[place] == pytest.approx(SHIPPED_RIVAL.forming[place], abs=1e-4)
    assert fitted_further(SHIPPED_RIVAL, []) is SHIPPED_RIVAL
    assert taught.weight == SHIPPED_RIVAL.weight

    def log_score(rival: Rival) -> float:
        chance = rival_chances(rival, later)[later.seen.asked]
        return float(-np.log(np.where(later.seen.now[later.seen.asked], chance, 1 - chance)).mean())

    assert log_score(TRUTH) < log_score(taught) < log_score(SHIPPED_RIVAL)


def ties(networks: NDArray[np.bool_]) -> float:
    return float(networks.sum(axis=(1, 2)).mean() / 2)


def test_networks_of_one_month_have_the_chances_of_one_month() -> None:
    """Truth: the chances. 200 networks; 4.5 standard errors of each pair's share, beyond which is 1 in 150,000."""
    one = gap(5, members=30, months=1)
    share = rival_networks(TRUTH, one, 200, 1).mean(axis=0)[one.seen.asked]
    chance = rival_chances(TRUTH, one)[one.seen.asked]
    assert (np.abs(share - chance) < 4.5 * np.sqrt(chance * (1 - chance) / 200) + 1e-9).all()
    assert auc(chance, one.seen.now[one.seen.asked]) > 0.6


def test_luck_is_keyed_and_networks_are_symmetric() -> None:
    one = gap(6, members=30, months=6)
    networks = rival_networks(TRUTH, one, 12, 1)
    np.testing.assert_array_equal(networks, np.swapaxes(networks, 1, 2))
    assert not networks[:, np.arange(30), np.arange(30)].any()
    np.testing.assert_array_equal(networks[:5], rival_networks(TRUTH, one, 5, 1))
    assert (networks != rival_networks(TRUTH, one, 12, 2)).any()


def test_what_cannot_end_does_not_and_simulated_networks_do_not_run_full() -> None:
    lasting = replace(gap(7, months=24), lasting=True)
    before = lasting.seen.before
    assert (rival_networks(TRUTH, lasting, 3, 1) >= before).all()
    assert (rival_chances(TRUTH, lasting)[np.triu(before)] == 1).all()
    many = rival_networks(SHIPPED_RIVAL, gap(8, months=60), 4, 1)
    assert ties(many) < 2 * ties(gap(8).seen.before[None]), "each new tie makes common partners for others"


def test_covariates_stand_in_their_order() -> None:
    table = covariates_of(gap(9, facilitation=0.4))
    assert table.shape[1] == len(COVARIATES) == len(SHIPPED_RIVAL.forming) == len(SHIPPED_RIVAL.ending)
    assert (table[:, COVARIATES.index("facilitation")] == 0.4).all()
    for name in ("interest", "partners", "region"):
        assert table[:, COVARIATES.index(name)].mean() == pytest.approx(0, abs=1e-12)
