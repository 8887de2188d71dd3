"""The command line as scripts and people meet it: what it prints where, and with which exit code it leaves."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from errno import EINVAL, ENOSPC, EPIPE
from io import StringIO
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner

import cli
import scenarios
import simulation
from results.commands.json_schemas import BY_COMMAND
from results.commands.listener import COMPILING
from results.folders.files import WriteError, write
from simulation.compiling import must_compile
from simulation.outcomes import NAMES
from simulation.running import ensemble
from terminal import progress
from terminal.printing import print_json
from tests.shared import ask, document

ROOT = Path(__file__).resolve().parents[2]
FEW = ["--replicates", "3", "--no-figures"]
HEAVY = ("numpy", "pandas", "mesa", "numba", "scipy", "pyarrow", "matplotlib", "pydantic", "networkx", "rich")


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """The model is compiled before anybody counts seconds, or listens to what is said of it."""
    if must_compile():
        simulation.run(scenarios.load("salex", posterior=None), replicates=1)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs go where nobody's files are."""
    monkeypatch.chdir(tmp_path)


def legato(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, as a script would."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *words],
        capture_output=True, encoding=environment.get("PYTHONIOENCODING"), text=True, timeout=300, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("schema", BY_COMMAND.values(), ids=BY_COMMAND)
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_help_waits_for_nothing_heavy() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], len(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded, count = re.search(r"(\[.*\]) (\d+)$", out.strip()).groups()  # type: ignore[union-attr]
    assert loaded == "[]"
    assert int(count) < 400, "click alone takes some 250"


def test_version_is_that_of_the_project() -> None:
    result = ask("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"legato \d+\.\d+\.\d+\n", result.stdout)


def test_compare_json_is_as_promised() -> None:
    found = document("compare", "salex", "no-facilitation", *FEW, "--seed", "5")

    assert (found["baseline"], found["seed"], found["replicates"]) == ("salex", 5, 3)
    assert list(found["scenarios"]) == ["salex", "no-facilitation"]
    assert set(found["scenarios"]["salex"]) == set(NAMES)
    assert [one["outcome"] for one in found["differences"]] == list(NAMES)
    assert {one["scenario"] for one in found["differences"]} == {"no-facilitation"}
    assert (Path(found["run_folder"]) / "manifest.json").is_file()


def test_compare_json_has_chances_by_worth_and_the_table_of_the_folder_is_made_again_when_verified() -> None:
    words = ("compare", "salex", "no-facilitation", "--replicates", "12", "--no-figures", "--worth", "survivor=1.1m")
    found = document(*words)

    curves = {(one["effect"], one["payer"]): one for one in found["acceptability"]}
    assert 1_100_000.0 in curves["surviving", "funder"]["worth"]
    assert [one["scenario"] for one in curves["surviving", "funder"]["plans"]] == ["salex", "no-facilitation"]
    assert {plan["standing"] for one in found["frontier"] for plan in one["plans"]} <= {"frontier", "dominated"}
    verified = ask("verify", found["run_folder"], "--all")
    assert verified.exit_code == 0, verified.stdout + verified.stderr
    assert (Path(found["run_folder"]) / "acceptability.parquet").is_file()


def test_a_scenario_file_under_another_name_differs_by_exactly_nothing(tmp_path: Path) -> None:
    (tmp_path / "copy.toml").write_text('extends = "salex"\ntitle = "Copy"\nquestion = "Is it the same?"\n')

    found = document("compare", "salex", "copy.toml", *FEW)

    for one in found["differences"]:
        assert one["mean"] in (0, None)
        assert one["probability_greater"] in (0.5, None)
    assert all(one["mean"] == 0 for one in found["differences"] if one["outcome"] == "collaboration_rate")


def test_run_json_is_as_promised() -> None:
    found = document("run", "salex", *FEW)

    assert (found["scenario"], found["seed"], found["replicates"]) == ("salex", 1, 3)
    assert found["outcomes"]["collaboration_rate"]["low"] <= found["outcomes"]["collaboration_rate"]["mean"]


def test_one_replicate_gives_null_and_never_nan() -> None:
    found = document("run", "salex", "--replicates", "1", "--no-figures")

    assert found["outcomes"]["collaboration_rate"]["low"] is None


def test_scenarios_json_names_the_library() -> None:
    assert [one["name"] for one in document("scenarios")["scenarios"]] == list(scenarios.names())


def test_show_json_has_every_value_and_takes_settings() -> None:
    found = document("show", "salex", "--set", "grants.per_call=0")

    values = {row["key"]: row["value"] for row in found["values"]}
    assert set(values) == set(scenarios.KEYS)
    assert values["grants.per_call"] == 0


def test_set_changes_every_scenario_compared() -> None:
    found = document("compare", "salex", "no-facilitation", *FEW, "--set", "network.members=6")

    manifest = json.loads((Path(found["run_folder"]) / "manifest.json").read_bytes())
    resolved = manifest["inputs"]["scenarios"]
    assert [one["network"]["members"] for one in resolved.values()] == [6, 6]


def test_the_baseline_may_be_another_than_the_first() -> None:
    found = document("compare", "salex", "no-facilitation", *FEW, "--baseline", "no-facilitation")

    assert found["baseline"] == "no-facilitation"
    assert {one["scenario"] for one in found["differences"]} == {"salex"}


def test_precision_goes_on_until_it_is_reached() -> None:
    found = document("run", "salex", *FEW, "--fixed", "--precision", "0.2")

    outcome = found["outcomes"]["collaboration_rate"]
    assert outcome["high"] - outcome["low"] <= 0.2
    assert found["precision"]["is_reached"]
    assert found["replicates"] == found["precision"]["replicates"]


def test_the_same_seed_says_the_same_and_another_seed_does_not() -> None:
    one, same, other = (document("run", "salex", *FEW, "--seed", seed)["outcomes"] for seed in ("3", "3", "4"))

    assert one == same
    assert one != other


def test_compare_tells_the_answer_first_and_where_everything_is() -> None:
    result = ask("compare", "salex", "no-facilitation", *FEW, "--fixed")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("SALEX without facilitation (no-facilitation): ")
    assert "lower than in salex" in " ".join(result.stdout.split())
    assert "17 of 22" in result.stdout
    assert re.search(r"^Run folder: runs/\S+-compare-salex-no-facilitation$", result.stdout, re.MULTILINE)
    assert "\x1b" not in result.stdout, "piped text is plain"
    assert not any(line.endswith(" ") for line in result.stdout.splitlines())


@pytest.mark.parametrize("columns", ["60", "80"])
def test_a_narrow_terminal_is_enough(columns: str) -> None:
    for words in (["scenarios"], ["show", "salex"], ["compare", "salex", "sparc", "no-facilitation", *FEW]):
        result = ask(*words, COLUMNS=columns)
        body = [line for line in result.stdout.splitlines() if not line.startswith(("Run folder", "Report"))]
        assert max(len(line) for line in body) <= int(columns)


def test_names_of_any_script_are_lined_up(tmp_path: Path) -> None:
    (tmp_path / "学校网络.toml").write_text('extends = "salex"\ntitle = "学校"\nquestion = "?"\n', encoding="utf-8")

    result = ask("compare", "salex", "学校网络.toml", *FEW)

    assert result.exit_code == 0, result.stderr
    assert "学校 (学校网络): the share of members that ever collaborate is exactly the same as in salex" in " ".join(
        result.stdout.split()
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", "salex"], "compare takes two scenarios or more, found 1"),
        (["compare"], "compare takes two scenarios or more, found 0"),
        (["compare", "salex", "salex"], "'salex' is given twice"),
        (["compare", "salex", "sparc", "--worth", "survivors=60k"], "survivors.* did you mean survivor"),
        (["compare", "salex", "sparc", "--worth", "survivor=5 EUR"], "--worth: of survivor: .* nothing is converted"),
        (["compare", "salex", "sparc", "--over", "funder", "--worth", "survivor=5"], "leave out --worth or --over"),
        (["compare", "salx", "no-facilitatio"], "did you mean 'salex'.*did you mean 'no-facilitation'"),
        (["compare", "salex", "sparc", "--baseline", "salx"], "baseline 'salx' is not among .* did you mean 'salex'"),
        (["run", "salex", "--set", "grants.percall=3"], "grants.per_call"),
        (["run", "salex", "--set", "grants.per_call=-3"], "allowed is 0 to"),
        (["run", "salex", "--replicates", "0"], r"--replicates: 0; allowed is a whole number from 1 to"),
        (["run", "salex", "--seed", "4294967296"], "--seed: 4294967296; allowed is .* to 4,294,967,295"),
        (["run", "salex", "--precision", "0"], "--precision: 0; allowed is a number above 0"),
        (["run", "salex", "--precision", "0.1", "--precision-for", "trusst"], "did you mean trust"),
        (["run", "salex", "--workers", "two"], "--workers: two; allowed is a whole number from 1 up"),
        (["run", "salex", "--engine", "mess"], '--engine: "mess"; allowed is compiled or mesa; did you mean mesa'),
        (["discover", "there", "--density", "nan"], "--density: nan; allowed is a number above 0 and at most 1"),
        (["discover", "there", "--below", "inf"], "--below: inf; allowed is a number$"),
        (["run"], "Missing argument"),
        (["rum", "salex"], "No such command"),
        (["new", "mine", "--ties", "ties.csv"], "--ties needs --members"),
    ],
)
def test_wrong_use_leaves_with_2_a_reason_and_an_empty_stdout(words: list[str], message: str) -> None:
    result = ask(*words)

    assert result.exit_code == 2
    assert re.search(message, result.stderr, re.DOTALL | re.MULTILINE), result.stderr
    assert "Invalid value" not in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_two_files_with_one_stem_are_told_apart_in_words(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "net.toml").write_text('extends = "salex"\ntitle = "Net"\nquestion = "?"\n')

    result = ask("compare", "a/net.toml", "b/net.toml")

    assert result.exit_code == 2
    assert "a/net.toml and b/net.toml are both called 'net', the stem of their files" in result.stderr


def test_another_runs_folder_is_refused_and_the_same_run_is_not(tmp_path: Path) -> None:
    words = ["run", "salex", *FEW, "--out", str(tmp_path / "mine")]
    assert ask(*words).exit_code == 0
    assert ask(*words).exit_code == 0

    refused = ask(*words, "--seed", "9")
    assert refused.exit_code == 2
    assert "seed: 1 there, 9 now" in refused.stderr


def test_a_disk_that_fails_leaves_with_1_and_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, content: Any) -> None:
        if path.suffix == ".parquet":
            raise WriteError(f"cannot write {path}: No space left on device")
        write(path, content)

    monkeypatch.setattr("results.comparing.run_folder.write", fail)
    result = ask("run", "salex", *FEW)
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert result.stdout == ""


