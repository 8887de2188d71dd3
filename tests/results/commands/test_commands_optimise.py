"""A notebook looks for the best use of a budget as the command line does."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from results.commands.optimise import Optimise
from results.optimising.search import NothingFeasibleError
from scenarios import ScenarioError
from scenarios.files.faults import RequestError

CHANGED = "salex: facilitation.intensity=0.5"
SMALL = {"network.members": "8", "closing.month": "8", "closing.notice": "2", "closing.follow_up": "13"}
SET = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]


def test_it_gets_the_same_document_and_the_same_table(tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    found = Optimise(
        CHANGED, budget=1e9, levers="grants.per_call=0,1,2", trials=3, settings=SMALL, replicates=4, final=4, out=here,
        figures=False,
    ).answer()  # fmt: skip
    words = [CHANGED, "--budget", "1e9", "--lever", "grants.per_call=0,1,2", "--trials", "3", *SET, "--replicates", "4"]
    told = CliRunner().invoke(
        cli.main, ["optimise", *words, "--final", "4", "--no-figures", "--json", "--out", str(there)]
    )
    assert json.loads(told.stdout) == {**json.loads(json.dumps(found.document)), "run_folder": str(there)}
    for name in ("candidates.parquet", "said.json"):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    assert found.optimum.question.scenario.facilitation.intensity == 0.5
    assert found.to_frame()["grants.per_call"].nunique() == 4  # with the plan, which is none of the three
    assert "<table>" in found._repr_html_()


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        (Optimise("salex", budget=1, levers="grants.per_call", outcomes="survivals"), "outcomes", "survival"),
        (Optimise("salex", budget=1, levers="grants.per_call", settings={"grants.per_call": "1"}), "levers", "both"),
        (Optimise(CHANGED, budget=1, levers=["facilitation.intensity"]), "levers", "both in 'salex: "),
    ],
)
def test_what_is_wrong_names_the_field(asked: Optimise, field: str, words: str) -> None:
    with pytest.raises(RequestError, match=re.escape(words)) as refused:
        asked.answer()
    assert refused.value.field == field


def test_what_cannot_be_a_lever_and_what_no_money_buys_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="nobody decides it"):
        Optimise("salex", budget=1, levers="behaviour.initiative").answer()
    asked = Optimise(
        "salex", budget=1, levers="grants.per_call=0,2", trials=2, settings=SMALL, replicates=2, final=2,
        out=tmp_path / "run",
    )  # fmt: skip
    with pytest.raises(NothingFeasibleError, match=f"Run folder: {tmp_path / 'run'}"):
        asked.answer()
