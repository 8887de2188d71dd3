"""Where a comparison comes from: what differs, on whose word, which assumptions carry it, and how to have it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import join

from results.explored import Explored, saved
from results.same_luck import same_luck
from results.tables import word
from results.varying import parameters
from scenarios import ASSUMPTIONS, KEYS, Assumption, Scenario, source_of, value_of
from scenarios.posterior import SHIPPED_NAME


@dataclass(frozen=True)
class Changed:
    """A value in which two scenarios differ: both values, and where each comes from."""

    key: str
    text: str
    unit: str
    base: str
    this: str
    base_source: str
    this_source: str


@dataclass(frozen=True)
class Concerned:
    """An assumption of the register that what differs goes through; `studied` says whether a study stands behind it."""

    id: str
    title: str
    lesson: str
    mechanism: str
    evidence: str
    keys: tuple[str, ...]
    studied: bool


@dataclass(frozen=True)
class Origins:
    """Where an answer comes from.

    Attributes:
        changed: what differs from the baseline.
        concerned: assumptions that it goes through.
        parameters: whether what is not known of parameters is in the intervals.
        luck: how many networks, and of which seed.
        files: to save first, where the command names them.
        command: that gives the same numbers.
    """

    changed: tuple[Changed, ...]
    concerned: tuple[Concerned, ...]
    parameters: str
    luck: str
    files: tuple[str, ...]
    command: str


def origins(found: Explored) -> Origins:
    """Where an answer comes from."""
    asked = found.asked
    networks = "network" if asked.replicates == 1 else "networks"
    return Origins(
        tuple(_changed(found, key) for key in found.changes),
        tuple(_concerned(one, found.changes) for one in ASSUMPTIONS if set(one.parameters) & set(found.changes)),
        parameters([found.this, found.base], asked.replicates),
        f"{asked.replicates:,} {networks} of each, seed {asked.seed}: network number n of both has "
        f"{same_luck(found.changes)}.",
        tuple(saved(one)[0] for one, given in _both(found) if not _is_as_given(one, given)),
        command(found),
    )


def command(found: Explored) -> str:
    """The command that gives the same numbers; files that it names are those that `saved` makes."""
    asked = found.asked
    names = [given if _is_as_given(one, given) else saved(one)[0] for one, given in _both(found)]
    line = ["legato", "compare", *names, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    known = ["--fixed"] if asked.posterior is None else ["--posterior", asked.posterior]
    line += [] if asked.posterior == SHIPPED_NAME else known
    return join([*line, *(part for text in asked.settings for part in ("--set", text))])


def _both(found: Explored) -> tuple[tuple[Scenario, str], tuple[Scenario, str]]:
    """The baseline and this, and the name or path that each began with."""
    return (found.base, found.asked.baseline.given), (found.this, found.asked.this.given)


def _is_as_given(one: Scenario, given: str) -> bool:
    """Whether the library name, or the file, says all of it."""
    return one.name == Path(given).stem


def _changed(found: Explored, key: str) -> Changed:
    known = KEYS[key]
    base, this = found.base, found.this
    return Changed(
        key, known.text, known.unit, word(value_of(base, key)), word(value_of(this, key)),
        source_of(base, key), source_of(this, key),
    )  # fmt: skip


def _concerned(one: Assumption, changes: Sequence[str]) -> Concerned:
    keys = tuple(key for key in one.parameters if key in changes)
    studied = one.standing != "no study"
    return Concerned(one.id, one.title, one.lesson, one.mechanism, one.evidence, keys, studied)
