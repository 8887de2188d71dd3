"""A network exported in the middle of its course, and the run that goes on from its files."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest

import results
import scenarios
from scenarios import Scenario, value_of
from scenarios.files.faults import RequestError
from simulation import draws
from simulation.model.network import CollaborationNetwork
from simulation.model.reference import let_go
from simulation.outcomes import MONTHLY_NAMES

MONTH = 13
SEED, REPLICATE = 5, 3
NOT_TOLD = {"translation"}
"""What is translated later, of evidence taken up before today, stands in no file."""


def network(home: Path) -> Scenario:
    rows = [
        f"Member {k},t{k % 3}:2;t{3 + k % 2},r{k % 4},{ {4: 5, 9: 20}.get(k, '') },{ {2: 8, 6: 18}.get(k, '') },"
        f"{'yes' if k < 2 else 'no'},0.{k % 9}"
        for k in range(16)
    ]
    table = ["name,interests,region,joins,leaves,champion,need", *rows]
    (home / "members.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    ties = [f"Member {k},Member {(5 * k + 3) % 16},0.{k % 6 + 2}" for k in range(16) if k != (5 * k + 3) % 16]
    (home / "ties.csv").write_text("\n".join(["from,to,strength", *dict.fromkeys(ties)]) + "\n", encoding="utf-8")
    changes = {"grants.window": 6, "behaviour.turnover": 0.4, "behaviour.attrition": 0.01, "closing.follow_up": 13}
    said = [f"members.file={home / 'members.csv'}", f"members.ties={home / 'ties.csv'}"]
    return scenarios.load("salex", said + [f"{key}={value}" for key, value in changes.items()], posterior=None)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Scenario]:
    """A network, and what goes on from its files."""
    home = tmp_path_factory.mktemp("state")
    asked = network(home)
    results.Export(asked, form="state", month=MONTH, replicate=REPLICATE, seed=SEED, out=home / "out").answer()
    return asked, scenarios.load(home / "out" / "salex-today.toml", posterior=None)


def lived(scenario: Scenario, months: int) -> CollaborationNetwork:
    model = CollaborationNetwork(scenario, seed=SEED, replicate=REPLICATE)
    while model.month < months:
        model.step()
    return model


def course(model: CollaborationNetwork) -> dict[str, np.ndarray]:
    model.run()
    let_go(model)
    return dict(zip(MONTHLY_NAMES, np.array(model.stock)[MONTH:].T, strict=True))


def test_with_its_own_luck_it_is_the_run_that_it_came_from(exported: tuple[Scenario, Scenario]) -> None:
    """Every month and outcome: whatever were left out of the files, or read otherwise, would show in some of them."""
    asked, going_on = exported
    whole, rest = (course(lived(one, MONTH)) for one in (asked, going_on))
    assert whole["collaborations"][0] >= 3
    assert going_on.roster is not None
    assert going_on.roster.standing is not None
    assert going_on.roster.standing.waiting, "somebody waits for a grant"
    assert whole["collaborations"][-1] != whole["collaborations"][0]
    for name in set(MONTHLY_NAMES) - NOT_TOLD:
        np.testing.assert_allclose(rest[name], whole[name], rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("file", ["ties", "collaborations", "representatives", "so_far"])
def test_what_is_missing_from_the_files_is_noticed(
    exported: tuple[Scenario, Scenario], file: str, tmp_path: Path
) -> None:
    """What the test above would notice: one tie, one collaboration, one amount; all representatives."""
    asked, going_on = exported
    key = "network.so_far" if file == "so_far" else f"members.{file}"
    head, *rows = Path(value_of(going_on, key)).read_text(encoding="utf-8").splitlines()
    kept = [] if file == "representatives" else rows[1:]  # a single one seldom decides who comes to a meeting
    less = tmp_path / f"{file}.csv"
    less.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    whole, rest = (course(lived(one, MONTH)) for one in (asked, scenarios.replace(going_on, {key: str(less)})))
    assert any(not np.allclose(rest[name], whole[name], rtol=1e-9, atol=1e-9) for name in whole.keys() - NOT_TOLD)


def other_lucks(model: CollaborationNetwork, count: int) -> Iterator[CollaborationNetwork]:
    """The same network from this month on, with other luck each time."""
    for seed in range(100, 100 + count):
        again = deepcopy(model)
        again.luck = draws.Luck(seed, REPLICATE).of(model.words.tolist(), model._who.topics.tolist())
        yield again


@pytest.mark.parametrize("count", [12, pytest.param(100, marks=pytest.mark.slow)])
def test_with_other_luck_it_goes_on_as_the_run_that_it_came_from(
    exported: tuple[Scenario, Scenario], count: int
) -> None:
    """Luck by luck: both go on with the same, so that no tolerance for luck is needed.

    Evidence on its way is drawn again by the months in which it was made, since no file tells of it; here both have
    that of the first. A collaboration, tie, partner or level that is another one shows in some month of some luck.
    """
    asked, going_on = exported
    whole, rest = lived(asked, MONTH), lived(going_on, MONTH)
    pieces = [sorted(one.evidence_due) for one in (whole, rest)]
    assert pieces[0] == pieces[1]
    differ = 0
    for one, other in zip(other_lucks(whole, count), other_lucks(rest, count), strict=True):
        first, second = course(one), course(other)
        for name in set(MONTHLY_NAMES) - NOT_TOLD:
            np.testing.assert_allclose(second[name], first[name], rtol=1e-9, atol=1e-9, err_msg=name)
        differ += first["collaborations"][-1] != course(deepcopy(whole))["collaborations"][-1]
    assert differ > count / 2, "other luck is another course"


def test_what_a_run_cannot_go_on_from_is_refused(exported: tuple[Scenario, Scenario], tmp_path: Path) -> None:
    asked, _ = exported
    with pytest.raises(RequestError, match=r"month: 25; .* allowed is 1 to 24"):
        results.Export(asked, form="state", month=25, out=tmp_path / "late").answer()
    with pytest.raises(RequestError, match="month: 0"):
        results.Export(asked, form="state", month=0, out=tmp_path / "early").answer()
    drawn = scenarios.load("salex", ["network.joining=0.5"], posterior=None)
    with pytest.raises(RequestError, match=r"network\.joining is 0\.5"):
        results.Export(drawn, form="state", month=9, out=tmp_path / "joining").answer()
    assert not list(tmp_path.iterdir()), "nothing is written"
