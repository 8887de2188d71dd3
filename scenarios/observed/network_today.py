"""A network as it stands, whatever it is read from: who is a member, who is tied to whom, and what is not known of it.

Nothing is simulated, so nothing is made up: what no file says is left open.
"""

import os
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.files.bytes import read_bytes
from scenarios.files.faults import RequestError, ScenarioError, near_miss, printable
from scenarios.files.listing import listed
from scenarios.files.spreadsheet import read_spreadsheet
from scenarios.observed.beginning import of_members
from scenarios.observed.reading import read_observed
from scenarios.observed.reporting import EXACT
from scenarios.observed.reports import Outsiders
from scenarios.observed.study import Survey
from scenarios.observed.waves import Waves, read_waves
from scenarios.reading.foreign_tables import Choices
from scenarios.reading.layers import OBSERVED
from scenarios.reading.own_or_foreign import read_members
from scenarios.reading.reading import load
from scenarios.reading.roster import finite_number, same
from scenarios.reading.shipped import names
from scenarios.schema.roster import Roster
from scenarios.schema.scenario import Scenario

NOT_GIVEN = "not given"
"""The region of members of which none is given."""
_HOW_TO = (
    "describe takes a list of members or ties, a network of any program, the folder of a survey, or a scenario with "
    "members of its own"
)


@dataclass(frozen=True)
class Outsider:
    """Somebody who is named, and is no member.

    Attributes:
        name: as it is spelled.
        named_by: numbers of the members that name it, ascending.
        meant: the member whose name is much like it; "" where there is none.
    """

    name: str
    named_by: tuple[int, ...]
    meant: str = ""


@dataclass(frozen=True, eq=False)
class Reports:
    """What the members said of each other in one wave.

    Attributes:
        told: strength that `from` reports of `to`, float[from, to]; nan where `from` did not answer.
        answered: bool[members].
        tied_from: strength from which two count as tied.
        told_once: whether both sides of every pair say the same always, so that one report was made of the two.
    """

    told: NDArray[np.float64]
    answered: NDArray[np.bool_]
    tied_from: float
    told_once: bool


@dataclass(frozen=True)
class Change:
    """What has changed since the wave before, among pairs that both waves tell of (counts)."""

    since: str
    gained: int
    lost: int
    stayed: int