def test_an_interruption_leaves_with_130_and_the_command_to_start_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(simulation, "run", interrupted)
    monkeypatch.setattr(sys, "argv", ["legato", "run", "salex", *FEW])
    result = ask("run", "salex", *FEW)

    assert result.exit_code == 130
    assert re.search(r"start again: legato run salex .* --out runs/\S+-run-salex", result.stderr)
    assert result.stdout == ""


BLOCK = 20
"""Networks in a block of MANY."""
MANY = ["compare", "salex", "abrupt-closing", "--replicates", "240", "--no-figures", "--json"]
INTERRUPTED = """
import json, os, signal, sys, threading
sys.path.insert(0, {root!r})
import cli, scenarios, simulation
from results.folders import kept_blocks
from simulation.running import ensemble

ensemble.LARGEST_BLOCK = {block}

simulation.run(scenarios.load("salex", posterior=None), replicates=1, workers=1)
flush, kill = kept_blocks.Keeper.flush, os.kill

def legato(signals, words):
    first, *more = signals
    sent = []

    def flushed(keeper):
        if sys.exc_info()[0] is KeyboardInterrupt:  # the first is being heeded
            for number in more:
                kill(os.getpid(), number)
        flush(keeper)
        if keeper.replicates and not sent:
            sent.append(first)
            threading.Thread(target=kill, args=(os.getpid(), first)).start()

    kept_blocks.SECONDS = 0.0
    kept_blocks.Keeper.flush = flushed
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["legato", *words]
    cli.main()

for line in sys.stdin:
    files, signals, words = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, file in enumerate(files, start=1):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o644), number)
        code = 70
        try:
            legato(signals, words)
        except SystemExit as end:
            code = end.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Legato, keeping each block at once, that is sent signals: one once it has kept something, others as it heeds that.

Each is forked from a process that has imported everything. It hears Ctrl-C also where the tests run in the background,
deaf to it.
"""
on_posix = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a run but the manifest, which tells the time."""
    here_and_now = ("manifest.json", "report.html")
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in here_and_now)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


Stopped = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stopped]:
    """Begins MANY in a folder, and stops it by signals once it has kept something; its exit code and stderr."""
    home = tmp_path_factory.mktemp("stopped")
    words = [sys.executable, "-c", INTERRUPTED.format(root=str(ROOT), block=BLOCK)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout

        def stop(folder: Path, *numbers: signal.Signals) -> tuple[int, str]:
            files = [home / "out", home / "err"]
            for file in files:
                file.unlink(missing_ok=True)
            line = [[str(file) for file in files], list(numbers), [*MANY, "--out", str(folder)]]
            print(json.dumps(line), file=asked, flush=True)
            code = int(told.readline())
            assert files[0].read_text() == ""
            return code, files[1].read_text()

        yield stop
        process.communicate()


@pytest.fixture
def undisturbed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(ensemble, "LARGEST_BLOCK", BLOCK)
    folder = tmp_path_factory.mktemp("undisturbed")
    assert ask(*MANY, "--workers", "1", "--out", str(folder)).exit_code == 0
    return files_of(folder)


@pytest.mark.slow
@on_posix
def test_pressed_twice_it_is_interrupted_once(tmp_path: Path, stopped: Stopped, undisturbed: dict[str, bytes]) -> None:
    """A Ctrl-C comes while SIGTERM is being heeded; it must break off nothing, and not be shown."""
    code, err = stopped(tmp_path / "run", signal.SIGTERM, signal.SIGINT)

    assert code == 130
    assert err.startswith("Interrupted; "), err
    assert ask(*MANY, "--out", str(tmp_path / "run")).exit_code == 0
    assert files_of(tmp_path / "run") == undisturbed


@on_posix
@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_an_interrupted_run_says_what_it_kept_and_goes_on_to_the_same_bytes(
    tmp_path: Path, number: signal.Signals, stopped: Stopped, undisturbed: dict[str, bytes]
) -> None:
    code, err = stopped(tmp_path / "run", number)

    assert code == 130
    kept, again = re.search(r"^Interrupted; (\d+) of 480 networks are kept in \S+ To go on: (.*)$", err).groups()  # type: ignore[union-attr]
    assert 0 < int(kept) < 480, "it stopped before its end"
    assert again == f"legato {' '.join(MANY)} --out {tmp_path / 'run'}"

    resumed = ask(*again.split()[1:])
    assert (resumed.exit_code, resumed.stderr) == (0, "")
    assert files_of(tmp_path / "run") == undisturbed


@pytest.mark.slow
@on_posix
def test_a_killed_run_goes_on_to_the_same_bytes(
    tmp_path: Path, stopped: Stopped, undisturbed: dict[str, bytes]
) -> None:
    for _ in range(2):
        code, err = stopped(tmp_path / "run", signal.SIGKILL)
        assert (code, err) == (-signal.SIGKILL, "")
    assert list((tmp_path / "run" / "blocks").iterdir())

    resumed = ask(*MANY, "--out", str(tmp_path / "run"))
    assert (resumed.exit_code, resumed.stderr) == (0, ""), "the lock went with the process that held it"
    assert files_of(tmp_path / "run") == undisturbed


def test_two_processes_do_not_write_one_folder(tmp_path: Path) -> None:
    from results.folders.lock import Lock

    words = ["run", "salex", *FEW, "--out", str(tmp_path / "run")]
    assert ask(*words).exit_code == 0
    held = Lock(tmp_path / "run")

    refused = ask(*words)
    held.release()

    assert refused.exit_code == 2
    assert "is being written by another process" in refused.stderr
    assert ask(*words).exit_code == 0


def test_an_interrupted_drawing_keeps_every_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("results.figures.draw_run", interrupted)
    monkeypatch.setattr(sys, "argv", ["legato", "run", "salex"])
    words = ["run", "salex", "--replicates", "3", "--out", str(tmp_path / "run")]
    stopped_there = ask(*words)

    assert stopped_there.exit_code == 130
    assert "3 of 3 networks are kept" in stopped_there.stderr
    monkeypatch.setattr(
        "simulation.running.ensemble.block_runner", lambda *_: lambda *_: pytest.fail("it is run again")
    )
    monkeypatch.setattr("results.figures.draw_run", lambda *_, **_more: [])
    assert CliRunner().invoke(cli.main, words, catch_exceptions=False).exit_code == 0


@pytest.mark.slow
def test_damage_to_what_was_kept_is_named_on_stderr(
    tmp_path: Path, stopped: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble, "LARGEST_BLOCK", BLOCK)
    stopped(tmp_path / "run", signal.SIGKILL)
    for file in (tmp_path / "run" / "blocks").glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:-1])

    resumed = ask(*MANY, "--out", str(tmp_path / "run"))

    assert resumed.exit_code == 0
    assert "its SHA-256 differs" in resumed.stderr
    assert json.loads(resumed.stdout)["replicates"] == 240


@pytest.mark.slow
def test_more_workers_change_nothing(tmp_path: Path) -> None:
    for workers in ("1", "3"):
        words = ["run", "salex", "--replicates", "510", "--no-figures", "--workers", workers]
        assert ask(*words, "--out", str(tmp_path / workers)).exit_code == 0

    assert files_of(tmp_path / "1") == files_of(tmp_path / "3")


def test_the_two_engines_agree_and_are_not_mixed(tmp_path: Path) -> None:
    words = ["--out", str(tmp_path / "run"), *FEW]
    compiled = document("run", "salex", *words)["outcomes"]

    refused = ask("run", "salex", *words, "--engine", "mesa")
    assert refused.exit_code == 2
    assert 'engine: "compiled" there, "mesa" now' in refused.stderr

    read_aloud = document("run", "salex", *FEW, "--engine", "mesa")["outcomes"]
    assert read_aloud.keys() == compiled.keys()
    for outcome, estimate in compiled.items():
        assert read_aloud[outcome] == pytest.approx(estimate, rel=1e-12, abs=1e-12)


def test_what_cannot_fit_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.running.memory.bytes_free", lambda: 1_000)
    result = ask("compare", "salex", "sparc", *FEW, "--out", str(tmp_path / "run"))

    assert result.exit_code == 2
    assert "2 scenarios of 3 replicates are held at a time" in result.stderr
    assert "Ask for fewer replicates" in result.stderr
    assert not (tmp_path / "run").exists()


def test_the_first_run_says_that_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.compiling.must_compile", lambda *_given, **_named: True)

    first = ask("run", "salex", *FEW, "--json")
    assert first.stderr == COMPILING + "\n"
    assert json.loads(first.stdout)["scenario"] == "salex"
    assert ask("run", "salex", *FEW, "--engine", "mesa").stderr == "", "which needs no compiling"


def test_comparing_for_a_script_waits_for_nothing_it_does_not_need() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import cli\n"
        "try: cli.main(['compare', 'salex', 'abrupt-closing', '--json', '--replicates', '3', '--no-figures'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print([m for m in ('pandas', 'matplotlib', 'mesa', 'networkx', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *printed, loaded = done.stdout.splitlines()
    assert loaded == "[]"
    assert json.loads("".join(printed))["baseline"] == "salex"
    assert done.stderr == ""


class Screen(StringIO):
    """A terminal, on which something can be waited for."""

    def __init__(self, wanted: str = "") -> None:
        super().__init__()
        self.wanted, self.shown = wanted, Event()

    def write(self, text: str) -> int:
        """It is written, and seen."""
        count = super().write(text)
        if self.wanted in self.getvalue():
            self.shown.set()
        return count

    def isatty(self) -> bool:
        """It is one."""
        return True


def on_a(screen: StringIO, monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Put it in place of stderr; not in a fixture, for pytest puts its own there once the test begins."""
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    return screen


