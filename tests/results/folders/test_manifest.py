"""The manifest of a run folder: one type, the same bytes again, and a refusal in words for what is none."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from results.folders import manifest as module
from results.folders.manifest import MANIFEST, FolderError, Manifest, manifest_now, read_manifest

INPUTS: dict[str, Any] = {"command": "compare", "seed": 1, "scenarios": {"salex": {"title": "Été"}, "other": {}}}


def a_manifest(**state: Any) -> Manifest:
    return manifest_now(("legato", "compare", "a b.toml"), INPUTS, finished=bool(state), **state)


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"failed": 0, "content": "00"},
        {"precision": {"reached": 0.01}, "tables": {}, "content": "00"},
        {"tables": {"outcomes/salex.parquet": "ff"}, "content": "00"},
    ],
    ids=["begun", "a sweep", "to a precision", "tables"],
)
def test_what_is_written_is_read_again_and_written_to_the_same_bytes(tmp_path: Path, state: dict[str, Any]) -> None:
    ours = a_manifest(**state)
    ours.write(tmp_path)
    before = (tmp_path / MANIFEST).read_bytes()

    there = read_manifest(tmp_path)
    assert there == ours
    there.write(tmp_path)
    assert (tmp_path / MANIFEST).read_bytes() == before
    first = ["command_line", "written", "versions", "model", "machine", "inputs", "finished"]
    assert list(json.loads(before)) == [*first, *state], "what is not known is left out"


def test_the_line_is_as_it_would_be_typed() -> None:
    assert a_manifest().line == "legato compare 'a b.toml'"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "3", "null", "{}", '{"inputs": 3, "finished": true}', '{"inputs": {"command": "run"}}', "\x00\xff"]
    + [json.dumps({"inputs": {**INPUTS, key: 3}, "finished": True}) for key in ("command", "scenarios")],
)
def test_what_is_no_manifest_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="latin-1")
    with pytest.raises(FolderError, match="cannot be read as a run's folder"):
        read_manifest(tmp_path)


def test_where_there_is_none_it_says_of_what_it_should_have_been(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"is not a sweep's folder: there is no manifest\.json"):
        read_manifest(tmp_path, "sweep")


def test_the_model_and_the_machine_are_told_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = a_manifest()
    assert (ours.another_model, ours.is_of_this_machine) == (None, True)
    other = replace(ours, model="0123", versions={"legato": "0.1.0"}).another_model
    assert other is not None
    assert all(word in other for word in ("0123 there", "Legato 0.1.0"))
    monkeypatch.setattr(module, "machine_kind", lambda: "another")
    assert not ours.is_of_this_machine
