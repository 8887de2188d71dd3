"""Where a comparison comes from: what differs, on whose word, which assumptions carry it, and how to have it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.estimates.same_luck import change_members
from results.exploring.explored import Explored, Variant, file_of
from results.words.plan_names import called
from results.words.sentence import named, told
from results.words.table import word
from results.words.varying import varies
from scenarios import ASSUMPTIONS, KEYS, Scenario, source_of, value_of
from scenarios.reading.posterior_file import SHIPPED_NAME
from scenarios.schema.assumptions import STANDINGS, Standing
from scenarios.schema.keys import in_currency


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
    """An assumption of the register that what differs goes through.

    Attributes:
        id: of the register.
        title: the mechanism as a claim.
        lesson: what designers, or the field, say.
        mechanism: what the model does.
        evidence: what speaks for it, in words.
        keys: of those that differ, the ones that it goes through.
        standing: what is known of it; see `scenarios.schema.assumptions`.
        known: the same in a few words.
        studied: whether a study supports it, its direction at least.
    """

    id: str
    title: str
    lesson: str
    mechanism: str
    evidence: str
    keys: tuple[str, ...]
    standing: Standing
    known: str
    studied: bool


@dataclass(frozen=True)
class Origins:
    """Where an answer comes from.

    Attributes:
        changed: what differs from the baseline.
        concerned: assumptions that it goes through: those at work in either of the two that the values that differ
            carry, or decide when and how strongly they are at work.
        parameters: which vary, and whether what is not known of them is in the intervals.
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
    return Origins(
        tuple(_changed(found, key) for key in found.changes),
        _concerned(found),
        varies([found.this, found.base], asked.replicates),
        told(
            "origins.luck.members" if change_members(found.changes) else "origins.luck",
            count=asked.replicates,
            seed=str(asked.seed),
        ),
        tuple(file_of(one.name) for one, _, is_saved in _both(found) if is_saved),
        as_typed(command(found)),
    )


def command(found: Explored) -> list[str]:
    """The command that gives the same numbers, word by word; a scenario that has to be saved first is in its file."""
    asked = found.asked
    both = zip(_both(found), (found.rules[1], found.rules[0]), strict=True)
    names = [
        _no_option(_with_rules(file_of(one.name), rules) if is_saved else variant.given)
        for (one, variant, is_saved), rules in both
    ]
    line = ["legato", "compare", *names, "--replicates", str(asked.replicates), "--seed", str(asked.seed)]
    known = ["--fixed"] if asked.posterior is None else ["--posterior", asked.posterior]
    line += [] if asked.posterior == SHIPPED_NAME else known
    if all(one[2] for one in _both(found)):
        return line  # files say all that was set
    return [*line, *(part for text in asked.settings for part in ("--set", text))]


def _with_rules(file: str, rules: str) -> str:
    """A file, which says no rules of one's own, with those beside it."""
    return f"{file}: rules={rules}" if rules else file


def as_typed(words: Sequence[str]) -> str:
    """A command as it is typed in any shell: who reads a page may sit at another system than who wrote it."""
    return " ".join(one if _is_plain(one) else _quoted(one) for one in words)


def _is_plain(text: str) -> bool:
    return text != "" and all(one.isalnum() or one in "%+=:./-_" for one in text)


def _quoted(text: str) -> str:
    """Between double quotes, which every shell takes, unless something in it would mean something there."""
    if any(one in '"$`!\\' for one in text):
        return "'" + text.replace("'", "'\"'\"'") + "'"
    return f'"{text}"'


def _both(found: Explored) -> tuple[tuple[Scenario, Variant, bool], ...]:
    """The baseline and this, what each was asked for as, and whether it has to be saved first.

    Where `--set` holds for all, both are saved or neither: it would set again, in a file, what was moved away from it.
    """
    asked, names = found.asked, found.names
    base = not _is_as_given(found.base, asked.baseline, names[1])
    this = not _is_as_given(found.this, asked.this, names[0])
    either = len(asked.settings) > 0 and (base or this)
    return (found.base, asked.baseline, base or either), (found.this, asked.this, this or either)


def _is_as_given(one: Scenario, variant: Variant, name: str) -> bool:
    """Whether the library name, or the file, says all of it."""
    return variant.given != "" and not variant.moved and one.name == name


def _source(variant: Variant, one: Scenario, key: str) -> str:
    return told("live.moved") if any(key == moved for moved, _ in variant.moved) else source_of(one, key)


def _no_option(named: str) -> str:
    """A file's name as a command takes it: one that begins with a dash would be read as an option."""
    return f"./{named}" if named[:1] == "-" else named


def _changed(found: Explored, key: str) -> Changed:
    known = KEYS[key]
    base, this = found.base, found.this
    return Changed(
        key, named("key", called(key)), in_currency(known.unit, this.costs.currency),
        word(value_of(base, key)), word(value_of(this, key)),
        _source(found.asked.baseline, base, key), _source(found.asked.this, this, key),
    )  # fmt: skip


def _concerned(found: Explored) -> tuple[Concerned, ...]:
    both = [{key: value_of(one, key) for key in KEYS} for one in (found.base, found.this)]
    return tuple(
        Concerned(
            one.id, named("assumption", one.title), one.lesson, named("mechanism", one.mechanism),
            named("evidence", one.evidence), keys, one.standing, named("standing", STANDINGS[one.standing]),
            one.is_studied,
        )
        for one in ASSUMPTIONS
        if (keys := one.touched_by(found.changes)) and any(map(one.is_at_work, both))
    )  # fmt: skip
