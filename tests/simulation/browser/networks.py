"""Networks that tests watch month by month: between them everything happens that can."""

from pathlib import Path

import scenarios
from scenarios import Scenario
from tests.simulation.browser.pages import Watch
from tests.simulation.test_standing import standing


def roster(home: Path) -> Scenario:
    """Named members, of which two join later, out of their order in the file, and one leaves; ties are known."""
    rows = ["Zebra,water,r1,,", "Oak,health;water,r0,9,", "Ash,health,r1,,20", "Elm,water,r0,4,", "Fir,health,r0,,"]
    (home / "members.csv").write_text("\n".join(["name,interests,region,joins,leaves", *rows]) + "\n", encoding="utf-8")
    (home / "ties.csv").write_text("from,to,strength\nZebra,Oak,0.4\nElm,Ash,0.7\n", encoding="utf-8")
    files = [f"members.file={home / 'members.csv'}", f"members.ties={home / 'ties.csv'}"]
    return scenarios.load("salex", [*files, "grants.per_call=4"], scenarios.shipped_posterior())


def networks(home: Path) -> list[Watch]:
    """A posterior, members that join, names, a network that goes on from today, one that is renewed."""
    for name in ("roster", "today"):
        (home / name).mkdir()
    renewed = scenarios.load("renewal", ["behaviour.renewal_chance=1"], posterior=None)
    return [
        Watch(scenarios.load("salex", (), scenarios.shipped_posterior()), {}, 11, 5),
        Watch(scenarios.load("salex", posterior=None), {"network.joining": 1.5, "grants.per_call": 3}, 2**32 - 1, 9),
        Watch(roster(home / "roster"), {}, 3, 1),
        Watch(standing(home / "today", 14), {"grants.per_call": 4}, 2, 1),
        Watch(renewed, {}, 1, 2),
    ]
