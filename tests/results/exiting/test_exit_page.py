"""What docs/exit.md says of SALEX is what its command gives."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli

PAGE = Path(__file__).resolve().parents[3] / "docs" / "exit.md"


def half(one: dict[str, float], times: float, places: int) -> str:
    return f"{times * one['mean']:.{places}f} ± {times * (one['high'] - one['low']) / 2:.{places}f}"


def asked(there: Path, *words: str) -> dict[str, Any]:
    line = ["exit", "salex", *words, "--no-figures", "--json", "--out", str(there)]
    told = CliRunner().invoke(cli.main, line, catch_exceptions=False)
    document: dict[str, Any] = json.loads(told.stdout)
    return document


@pytest.mark.slow
def test_the_page_on_exits_says_of_salex_what_its_command_gives(tmp_path: Path) -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    found = asked(tmp_path / "run", "--decide-again", "18")
    best, planned = found["winner"], found["planned"]
    assert f"For SALEX {found['plans']} plans are left" in page
    assert best["plan"]["told"] == 13
    assert best["plan"]["changes"] == {
        "closing.notice": 12, "closing.wind_down_months": 6, "closing.capstone": False, "closing.handover": True,
    }  # fmt: skip
    for outcome, times, places in (("legacy_rate", 100, 0), ("surviving", 1, 1)):
        row = " | ".join(half(one["outcomes"][outcome], times, places) for one in (planned, best))
        assert row in page
    assert " | ".join(half(one["rest"], 1e-3, 0) for one in (planned, best)) in page
    (lead,) = (one for one in planned["winner_less_this"] if one["outcome"] == "legacy_rate")
    assert f"by {half(lead, 100, 0)} percentage points" in page

    elements = {one["told"]: one for one in found["elements"]}
    handover = elements["a handover plan"]
    assert f"adds {half(handover['changes'][0], 100, 1)} points" in page
    assert f"over {handover['pairs']} pairs of plans" in page
    for told_of, words_of in (
        ("a handover plan", "for {cost:.0f} thousand USD"),
        ("in full, not 60 % for 6 months", "adds {change:.1f} points for {cost:.0f} thousand"),
        ("a capstone event", "a capstone event {change:.1f} points for {cost:.0f} thousand"),
        ("steps over 12 months, not 60 % for 6 months", "take {change:.1f} points away and save {cost:.0f} thousand"),
        ("told 3 months ahead, not 6", "{change:.1f} points less"),
        ("told 12 months ahead, not 6", "twelve: {change:.1f} more"),
    ):
        one = elements[told_of]
        change, cost = abs(100 * one["changes"][0]["mean"]), abs(one["cost"]["mean"] / 1000)
        assert words_of.format(change=change, cost=cost) in page, told_of

    again = found["decide_again"]
    gain = again["gain"]
    assert f"below {100 * again['rule']['threshold']:.0f} %" in page
    assert again["rule"]["outcome"] == "active_rate"
    mean, low, high = (abs(100 * gain[end]) for end in ("mean", "low", "high"))
    assert f"gains {mean:.1f} points (95 %: {low:.1f} less to {high:.1f} more)" in page

    (known,) = (one for one in found["worth_knowing"]["keys"] if one["is_clear"])
    assert f"(`{known['key']}`), and it is worth {100 * known['worth']:.1f} points" in page


@pytest.mark.slow
def test_the_page_on_exits_says_what_a_fifth_less_would_buy(tmp_path: Path) -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    found = asked(tmp_path / "run", "--budget", "450000")
    best, planned = found["winner"], found["planned"]
    plan = best["plan"]
    assert (plan["told"], plan["shape"], plan["going_down"], plan["handover"]) == (13, "steps", 12, True)
    less = (planned["rest"]["mean"] - best["rest"]["mean"]) / 1000
    assert f"costs {half(best['rest'], 1e-3, 0)} thousand USD after month 12" in page
    assert f"and {half(best['outcomes']['legacy_rate'], 100, 0)} % of the members" in page
    assert f"for {less:.0f} thousand less" in page
