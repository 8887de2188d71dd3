"""`legato reproduce`: a run made again from its folder alone, or from an archive, and every file compared."""

import json
import shutil
import stat
import tarfile
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import cli
import results
from results.folders.files import as_json, write
from results.folders.manifest import FolderError
from results.folders.parquet import columns_of, content_hash, read_table, write_parquet
from results.reproducing.differences import compared
from results.reproducing.unpacking import folder_of
from scenarios.files.faults import RequestError

OWN = '"""Mine."""\n\n\ndef attrition_chance(attrition):\n    return 0.5 * attrition\n'


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ran") / "run"
    results.Run("salex: grants.per_call=2", replicates=4, out=out, figures=False).answer()
    return out


@pytest.fixture
def copy(ran: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ran, tmp_path / "mine"))


def rewrite(folder: Path, **changes: object) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    write(folder / "manifest.json", as_json({**manifest, **changes}))


def test_a_run_is_reproduced_from_its_folder_and_the_original_is_left_alone(copy: Path) -> None:
    before = {one: one.read_bytes() for one in copy.rglob("*") if one.is_file()}
    found = results.Reproduce(copy).answer()
    assert found.is_good, str(found)
    assert found.folder == copy.with_name("mine-again")
    assert {"outcomes/salex-grants.per_call=2.parquet", "outcomes.json", "cash_flow.csv", "said.json"} <= set(
        found.compared.files
    )
    assert found.compared.same == len(found.compared.files)
    assert {one: one.read_bytes() for one in copy.rglob("*") if one.is_file()} == before


def test_other_questions_are_reproduced(tmp_path: Path) -> None:
    small: dict[str, Any] = {"figures": False, "replicates": 4}
    asked: dict[str, Any] = {
        "compare": results.Compare(["salex", "sparc"], baseline="sparc", out=tmp_path / "compare", **small),
        "sweep": results.Sweep("salex", vary="grants.per_call=0,2", out=tmp_path / "sweep", **small),
        "over": results.CompareOver(
            ["salex", "sparc"], over="posterior", futures=3, at_least=0.5, out=tmp_path / "over", **small
        ),
        "optimise": results.Optimise(
            "salex", budget=3e6, levers="grants.per_call=0:4:1", trials=3, final=8, out=tmp_path / "optimise", **small
        ),
    }
    for name, request in asked.items():
        request.answer()
        found = results.Reproduce(tmp_path / name, out=tmp_path / f"{name}-2").answer()
        assert found.is_good, f"{name}: {found}"
        assert any(file.endswith(".parquet") for file in found.compared.files)


@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar"])
def test_from_an_archive(ran: Path, tmp_path: Path, ending: str) -> None:
    kind = {"zip": "zip", "tar.gz": "gztar", "tar": "tar"}[ending]
    packed = Path(shutil.make_archive(str(tmp_path / "theirs"), kind, ran.parent, "run"))
    assert packed.name == f"theirs.{ending}"
    with folder_of(packed) as folder:
        unpacked = {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert unpacked == {one.relative_to(ran): one.read_bytes() for one in ran.rglob("*") if one.is_file()}
    if ending == "zip":
        printed = CliRunner().invoke(cli.main, ["reproduce", str(packed), "--json"])
        assert printed.exit_code == 0, printed.output
        document = json.loads(printed.stdout)
        assert document["reproduced"]
        assert document["first"] is None
        assert document["run_folder"] == str(tmp_path / "theirs-again")


def test_one_changed_number_is_found_with_its_place_though_its_hash_was_changed_too(copy: Path) -> None:
    name = "outcomes/salex-grants.per_call=2.parquet"
    columns = dict(columns_of(read_table(copy / name)))
    numbers = np.array(columns["collaboration_rate"])
    was, numbers[2] = float(numbers[2]), 0.125
    columns["collaboration_rate"] = numbers
    write(copy / name, partial(write_parquet, columns))
    tables = json.loads((copy / "manifest.json").read_text())["tables"]
    rewrite(copy, tables={**tables, name: content_hash(columns)})
    printed = CliRunner().invoke(cli.main, ["reproduce", str(copy), "--json"])
    assert printed.exit_code == 1
    document = json.loads(printed.stdout)
    assert not document["reproduced"]
    assert {"file": name, "row": 2, "where": "collaboration_rate", "there": "0.125", "here": str(was)} in (
        document["differences"]
    )
    assert document["first"]["file"] == name, "and not the hash, which says less"
    assert f"{name}, row 2, collaboration_rate: 0.125 there" in str(results.Reproduce(copy).answer())


def test_what_is_missing_or_unreadable_is_a_difference(ran: Path, copy: Path) -> None:
    (copy / "months/salex-grants.per_call=2.parquet").write_bytes(b"none")
    (copy / "cash_flow.csv").unlink()
    found = {one.file: one for one in compared(copy, ran, on_another=False, words=True).differences}
    assert found.keys() == {"months/salex-grants.per_call=2.parquet", "cash_flow.csv"}
    assert (found["cash_flow.csv"].there, found["cash_flow.csv"].here) == ("is missing", "is there")


def test_on_another_processor_twelve_digits_count(ran: Path, copy: Path) -> None:
    name = "outcomes/salex-grants.per_call=2.parquet"
    columns = dict(columns_of(read_table(copy / name)))
    columns["cost"] = np.array(columns["cost"]) * (1 + 1e-14)
    write(copy / name, partial(write_parquet, columns))
    near = compared(copy, ran, on_another=True, words=True)
    assert (near.differences, near.close) == ([], 1)
    columns["cost"] = np.array(columns["cost"]) * (1 + 1e-10)
    write(copy / name, partial(write_parquet, columns))
    assert [one.where for one in compared(copy, ran, on_another=True, words=True).differences] == ["cost"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"finished": False}, "not finished"),
        ({"model": "another"}, r"another version of the model.*pip install legato-networks==.*--anyway"),
    ],
)
def test_what_is_not_whole_or_of_another_model_is_refused(copy: Path, change: dict[str, object], said: str) -> None:
    rewrite(copy, **change)
    with pytest.raises(FolderError, match=said):
        results.Reproduce(copy).answer()
    assert not copy.with_name("mine-again").exists()


