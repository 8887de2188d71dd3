"""A notebook explains a difference as the command line does."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from results.commands.explain import Explain, ExplainAnswer
from results.verifying.verify import verify
from scenarios.files.faults import RequestError

SMALL = {"network.members": "8", "closing.month": "8", "closing.notice": "2", "closing.follow_up": "13"}


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> ExplainAnswer:
    asked = ["salex", "salex: grants.per_call=0, facilitation.intensity=0.2"]
    out = tmp_path_factory.mktemp("explained") / "run"
    return Explain(asked, settings=SMALL, replicates=6, out=out, figures=False).answer()


def test_it_gets_the_same_document_and_the_same_tables(explained: ExplainAnswer, tmp_path: Path) -> None:
    words = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
    asked = ["explain", "salex", "salex: grants.per_call=0, facilitation.intensity=0.2", *words, "--replicates", "6"]
    printed = CliRunner().invoke(cli.main, [*asked, "--no-figures", "--json", "--out", str(tmp_path / "run")])
    document = json.loads(printed.stdout)
    assert document.pop("run_folder") == str(tmp_path / "run")
    assert document == json.loads(json.dumps(explained.document))
    for name in ("parts.parquet", "said.json"):
        assert (tmp_path / "run" / name).read_bytes() == (explained.folder / name).read_bytes()


def test_its_parts_add_up_in_the_frame_too(explained: ExplainAnswer) -> None:
    changed = {key for part in explained.explanation.parts for key in part.change.keys}
    assert changed == {"grants.per_call", "facilitation.intensity"}
    assert explained.to_frame()["mean"].sum() == pytest.approx(explained.explanation.difference.mean)
    assert len(explained.ensembles) == 4
    assert "<table>" in explained._repr_html_()
    assert verify(explained.folder, None).holds


def test_what_is_wrong_names_the_field() -> None:
    for asked, field, words in (
        (Explain(["salex"]), "scenarios", "found 1"),
        (Explain(["salex", "sparc"], outcome="survivals"), "outcome", "did you mean survival?"),
    ):
        with pytest.raises(RequestError, match=words.replace("?", r"\?")) as refused:
            asked.answer()
        assert refused.value.field == field
