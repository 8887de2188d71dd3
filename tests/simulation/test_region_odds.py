"""Region counts by pairs: the odds of a stranger from home are the same with 3 regions or 30, where a share is not."""

from math import sqrt
from pathlib import Path
from typing import Any

import pytest

import scenarios
from scenarios import KEYS, Scenario
from simulation import historian, rules
from tests.shared import PLAIN, twins_agree

MEMBERS = 60
QUIET: dict[str, Any] = {
    **PLAIN,
    "facilitation.intensity": 0,
    "behaviour.initiative": 0,
    "behaviour.attrition": 0,
    "behaviour.leave_chance": 0,
    "behaviour.friend_of_friend": 0,
    "behaviour.decay": 1,
    "behaviour.ageing": 0,
    "behaviour.embedding": 0,
    "behaviour.contact_rate": 0.05,
    "grants.per_call": 0,
    "closing.month": "never",
    "network.months": 300,
}


def of_regions(folder: Path, regions: int, **more: Any) -> Scenario:
    """60 members with one interest, as many in each region; ties are lost each month, so all are strangers."""
    rows = "".join(f"m{number},x,r{number % regions}\n" for number in range(MEMBERS))
    (folder / "members.csv").write_text("name,interests,region\n" + rows, encoding="utf-8")
    keys = {"members.file": str(folder / "members.csv"), **QUIET, **more}
    return scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)


def contacts(asked: Scenario, regions: int) -> tuple[int, int]:
    """Contacts of two from the same region, and all, over three replicates."""
    told, near, count = historian(asked, seed=1, months=[300]), 0, 0
    for replicate in range(3):
        met = told(replicate).chronicle.of(rules.CONTACT)
        near += int((met.one % regions == met.other % regions).sum())
        count += len(met.one)
    return near, count


@pytest.mark.parametrize("regions", [3, 30])
@pytest.mark.parametrize("odds", [1.0, 5.0])
def test_each_pair_from_one_region_has_the_odds_however_many_regions_there_are(
    tmp_path: Path, regions: int, odds: float
) -> None:
    """Of n strangers from home and m from elsewhere: odds n / (odds n + m) of the contacts stay at home."""
    keys = {"behaviour.region_odds": odds, "behaviour.own_region": 0}
    near, count = contacts(of_regions(tmp_path, regions, **keys), regions)
    home = MEMBERS // regions - 1
    share = odds * home / (odds * home + MEMBERS - 1 - home)
    assert count > 2000
    assert abs(near - count * share) < 4 * sqrt(count * share * (1 - share))


def test_a_share_is_other_odds_with_other_numbers_of_regions(tmp_path: Path) -> None:
    """What own_region does wrong: one value is odds of 5 with 3 regions, and of more than 50 with 30."""
    odds = []
    for regions in (3, 30):
        near, count = contacts(of_regions(tmp_path, regions, **{"behaviour.own_region": 0.5}), regions)
        home = MEMBERS // regions - 1
        odds.append(near / (count - near) * (MEMBERS - 1 - home) / home)
    assert odds[0] < 6
    assert odds[1] > 10 * odds[0]


def test_the_rule_on_paper() -> None:
    assert rules.stranger_chance(1.0, 2.0, 1.0, 3.0, True, 5.0) == 0.5
    assert rules.stranger_chance(1.0, 2.0, 1.0, 3.0, False, 5.0) == pytest.approx(0.1)


def test_both_twins_agree() -> None:
    keys = {"behaviour.region_odds": 6, "behaviour.own_region": 0.2, "behaviour.contact_rate": 0.5}
    keys |= {"behaviour.cold_share": 0.5, "behaviour.yes_cold": -1, "behaviour.contact_interest": 1}
    keys |= {"members.activity_spread": 0.6, "closing.month": 10, "closing.notice": 2, "closing.follow_up": 3}
    asked = scenarios.load("salex", [f"{key}={value}" for key, value in keys.items()], posterior=None)
    twins_agree(asked, replicates=3)


def test_no_kind_of_facilitated_encounter_is_taken_to_be_worth_more_before_it_is_learned() -> None:
    assert {KEYS[f"behaviour.trust_{kind}"].prior for kind in ("convening", "group", "introduction")} == {(0.05, 0.45)}
