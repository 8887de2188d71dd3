"""Bad and odd input: each gets a clear refusal with exit code 2, or a valid run; `make fuzz` tries very many more."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scenarios
from benchmarks.doors import DOORS, READ, REFUSED, RUN, write
from benchmarks.fuzz import answered
from benchmarks.hostile_lines import SMALL, clear, command_lines, judge, stage
from cli import main
from scenarios.reading.idle_values import idle

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = 'title = "A"\nquestion = "B?"\n'
WITHOUT_PRIVILEGE = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.name != "nt" and os.geteuid() == 0 else []
)
"""What has to stand before a command that root runs: root may read and write everything."""
on_posix = pytest.mark.skipif(os.name == "nt", reason="links, devices and permissions as POSIX has them")
COSTLY = ("calibrate", "sensitivity", "optimise", "discover")
FEW = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip


def legato(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize("name", DOORS)
def test_what_a_file_holds_is_refused_or_runs_as_it_is_written(name: str, tmp_path: Path) -> None:
    became = set()
    numbers = iter(range(10_000))

    def tried(files: dict[str, bytes]) -> None:
        folder = tmp_path / str(next(numbers))
        write(folder, files)
        became.add(answered(name, folder))

    for examples in (40, 200):  # of the futures only one in twenty is good
        settings(FEW, max_examples=examples)(given(DOORS[name].make)(tried))()
        if became & {RUN, READ}:
            break
    assert REFUSED in became
    assert became & {RUN, READ}, "nothing was good enough to be read: the property says nothing"


@pytest.mark.quick_cases("run-1", "sweep-1", "new-1")
@pytest.mark.parametrize("times", [1, pytest.param(3, marks=pytest.mark.slow)])
@pytest.mark.parametrize("command", SMALL)
def test_a_command_line_is_refused_or_runs(
    command: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    stage(tmp_path)

    @settings(FEW, max_examples=times * (3 if command in COSTLY else 6))
    @given(command_lines(command))
    def tried(words: list[str]) -> None:
        line = [command, *words]
        said = judge(legato(*line), line)
        clear(tmp_path)
        assert not said

    tried()


@settings(FEW, max_examples=80)
@given(st.text(max_size=30))
def test_a_name_of_any_characters_is_answered(name: str) -> None:
    told = legato("show", "--", name)
    assert told.exit_code in (0, 2)
    assert "\x1b" not in told.output


def test_a_key_set_to_two_values_is_refused_and_set_twice_alike_is_taken() -> None:
    told = legato("show", "salex", "--set", "grants.per_call=2", "--set", "grants.per_call=3")
    assert told.exit_code == 2
    assert "--set grants.per_call=3: it is set to 2 as well; keep one" in told.stderr
    assert legato("show", "salex", "--set", "grants.per_call=2", "--set", "grants.per_call=2").exit_code == 0


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("a.toml", 'title = "\\u001b[31mred"\nquestion = "B?"', "title is"),
        ("a.toml", SCENARIO + '[sources]\n"grants.size" = "estimate: \\u0007bell"', "sources for grants.size holds"),
        ("m.csv", "name,interests\nA\x1b[2J,x\nB,x\n", "m.csv, line 2: holds the control character '\\x1b'"),
    ],
)
def test_escape_sequences_are_refused_and_never_printed(file: str, content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(content)
    words = {"a.toml": ["show"], "m.csv": ["new", str(tmp_path / "n"), "--members"]}[file]
    told = legato(*words, str(tmp_path / file))
    assert told.exit_code == 2
    assert said in told.stderr
    assert "control character" in told.stderr
    assert "\x1b" not in told.stderr
    assert "\x07" not in told.stderr


def test_a_torn_row_is_blamed_once_and_hides_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("name,interests,need\nA,x,0.5\nB,x;y\nC,x,2\n")
    (tmp_path / "t.csv").write_text("from,to,strength\nA,B,0.5\nA,Nobody,0.5\n")
    told = legato("new", str(tmp_path / "n"), "--members", str(tmp_path / "m.csv"), "--ties", str(tmp_path / "t.csv"))
    assert told.exit_code == 2
    faults = told.stderr.strip().splitlines()[-3:]
    assert [fault.split(":")[0].strip() for fault in faults] == ["m.csv, line 3", "m.csv, line 4", "t.csv, line 3"]


@pytest.mark.parametrize(
    "table", ["Label,Tags\nA,x\nB,y,z\n", "Label,Tags,\nA,x,\nB,y,z\n", "Label,Tags,tags\nA,x,\nB,y,z\n"]
)
def test_cells_without_a_column_of_their_own_in_a_foreign_sheet_are_refused(table: str, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(table)
    told = legato("new", str(tmp_path / "n"), "--members", str(tmp_path / "e.csv"))
    assert told.exit_code == 2
    assert "e.csv, line 3: has a cell without a column of its own" in told.stderr


def test_a_size_that_the_model_does_not_know_is_said(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("Label,Tags,Size\nA,x,40 people\nB,y,small\n")
    told = legato("new", str(tmp_path / "n"), "--members", str(tmp_path / "e.csv"))
    assert told.exit_code == 0
    assert 'size is "40 people" where the model knows small, medium, large; these count as medium' in told.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"funder.shift.month": 40, "funder.shift.grants": 0.5},
            "funder.shift.month is 40, after the network's last month 37",
        ),
        ({"network.leaders": 23}, "network.leaders is 23, of 22 members"),
        ({"members.champions": 23}, "members.champions is 23, of 22 members"),
        ({"grants.first": 38}, "grants.first is 38, after the network's last month 37"),
        (
            {"funder.shift.month": 37, "funder.shift.grants": 0.5}
            | {"network.leaders": 22, "members.champions": 22, "grants.first": 37},
            "",
        ),
    ],
)
def test_a_value_that_can_do_nothing_is_said(settings: dict[str, float], said: str) -> None:
    found = idle(scenarios.replace(scenarios.load("salex", posterior=None), settings))
    assert [said in one for one in found] == ([True] if said else [])


def test_a_shift_after_the_closing_changes_nothing_as_is_said(tmp_path: Path) -> None:
    line = ["run", "salex", "--fixed", "--replicates", "4", "--no-figures", "--json"]
    shift = ["--set", "funder.shift.month=38", "--set", "funder.shift.grants=0"]
    plain = legato(*line, "--out", str(tmp_path / "plain"))
    shifted = legato(*line, *shift, "--out", str(tmp_path / "shifted"))
    assert json.loads(plain.stdout)["outcomes"] == json.loads(shifted.stdout)["outcomes"]


# Places that are not what they look like.


@on_posix
def test_links_spaces_and_other_alphabets_are_paths_like_any(tmp_path: Path) -> None:
    folder = tmp_path / "größe 組織"
    folder.mkdir()
    (folder / "a b.toml").write_text(SCENARIO)
    (tmp_path / "link.toml").symlink_to(folder / "a b.toml")
    (tmp_path / "circle.toml").symlink_to("circle.toml")
    assert legato("show", str(folder / "a b.toml")).exit_code == 0
    assert legato("show", str(tmp_path / "link.toml")).exit_code == 0
    told = legato("show", str(tmp_path / "circle.toml"))
    assert told.exit_code == 2
    assert "cannot be read" in told.stderr


@on_posix
@pytest.mark.parametrize("path", ["/dev/zero", "x" * 400 + ".toml", "/dev/null/a.toml", "/"])
@pytest.mark.parametrize(
    "words", [("show",), ("check",), ("run", "salex", "--posterior"), ("new", "made", "--members")]
)
def test_what_is_no_file_to_read_is_refused(
    path: str, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scenarios.files.bytes.MOST_BYTES", 1000)
    told = legato(*words, path)
    assert told.exit_code == 2
    assert told.stderr.strip()


@on_posix
@pytest.mark.skipif(bool(WITHOUT_PRIVILEGE) and not shutil.which("setpriv"), reason="run by root, without setpriv")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_permission_is_said_with_exit_code_2(what: str, tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(SCENARIO)
    closed = file if what == "file" else tmp_path / "closed"
    closed.mkdir(exist_ok=True) if what == "folder" else None
    run = ["run", "salex", "--replicates", "2", "--out", str(closed / "run")]
    words = ["show", str(file)] if what == "file" else run
    closed.chmod(0)
    line = [*WITHOUT_PRIVILEGE, sys.executable, "-m", "cli", *words]
    told = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    closed.chmod(0o755)
    assert told.returncode == 2, told.stderr
    assert "Permission denied" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_column_of_a_foreign_sheet_reaches_the_terminal_without_its_escape_sequence(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("Label,Tags,\x1b[31mred\nA,x,1\nB,y,2\n")
    told = legato("new", str(tmp_path / "n"), "--members", str(tmp_path / "e.csv"))
    assert told.exit_code == 0
    assert "the model has no use for \\x1b[31mred; left out" in told.stderr
    assert "\x1b" not in told.output + told.stderr


@pytest.mark.slow
def test_a_million_rows_are_read(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("name,interests\n" + "".join(f"M{number},x\n" for number in range(1_000_000)))
    assert len(scenarios.read_roster(file).names) == 1_000_000


def test_a_row_too_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.reading.roster.MOST_MEMBERS", 1000)
    file = tmp_path / "m.csv"
    file.write_text("name,interests\n" + "".join(f"M{number},x\n" for number in range(1000)))
    assert len(scenarios.read_roster(file).names) == 1000
    with file.open("a") as more:
        more.write("one more,x\n")
    told = legato("new", str(tmp_path / "n"), "--members", str(file))
    assert told.exit_code == 2
    assert "has 1001 members: allowed is 2 to 1000" in told.stderr


def test_very_many_bad_rows_are_told_in_two_hundred_lines(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("name,interests,need\n" + "M,x,2\n" * 20_000)
    told = legato("new", str(tmp_path / "n"), "--members", str(file))
    assert told.exit_code == 2
    assert "more" in told.stderr.splitlines()[-1]
    assert len(told.stderr.splitlines()) < 210


@on_posix
@pytest.mark.parametrize("command", ["run", "sweep", "export"])
@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("--json", "looks like an option"),
        ("there/file", "is not a folder"),
        ("there/file/in", "Not a directory"),
        ("there/circle", "symbolic links"),
        ("/dev/null", "is not a folder"),
        ("x" * 300, "File name too long"),
        ("\udcff", "is not UTF-8"),
    ],
)
def test_what_no_folder_can_be_is_refused_before_any_work(
    command: str, out: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").touch()
    (tmp_path / "there" / "circle").symlink_to("circle")
    more = ["--vary", "grants.per_call=0,4"] if command == "sweep" else []
    told = legato(command, "salex", *more, "--out", out)
    assert told.exit_code == 2
    assert said in " ".join(told.stderr.split())
