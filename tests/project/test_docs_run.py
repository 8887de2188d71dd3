"""Every command of README and pages is run, in the order of its page, as it stands but for its cost.

What makes a command long (networks, points, particles) is made small by options that follow what is written: they say
the same thing once more, and the last one counts. Nothing is left out in silence: EXCEPTIONS says what is only parsed.
"""

import re
import runpy
import shlex
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import main
from scenarios.designs.futures import read_futures
from scenarios.observed.reading import read_observed
from scenarios.reading.reading import load
from simulation.outcomes import NAMES
from tests.project.test_docs import modules_shown

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHELL = ("sh", "bash")
SMALL: dict[str, str] = {
    "run": "--replicates 12 --no-figures",
    "compare": "--replicates 12 --no-figures",
    "compare --over": "--replicates 2 --futures 6 --no-figures",
    "explain": "--replicates 12 --orders 4 --no-figures",
    "track": "--replicates 200 --no-figures",
    "introduce": "--replicates 20 --top 1",
    "sweep": "--replicates 3 --no-figures",
    "sweep --toward": "--replicates 2 --points 22 --no-figures",
    "sweep --points": "--replicates 3 --points 120 --no-figures",
    "sensitivity": "--replicates 2 --points 64 --no-figures",
    "sensitivity --out": "--no-figures",
    "check": "--replicates 8 --no-assumptions --no-figures",
    "calibrate": "--particles 10 --replicates 3 --generations 2 --no-figures",
    "calibrate --method": "--particles 10 --draws 60 --workers 2 --no-figures",
    "calibrate --recover": "--particles 10 --replicates 3 --generations 2 --recover 2 --no-figures",
    "optimise": "--trials 4 --replicates 8 --final 12 --no-figures",
    "optimise --over": "--trials 4 --futures 12 --search-futures 3 --replicates 2 --final 2 --no-figures",
    "portfolio": "--trials 2 --replicates 4 --final 8 --no-figures",
    "exit": "--replicates 20 --final 20 --no-figures",
    "emulate": "--no-figures",
    "discover": "--points 20 --boxes 1 --no-figures",
    "verify": "--sample 2",
    "reproduce": "",
    "export": "",
    "forecast": "--replicates 20",
    "members": "--replicates 6 --no-figures",
    "score": "",
}
"""Command, perhaps with an option that it has -> what follows it here."""
COSTS = ("check", "calibrate", "discover", "emulate", "exit", "optimise", "portfolio", "sensitivity")
"""Commands that take seconds, however small."""
FREE = ("describe", "export", "new", "scenarios", "show")
"""Commands that are run on every page: what they leave is read by those that follow."""
RUN_QUICKLY = ("README.md", "funder.md")
"""Pages whose other commands are run among the quick tests too; each command has quick tests of its own."""
EXCEPTIONS = {
    "explore": "opens a browser; tests/browser opens its page",
    "HOST": "needs other machines; tests/simulation/running/test_cluster.py has a cluster",
    "dask": "needs other machines; tests/simulation/running/test_cluster.py has a cluster",
    "...": "stands for whatever is varied",
}
"""What is only parsed where it is ours, and why."""


BESIDE = {
    "mine.toml": 'extends = "salex"\ntitle = "Mine"\n[members]\nfile = "members.csv"\n',
    "members.csv": "name,interests\n"
    + "".join(f"{name} Institute,literacy\n" for name in ("Amber", "Birch", "Coral", "Delta")),
    "ties-today.csv": "from,to\nAmber Institute,Birch Institute\n",
    "collaborations.csv": "from,to,began\nAmber Institute,Birch Institute,4\n",
    "attendance.csv": "event,month,member\nconvening,1,Amber Institute\n",
    "representatives.csv": "member,representative,since\nAmber Institute,Ms Ray,2\n",
    "so_far.csv": "outcome,value\ncost,1000\n",
    "introductions.csv": "month,from,to\n4,Amber Institute,Birch Institute\n",
    "groups.csv": "topic,member\nliteracy,Amber Institute\n",
}
"""Files that the shown ones name, as `docs/members.md` tells readers to put them beside each other."""
FINDINGS = {
    "funder_comparison": "Without grants a smaller share of members collaborates in ",
    "researcher_sweep": "Between the best and the worst point: 0.",
    "designer_survey": "Without facilitation ",
}
"""Script of the examples -> how its last line begins."""


def commands(page: Path) -> list[list[str]]:
    """Every line of the page's shell blocks, in words."""
    found = []
    for language, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language in SHELL:
            lines = block.replace("\\\n", " ").splitlines()
            found += [shlex.split(line, comments=True) for line in lines]
    return [words for words in found if words]


def needed(words: list[str], later: list[list[str]]) -> bool:
    """Whether a later command of the page begins with what this one leaves."""
    made = [words[place + 1] for place, word in enumerate(words[:-1]) if word == "--out"]
    made += words[2:3] if words[1] == "new" else []
    return any(name in word for name in made for others in later for word in others)