def test_who_waits_at_a_terminal_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen("30/40")
    on_a(screen, monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.progress(40) as advance:
        advance(30)
        assert screen.shown.wait(300), screen.getvalue()


def test_who_does_not_wait_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_a(Screen(), monkeypatch)
    with progress.progress(40) as advance:
        advance(40)
    assert "40" not in screen.getvalue()


def test_what_is_no_terminal_gets_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = on_a(StringIO(), monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    before = set(enumerate_threads())
    with progress.progress(40) as advance:
        advance(30)
        assert set(enumerate_threads()) <= before, "nobody is at work who could still write"
    assert pipe.getvalue() == ""


@pytest.mark.slow
def test_json_is_the_only_thing_on_stdout_of_a_process(tmp_path: Path) -> None:
    done = legato("run", "salex", *FEW, "--json", "--out", str(tmp_path / "run"))

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scenario"] == "salex"
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a pipe of bash")
def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    shell = f"'{sys.executable}' '{ROOT / 'cli.py'}' show salex --sources | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "salex: SALEX\n"
    assert done.stderr == ""


class Gone(StringIO):
    """Standard output, once whoever read it has left."""

    def __init__(self, error: OSError, handle: int) -> None:
        super().__init__()
        self.error, self.handle = error, handle

    def write(self, _text: str) -> int:
        """It fails."""
        raise self.error

    def fileno(self) -> int:
        """What stands for it."""
        return self.handle


@pytest.mark.parametrize("error", [BrokenPipeError(EPIPE, "Broken pipe"), OSError(EINVAL, "Invalid argument")])
def test_a_reader_that_leaves_early_is_no_fault_on_any_system(
    error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(tmp_path / "pipe", "w") as pipe:
        monkeypatch.setattr(sys, "stdout", Gone(error, pipe.fileno()))
        print_json({"scenario": "salex"})
        os.write(pipe.fileno(), b"what else is printed")
    assert (tmp_path / "pipe").read_bytes() == b"", "nobody reads it any more"


def test_a_full_disk_behind_standard_output_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "full", "w") as full:
        monkeypatch.setattr(sys, "stdout", Gone(OSError(ENOSPC, "No space left on device"), full.fileno()))
        with pytest.raises(OSError, match="No space"):
            print_json({"scenario": "salex"})


@pytest.mark.parametrize("name", ["results", "scenarios", "simulation", "terminal"])
@pytest.mark.parametrize("file", ["{}/__init__.py", "{}.py"])
def test_a_strangers_package_of_the_same_name_is_refused(tmp_path: Path, name: str, file: str) -> None:
    path = tmp_path / file.format(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; import cli; cli.main(['explore'])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    where = path.parent if path.name == "__init__.py" else path
    assert done.returncode == 1
    assert f"the package '{name}' found at {where} is not Legato's" in done.stderr
    assert "environment of its own" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_network_of_ones_own_is_founded_and_runs(tmp_path: Path) -> None:
    found = document("new", "mine")
    assert found["folder"] == "mine"
    (scenario,) = [name for name in found["files"] if name.endswith(".toml")]

    assert document("run", str(tmp_path / "mine" / scenario), *FEW)["replicates"] == 3


@pytest.mark.slow
def test_figures_are_drawn_unless_they_are_not_wanted(tmp_path: Path) -> None:
    assert ask("run", "salex", "--replicates", "3", "--out", str(tmp_path / "drawn")).exit_code == 0
    assert ask("run", "salex", *FEW, "--out", str(tmp_path / "plain")).exit_code == 0

    assert list((tmp_path / "drawn" / "figures").glob("*.svg"))
    assert not (tmp_path / "plain" / "figures").exists()


@pytest.mark.slow
def test_the_same_command_gives_the_same_bytes_figures_and_all(tmp_path: Path) -> None:
    for name in ("one", "other"):
        result = ask("run", "salex", "--replicates", "3", "--out", str(tmp_path / name))
        assert result.exit_code == 0, result.stderr

    one, other = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "other")
    )
    assert one.keys() == other.keys()
    # These alone say where and when, and may be written in the same second.
    assert {path for path in one if one[path] != other[path]} <= {Path("manifest.json"), Path("report.html")}
    here_and_now = {"command_line": None, "written": None}
    manifests = [json.loads(run[Path("manifest.json")]) | here_and_now for run in (one, other)]
    assert manifests[0] == manifests[1]


@pytest.mark.slow
def test_a_terminal_without_our_signs_is_served_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "学校.toml").write_text('extends = "salex"\ntitle = "学校"\nquestion = "?"\n', encoding="utf-8")

    plain = legato("show", "学校.toml", PYTHONIOENCODING="latin-1")
    as_json = legato("show", "学校.toml", "--json", PYTHONIOENCODING="latin-1")

    assert plain.returncode == 0, plain.stderr
    assert "\\u5b66\\u6821" in plain.stdout, "what cannot be shown is spelled out"
    assert as_json.stdout.isascii()
    assert json.loads(as_json.stdout)["scenario"] == "学校"


@pytest.mark.parametrize("command", ["scenarios", "show", "run", "compare", "new"])
def test_every_command_says_in_help_what_it_takes(command: str) -> None:
    assert isinstance(cli.main, click.Group)
    result = ask(command, "--help")
    assert result.exit_code == 0
    assert "--json" in result.stdout


@pytest.mark.parametrize("wanted", ["nan", "inf"])
def test_a_precision_that_is_no_number_is_wrong_use(wanted: str) -> None:
    done = ask("run", "salex", "--precision", wanted)
    assert done.exit_code == 2
    assert f"--precision: {wanted}; allowed is a number above 0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_the_output_is_said_in_a_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), "scenarios"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert re.fullmatch(r"Error: .*No space left on device\n", done.stderr), "a line"


def test_closed_output_is_no_reason_to_fail() -> None:
    done = subprocess.run(
        f'"{sys.executable}" "{ROOT / "cli.py"}" scenarios >&-', shell=True, stderr=subprocess.PIPE, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_keys_that_will_be_copied_are_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    printed = ask("show", "salex").stdout
    first = {line.split(" ", 1)[0] for line in printed.splitlines()}
    assert {key for key in scenarios.KEYS if not key.startswith("costs.")} <= first
