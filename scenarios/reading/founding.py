"""A scenario of one's own: a folder with members.csv and a scenario file that explains itself and runs at once."""

import os
from collections.abc import Callable
from pathlib import Path

from scenarios.files.bytes import read_bytes
from scenarios.files.faults import ScenarioError
from scenarios.files.on_every_system import typed
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.layers import parse_value
from scenarios.reading.own_or_foreign import read_members
from scenarios.reading.writing import toml_value
from scenarios.schema.keys import KEYS

EXAMPLE_MEMBERS = """\
name,interests,region,size,need,champion
Alder Institute,literacy:2;teachers,Europe,large,0.3,yes
Baobab Learning,literacy;numeracy,Africa,medium,0.7,no
Cedar Schools Trust,leadership;teachers,Asia,medium,0.5,no
Dune Education Lab,numeracy;testing and scaling,Africa,small,0.8,no
Estuary Partners,wellbeing,South America,small,0.9,yes
Fjord Research,testing and scaling:2;literacy,Europe,large,0.2,no
Guava Collective,wellbeing;teachers,Asia,small,0.7,no
Harbour Foundation,leadership,North America,large,0.1,no
Iroko Network,literacy;leadership,Africa,medium,0.6,no
Jacaranda Teachers' Union,teachers:2;wellbeing,South America,medium,0.5,no
Kauri Trust,numeracy;wellbeing,Oceania,small,0.6,no
Lotus Evidence Centre,testing and scaling;leadership,Asia,medium,0.4,no
"""

_LEVERS = {
    "facilitation.intensity": "0.6",
    "facilitation.convening_every": "3",
    "grants.per_call": "2",
    "grants.first": "6",
    "grants.every": "6",
    "grants.months": "12",
    "grants.size": "50000.0",
    "funder.weight": "0.4",
    "closing.month": "36",
    "closing.notice": "6",
    "closing.wind_down": "0.6",
    "closing.capstone": "true",
    "closing.handover": "false",
}
_HEAD = """\
# A scenario of your own. Try it:   legato run {file}
# All values and where they come from:   legato show {file} --sources
# The members are in members.csv{beside}; add a row for each organization.
# Everything not set here has its default; every key that `legato show` lists may be set here.
"""
_OBSERVED = """
# What was observed in this network, if anything: it is shown beside what the model says, and changes nothing.
# Any outcome that `legato run` lists may be given: shares as counts, everything else as value, low and high.
# [observed.collaboration_rate]
# month = 24  # at the end of which it was counted
# successes = 9  # members with at least one new, active collaboration
# of = 12  # members that were asked
# source = "where you read that"
"""
_FUNDERS = """
# If several fund it, write [[funder]] above instead of [funder], and a table for each further one here. Shares of the
# backbone and of the grants that are left out are equal parts of the rest.
# [[funder]]
# name = "Second funder"
# backbone = 0.5  # share of the backbone that it pays
# grants = 0.5  # share of the grants
# weight = 0.1  # of its priorities in the agenda
# exit = 24  # last month in which it pays; left out: it stays
# notice = 6  # months before its exit that it says so
# taper = 6  # last months before its exit in which it pays less, in equal steps
"""
_SOURCES = """\
# Where each value comes from: "estimate: ..." with a document or a study, or "assumption: ..." with your reason.
# Replace these as you replace the values.
[sources]
"""


def found(
    directory: str | os.PathLike[str],
    members: str | os.PathLike[str] | None = None,
    ties: str | os.PathLike[str] | None = None,
    *,
    choices: Choices | None = None,
    told: Callable[[str], None] = lambda _note: None,
) -> Path:
    """Make a folder with a scenario of one's own.

    The scenario file is called after the folder, `school-network/school-network.toml`. Nothing is overwritten.

    Args:
        directory: the folder to make; it may exist if it is empty.
        members: a members.csv to copy, or a network or a list of members of another program to make one of; None
            writes an example with a dozen invented organizations.
        ties: a ties.csv to copy, a list of ties to make one of, or None.
        choices: what the person says of files that others made.
        told: hears what of foreign files was left out or settled, a note at a time.

    Returns:
        The path of the scenario file.

    Raises:
        ScenarioError: if the folder holds something already, cannot be made, or the tables cannot be used.
    """
    folder = Path(directory)
    name = _scenario_name(folder)
    if ties is not None and members is None:
        raise ScenarioError("ties are among members: give the members.csv that they belong to as well")
    tables = None if members is None else _tables(Path(members), None if ties is None else Path(ties), choices, told)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = "is not empty" if folder.is_dir() else "is a file"
            raise ScenarioError(f"{folder} {what}, and nothing is overwritten; name a new folder")
        copies = {"members.csv": EXAMPLE_MEMBERS.encode()} if tables is None else tables
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in copies.items():
            (folder / file).write_bytes(content)
        path = folder / f"{name}.toml"
        path.write_text(scenario_file(name, str(path), "ties.csv" in copies), encoding="utf-8", newline="\n")
    except OSError as error:
        raise ScenarioError(f"{folder} cannot be made: {error.strerror or error}") from None
    return path


def _tables(members: Path, ties: Path | None, choices: Choices | None, told: Callable[[str], None]) -> dict[str, bytes]:
    """The tables to put into the folder."""
    read = read_members(members, ties, choices)
    for note in read.notes:
        told(note)
    if read.exchanged is None:
        copies = {"members.csv": read_bytes(members)}
        return copies if ties is None else {**copies, "ties.csv": read_bytes(ties)}
    made = read.exchanged
    return {"members.csv": made.members} | ({} if made.ties is None else {"ties.csv": made.ties})


def _scenario_name(folder: Path) -> str:
    """The folder's name in lower case, with hyphens for all that is neither letter nor digit."""
    written = folder.absolute().name.casefold()
    return "-".join("".join(c if c.isalnum() else " " for c in written).split()) or "network"


def scenario_file(name: str, file: str, with_ties: bool) -> str:
    """The text of a first scenario file: the main levers, each with its meaning and what is allowed."""
    title = name.replace("-", " ").capitalize()
    question = "How many members form new collaborations, and what survives the closing?"
    lines = [
        _HEAD.format(
            file=typed([" ".join(file.split())]), beside=", their ties from before in ties.csv" if with_ties else ""
        )
    ]
    lines += [f"title = {toml_value(title)}", f"question = {toml_value(question)}", "", "[members]"]
    lines.append('file = "members.csv"  # beside this file')
    if with_ties:
        lines.append('ties = "ties.csv"  # beside this file')
    table = ""
    for key, value in _LEVERS.items():
        if key.rpartition(".")[0] != table:
            table = key.rpartition(".")[0]
            lines += ["", f"[{table}]"]
        lines += [f"# {KEYS[key].text}: {KEYS[key].allowed}", f"{key.rpartition('.')[2]} = {value}"]
        if table == "funder":
            lines.append(_FUNDERS.rstrip())
    lines += ["", _SOURCES.rstrip()]
    said = {"members.file": "assumption: the members as members.csv has them"}
    said |= {"members.ties": "assumption: the ties as ties.csv has them"} if with_ties else {}
    said |= {key: _reason(key, value) for key, value in _LEVERS.items()}
    lines += [f"{toml_value(key)} = {toml_value(text)}" for key, text in said.items()]
    return "\n".join(lines) + "\n" + _OBSERVED


def _reason(key: str, value: str) -> str:
    if parse_value(key, value) == KEYS[key].default:
        return "assumption: the default, to begin with"
    return "assumption: a value to begin with"