def test_anyway_says_in_what_it_was_made(copy: Path) -> None:
    versions = json.loads((copy / "manifest.json").read_text())["versions"]
    rewrite(copy, model="another", versions={**versions, "numpy": "1.0.0", "scipy": "1; rm -rf /"})
    document = results.Reproduce(copy, anyway=True).answer().document
    assert [one["what"] for one in document["environment"]] == ["model", "numpy", "scipy"]
    assert not document["same_model"]
    assert "numpy==1.0.0" in document["install"]
    assert "rm" not in document["install"]


def test_what_cannot_be_made_again_points_to_verify(copy: Path) -> None:
    inputs = json.loads((copy / "manifest.json").read_text())["inputs"]
    rewrite(copy, inputs={**inputs, "command": "check"})
    with pytest.raises(FolderError, match=r"tables of studies.*legato verify"):
        results.Reproduce(copy).answer()


def test_rules_are_run_only_where_they_are_named(copy: Path) -> None:
    (copy / "inputs/salex-grants.per_call=2-rules.py").write_text(f"# name: mine\n{OWN}")
    with pytest.raises(RequestError, match="only where you name it"):
        results.Reproduce(copy).answer()


def test_a_name_that_leads_out_of_the_folder_is_refused(copy: Path) -> None:
    inputs = json.loads((copy / "manifest.json").read_text())["inputs"]
    (plan,) = inputs["scenarios"].values()
    rewrite(copy, inputs={**inputs, "scenarios": {"../salex": plan}})
    with pytest.raises(FolderError, match="leads out of"):
        results.Reproduce(copy).answer()
    rewrite(copy, inputs=inputs)
    file = copy / "inputs/salex-grants.per_call=2.toml"
    file.write_text("[members]\nfile = '/etc/passwd'\n")
    with pytest.raises(FolderError, match=r"members\.file"):
        results.Reproduce(copy).answer()


def test_a_folder_that_is_not_empty_is_not_written_into(copy: Path) -> None:
    with pytest.raises(RequestError, match="not empty"):
        results.Reproduce(copy, out=copy).answer()


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/../../x", "C:\\x", "..\\x"])
def test_archives_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        one = zipfile.ZipInfo("x")
        one.filename = name
        packed.writestr(one, "mine")
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed_too:
        other = tarfile.TarInfo(name)
        other.size = 4
        packed_too.addfile(other, BytesIO(b"mine"))
    for ending in ("zip", "tar.gz"):
        with pytest.raises(FolderError, match="leads out"), folder_of(tmp_path / f"a.{ending}"):
            pass
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["a.tar.gz", "a.zip"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as packed:
        one = tarfile.TarInfo("manifest.json")
        one.type, one.linkname = kind, "/etc/passwd"
        packed.addfile(one)
    with pytest.raises(FolderError, match="is a link"), folder_of(tmp_path / "a.tar"):
        pass


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        one = zipfile.ZipInfo("manifest.json")
        one.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(one, "/etc/passwd")
    with pytest.raises(FolderError, match="is a link"), folder_of(tmp_path / "a.zip"):
        pass


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_what_is_packed_too_tightly_is_refused(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("results.reproducing.unpacking.LEAST_BYTES", 2**20)
    nothing = b"\0" * (4 * 2**20)
    if ending == "zip":
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("manifest.json", nothing)
    else:
        with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed_too:
            one = tarfile.TarInfo("manifest.json")
            one.size = len(nothing)
            packed_too.addfile(one, BytesIO(nothing))
    with pytest.raises(FolderError, match="unpacks to more"), folder_of(tmp_path / f"a.{ending}"):
        pass


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("readme.txt", "mine")
    (tmp_path / "b.zip").write_bytes(b"none")
    (tmp_path / "c.rar").write_bytes(b"none")
    for name, said in (("a.zip", "no run folder"), ("b.zip", "cannot be unpacked"), ("c.rar", "neither"), ("d", "no")):
        with pytest.raises(FolderError, match=said), folder_of(tmp_path / name):
            pass
    with pytest.raises(FolderError, match=r"no manifest\.json"):
        results.Reproduce(tmp_path).answer()