@dataclass(frozen=True, eq=False)
class NetworkToday:
    """A network as it stands.

    Attributes:
        title: what it is called.
        roster: its members and their ties; without ties where none are known.
        when: the month of the wave, in words; "" where no month is known.
        without_topics: numbers of members of which no topic is given, whatever the roster makes of that.
        outsiders: who is named, and is no member, those whom most name first.
        reports: what members said of each other; None where only ties are known.
        unknown_pairs: pairs of which nobody who could tell has answered (count).
        change: since the wave before; None where there is none.
        notes: what was left out or settled as files were read, in words.
    """

    title: str
    roster: Roster
    when: str = ""
    without_topics: frozenset[int] = frozenset()
    outsiders: tuple[Outsider, ...] = ()
    reports: Reports | None = None
    unknown_pairs: int = 0
    change: Change | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Of the members."""
        return self.roster.names

    @property
    def has_regions(self) -> bool:
        """Whether a region is given of anybody."""
        return self.roster.regions != (NOT_GIVEN,)


def read_today(
    source: str | os.PathLike[str] | Scenario,
    ties: str | os.PathLike[str] | None = None,
    choices: Choices | None = None,
    month: int | None = None,
    outcomes: Collection[str] = (),
) -> NetworkToday:
    """The network that a file, a folder or a scenario tells of.

    Args:
        source: a list of members or ties or a network, of ours or of another program; a folder with a survey, or as
            `legato new` makes them; a scenario with members of its own, or its file.
        ties: a list of ties, where they stand in a file of their own.
        choices: what the person says of files that others made.
        month: of a survey in waves, which wave; the last one if left out.
        outcomes: names of the outcomes of a network, for which a study's patterns may ask beside its survey.

    Raises:
        ScenarioError: if it cannot be read, with every fault.
        RequestError: if something is asked that it has not.
    """
    found = _read(source, None if ties is None else Path(ties), choices or Choices(), month, outcomes)
    if month is not None and found.reports is None:
        raise RequestError("month", f"{month}, but {found.title} is no survey in waves; leave the month out")
    return found


def _read(
    source: str | os.PathLike[str] | Scenario,
    ties: Path | None,
    choices: Choices,
    month: int | None,
    outcomes: Collection[str],
) -> NetworkToday:
    if isinstance(source, Scenario):
        return _of_scenario(source, ties)
    label = os.fspath(source)
    path = Path(label)
    if os.path.isdir(label):
        return _of_folder(path, ties, choices, month, outcomes)
    if os.path.isfile(label):
        return _of_toml(path, ties, month, outcomes) if path.suffix == ".toml" else _of_files(path, ties, choices)
    if ":" in label or label in names():
        return _of_scenario(load(label, posterior=None), ties)
    hint = near_miss(label, [*names(), *_beside(path)], "'") or f"; {_HOW_TO}"
    raise ScenarioError(f"there is no file, folder or scenario '{label}'{hint}")


def _beside(path: Path) -> list[str]:
    """What lies where a path leads that is none."""
    try:
        return [str(one) for one in path.parent.iterdir()][:1000]
    except (OSError, ValueError):
        return []


def _of_folder(
    folder: Path, ties: Path | None, choices: Choices, month: int | None, outcomes: Collection[str]
) -> NetworkToday:
    """A folder: of a survey, with a scenario, or with tables."""
    members, tied = folder / "members.csv", folder / "ties.csv"
    if (folder / OBSERVED).is_file():
        return _of_toml(folder / OBSERVED, ties, month, outcomes)
    if members.is_file() and tied.is_file() and (_is_survey(tied) or (folder / "answered.csv").is_file()):
        (study,) = read_observed(folder, outcomes)
        assert study.survey is not None
        return _of_survey(study.title, study.survey, ties, month)
    written = sorted(folder.glob("*.toml"))
    if len(written) == 1:
        return _of_toml(written[0], ties, month, outcomes)
    if members.is_file():
        found = _of_files(members, ties or (tied if tied.is_file() else None), choices)
        return NetworkToday(**{**vars(found), "title": folder.absolute().name})
    files = ", ".join(printable(one.name) for one in sorted(folder.iterdir())[:8]) or "nothing"
    raise ScenarioError(f"{folder} is a folder without members.csv; name the file that is meant; there is {files}")


def _is_survey(ties: Path) -> bool:
    """Whether a list of ties has reports of waves: months other than 0, or levels."""
    sheet = read_spreadsheet(ties, ("from", "to"), ("month", "strength", "level"))
    if "level" in sheet.columns:
        return True
    return any(finite_number(row.get("month", "")) != 0 for row in sheet.rows if row.get("month"))


def _of_toml(file: Path, ties: Path | None, month: int | None, outcomes: Collection[str]) -> NetworkToday:
    """A TOML file: of what happened, or a scenario."""
    try:
        keys = tomllib.loads(read_bytes(file).decode("utf-8-sig")).keys()
    except (OSError, ValueError, RecursionError):
        keys = {}.keys()  # whoever reads it as a scenario says what is wrong with it
    if not {"waves", "pattern"} & keys:
        return _of_scenario(load(file, posterior=None), ties)
    (study,) = read_observed(file, outcomes)
    if study.survey is None:
        raise ScenarioError(f"{file} tells of patterns, and of no survey: there is no network to describe")
    return _of_survey(study.title, study.survey, ties, month)


def _of_scenario(scenario: Scenario, ties: Path | None) -> NetworkToday:
    if ties is not None:
        raise RequestError("ties", "a scenario has its ties by its own key, members.ties; leave --ties out")
    if scenario.roster is None:
        raise ScenarioError(
            f"{scenario.name} has no members by name: each simulated network draws its own, so there is nobody to "
            "describe yet. Give the list of your members, or make a scenario of it: legato new DIR --members FILE"
        )
    return NetworkToday(scenario.title, scenario.roster)


def _of_files(members: Path, ties: Path | None, choices: Choices) -> NetworkToday:
    read = read_members(members, ties, Choices(**{**vars(choices), "outsiders": True}))
    made = read.exchanged
    named = made.outsiders if made else {}
    title = members.stem if members.name != "members.csv" else members.absolute().parent.name
    return NetworkToday(
        title,
        read.roster,
        without_topics=made.without_topics if made else frozenset(),
        outsiders=_outsiders(read.roster, {name: sorted(by) for name, by in named.items()}),
        notes=read.notes,
    )


def _outsiders(roster: Roster, named: dict[str, list[int]]) -> tuple[Outsider, ...]:
    """Outsiders with the members that may be meant, those whom most name first."""
    order = sorted(named, key=lambda name: (-len(named[name]), same(name)))
    alike = [near_miss(name, roster.names) if place < 20 else "" for place, name in enumerate(order)]
    return tuple(
        Outsider(name, tuple(named[name]), hint.removeprefix("; did you mean ").removesuffix("?"))
        for name, hint in zip(order, alike, strict=True)
    )


def _of_survey(title: str, survey: Survey, ties: Path | None, month: int | None) -> NetworkToday:
    """One wave of a survey."""
    if ties is not None:
        raise RequestError("ties", "a survey has its own ties.csv; leave --ties out")
    outside: Outsiders = []
    waves = read_waves(
        survey.members, survey.ties, survey.answered, levels=survey.levels, tied_from=survey.tied_from,
        rule=survey.rule, asks=survey.asks, begins=survey.begins, reporting=survey.reports or EXACT, fewest=1,
        outsiders=outside,
    )  # fmt: skip
    if month is not None and month not in waves.months:
        raise RequestError("month", f"{month}; the survey has waves in months {listed(list(map(str, waves.months)))}")
    wave = len(waves.months) - 1 if month is None else waves.months.index(month)
    here = np.flatnonzero(waves.there[wave])
    among = np.ix_(here, here)
    at = waves.cut(waves.tied_from)
    strength = waves.strength[wave]
    pairs = np.triu(np.ones_like(strength, dtype=np.bool_), 1)[among]
    roster = of_members(waves.roster, here, np.where(strength >= at, strength, 0.0))
    numbers = {same(name): number for number, name in enumerate(waves.roster.names)}
    named: dict[str, list[int]] = {}
    for one, other in outside:
        for end, opposite in ((one, other), (other, one)):
            if end and same(end) not in numbers:
                by = named.setdefault(next((name for name in named if same(name) == same(end)), end), [])
                member = numbers.get(same(opposite))
                if member in here.tolist() and (place := here.tolist().index(member)) not in by:
                    by.append(place)
    when = waves.named(waves.months[wave])
    return NetworkToday(
        title,
        roster,
        when=when if waves.begins else f"month {when}",
        outsiders=_outsiders(roster, {name: sorted(by) for name, by in named.items()}),
        reports=Reports(waves.told[wave][among], waves.answered[wave][here], waves.tied_from, waves.told_once),
        unknown_pairs=int((np.isnan(strength[among]) & pairs).sum()),
        change=_change(waves, wave, at),
    )


def _change(waves: Waves, wave: int, at: float) -> Change | None:
    if wave == 0:
        return None
    before, now = waves.strength[wave - 1], waves.strength[wave]
    both = np.triu(np.isfinite(before) & np.isfinite(now), 1)
    was, is_tied = (before >= at) & both, (now >= at) & both
    since = waves.named(waves.months[wave - 1])
    return Change(
        since if waves.begins else f"month {since}",
        int((is_tied & ~was).sum()),
        int((was & ~is_tied).sum()),
        int((was & is_tied).sum()),
    )
