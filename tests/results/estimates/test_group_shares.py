"""Which group of keys makes how much: known shares are found again, and luck alone is no finding."""

import numpy as np
import pytest

from results.estimates.group_shares import group_shares
from results.estimates.key_groups import GROUPS, group_of
from results.words.finding_out import find_out_first
from scenarios import KEYS, Posterior

KEYS_USED = ("behaviour.trust_convening", "behaviour.initiative", "behaviour.end_hazard")


def made(seed: int, trust: float, search: float, luck: float) -> tuple[np.ndarray, Posterior]:
    """800 networks of 400 sets of parameters, whose outcome is a sum of two standardized keys and luck."""
    random = np.random.default_rng(seed)
    unit = random.random((400, 3))
    values = np.array([0.15, 0.15, 0.03]) + unit * np.array([0.3, 0.35, 0.09])
    posterior = Posterior(KEYS_USED, values, np.full(400, 1 / 400))
    of = (unit - 0.5) * np.sqrt(12)
    particle = posterior.particles_of(0, 800)
    return trust * of[particle, 0] + search * of[particle, 1] + luck * random.normal(size=800), posterior


def test_shares_of_a_sum_are_the_squares_of_its_parts() -> None:
    """Parts of 2 and 1 with luck 1: shares .8, .2 and 0. The errors said are .02 to .03; four of them are .12."""
    values, posterior = made(1, 2.0, 1.0, 1.0)
    found = {one.group: one for one in group_shares(values, posterior)}
    assert list(found) == ["trust", "search", "working"]
    assert found["trust"].share == pytest.approx(0.8, abs=0.12)
    assert found["search"].share == pytest.approx(0.2, abs=0.12)
    assert found["working"].share == pytest.approx(0.0, abs=0.05)
    assert all(0.001 < one.error < 0.06 for one in found.values())
    said = find_out_first(list(found.values()), "survival")
    assert said.startswith("What to find out first about survival: how trust grows and fades (")
    assert "collaborations end" not in said


def test_the_errors_said_are_those_made() -> None:
    """Of 40 shares whose truth is .8, those within two errors are 38 on average, and 32 or more but once in 10,000."""
    inside = 0
    for seed in range(40):
        one = group_shares(*made(seed, 2.0, 1.0, 1.0))[0]
        inside += abs(one.share - 0.8) < 2 * one.error
    assert inside >= 32


def test_luck_alone_is_said_nothing_of() -> None:
    values, posterior = made(2, 0.0, 0.0, 1.0)
    assert group_shares(values, posterior) == ()
    assert find_out_first((), "survival") == ""
    assert group_shares(values[:20], posterior) == (), "ten sets of parameters are too few"


def test_missing_values_are_left_out() -> None:
    values, posterior = made(3, 2.0, 1.0, 1.0)
    values[::7] = np.nan
    assert group_shares(values, posterior)[0].share == pytest.approx(0.8, abs=0.14)


def test_every_key_has_a_group_of_its_kind() -> None:
    assert {group_of(key) for key in KEYS} == set(GROUPS)
    wanted = {
        "behaviour.trust_power": "search", "behaviour.yes_base": "search", "behaviour.trust_work": "trust",
        "behaviour.end_trust": "working", "behaviour.funded_evidence": "evidence", "behaviour.closed_hazard": "closing",
        "behaviour.notice_shock": "closing", "behaviour.leave_chance": "engagement", "costs.backbone": "costs",
        "facilitation.encounters": "facilitation", "members.need": "members",
    }  # fmt: skip
    assert {key: group_of(key) for key in wanted} == wanted