def excepted(words: list[str]) -> str:
    """Why a command is not run, or ""."""
    return next((why for part, why in EXCEPTIONS.items() if any(part in word for word in words[:2] + words[-4:])), "")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages take for granted: the examples, a survey, a study, members, a posterior, runs."""
    home = tmp_path_factory.mktemp("stage")
    (home / "docs").symlink_to(ROOT / "docs")
    shutil.copytree(ROOT / "docs" / "examples" / "survey", home / "survey-folder")
    shutil.copy(ROOT / "docs" / "examples" / "survey" / "members.csv", home / "members.csv")
    shutil.copy(ROOT / "docs" / "examples" / "observed.csv", home / "observed.csv")
    (home / "ties.csv").write_text("from,to,strength\nAmber Institute,Birch Institute,0.8\n", encoding="utf-8")
    shutil.copy(ROOT / "scenarios" / "evidence" / "search-costs.toml", home / "study.toml")
    shutil.copy(ROOT / "scenarios" / "evidence" / "posterior.csv", home / "mine.csv")
    for page in PAGES:
        for name, code in modules_shown(page.read_text(encoding="utf-8")).items():
            (home / name).write_text(code, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        _invoke(shlex.split("compare salex sparc --replicates 4 --no-figures --out compared"))
        vary = "--vary facilitation.intensity=0.1:1 --vary grants.per_call=0:8 --design lhs --points 120"
        _invoke(shlex.split(f"sweep salex {vary} --replicates 3 --fixed --no-figures --out swept"))
    return home


def _invoke(words: list[str]) -> str:
    told = CliRunner().invoke(main, words, catch_exceptions=False)
    assert told.exit_code == 0, f"legato {shlex.join(words)}\n{told.output}"
    return told.output


def _small(words: list[str]) -> list[str]:
    name = words[0]
    kind = next((kind for kind in SMALL if " " in kind and kind.split()[0] == name and kind.split()[1] in words), name)
    return [*words, *SMALL.get(kind, "").split()]


def _with_folders(words: list[str], home: Path) -> list[str]:
    """Run folders that the page takes for granted are there."""
    for word in words[1:]:
        if word.startswith("runs/") and not Path(word).exists() and words[words.index(word) - 1] != "--out":
            made = "swept" if words[0] == "discover" or "sweep" in word else "compared"
            shutil.copytree(home / made, word)
    return words


WITH_COMMANDS = [page for page in PAGES if commands(page)]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["parsed", "every one"])
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_run(
    page: Path, every: bool, stage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command; or, to be quick, those of RUN_QUICKLY that cost little: the others are parsed."""
    monkeypatch.chdir(tmp_path)
    for there in stage.iterdir():
        (tmp_path / there.name).symlink_to(there)
    for number, words in enumerate(commands(page), start=1):
        program, rest = Path(words[0]).name, words[1:]
        costs_much = words[1:2] and words[1] in COSTS and not needed(words, commands(page)[number:])
        parsed = not every and (page.name not in RUN_QUICKLY or costs_much)
        if program == "make":
            _check_make(rest)
        elif program == "pip":
            _check_extras(rest)
        elif program == "legato" and not excepted(words) and not (parsed and rest[0] not in FREE):
            assert _invoke(_small(_with_folders(rest, stage))).strip()
        elif program == "legato" and "..." not in rest:
            group = click.Context(main, info_name="legato")
            main.commands[rest[0]].make_context(rest[0], [*_with_folders(rest, stage)[1:]], parent=group)
        else:
            assert excepted(words), f"nobody runs {shlex.join(words)}"


def _check_make(words: list[str]) -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {word for word in words if "=" not in word} <= set(targets)


def _check_extras(words: list[str]) -> None:
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = {extra for word in words for found in re.findall(r"\[([\w,]+)\]", word) for extra in found.split(",")}
    assert named <= set(known)
    assert "install" in words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_files_that_a_page_shows_can_be_read(page: Path, tmp_path: Path) -> None:
    two_funders = load("co-funding", posterior=None)
    for name, text in BESIDE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for number, (language, block) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8"))):
        if language != "toml":
            continue
        file = tmp_path / f"shown-{number}.toml"
        file.write_text(block, encoding="utf-8")
        held = tomllib.loads(block)
        if "vary" in held:
            assert len(read_futures(str(file), (two_funders,))) > 1
        elif "pattern" in held and "scenario" in held:
            (study,) = read_observed(file, NAMES)
            assert study.patterns
        elif "extends" in held or "question" in held:
            load(str(file), posterior=None)


@pytest.mark.quick_cases("funder_comparison")
@pytest.mark.parametrize("script", sorted((ROOT / "docs" / "examples").glob("*.py")), ids=lambda script: script.stem)
def test_a_script_of_the_examples_runs_and_ends_in_a_finding(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it stands: its numbers are few enough. What it found is its last line, and that is what the script is for."""
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script), run_name="__main__")
    assert capsys.readouterr().out.strip().splitlines()[-1].startswith(FINDINGS[script.stem])


def test_exceptions_are_still_there_and_few() -> None:
    """An exception that no page needs any more would hide the next command that looks like it."""
    every = [words for page in PAGES for words in commands(page)]
    assert len(every) > 50
    assert sum(bool(excepted(words)) for words in every) <= 8
    for part in EXCEPTIONS:
        assert any(part in word for words in every for word in words), part
