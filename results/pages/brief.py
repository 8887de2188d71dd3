"""The decision brief of a run folder, made from what the folder holds and nothing else.

It begins with what a meeting needs. Below fold the answer in full, the tables, the figures, what was assumed, how sure
it is and of what, and how to repeat it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from results.folders.inputs import read_input
from results.folders.manifest import FolderError, Manifest, read_manifest
from results.pages.kept_narrative import Kept, recall_all
from results.pages.pictures import pictures_of
from results.pages.spoken import spoken
from results.pages.structure import Block, Brief, Paragraph, Picture, Points, Rows, Section, Terms, speaker_of
from results.words.dates import written
from results.words.heading import Heading
from results.words.headlines import COST, EVIDENCE, LEGACY, RATE, SURVIVAL, SURVIVING
from results.words.language import IN_ENGLISH, Language
from results.words.narrative import Said
from results.words.numbers import label
from results.words.plan_names import alternatives, plan_names, title_of
from results.words.sentence import Either, Num, Speaker, Told, Words, named, sentence
from results.words.table import Table, word
from scenarios import ASSUMPTIONS, KEYS, Scenario, ScenarioError, source_of, value_of
from scenarios.files.on_every_system import typed
from scenarios.schema.assumptions import STANDINGS

MOST_NAMED = 4
"""Factors of a sweep that its question names."""
PAGE_ONE = (RATE, LEGACY, SURVIVAL, SURVIVING, EVIDENCE, COST, "cost_per_collaboration")
"""Outcomes that page one shows of a long table."""
MOST_ROWS = 12
"""Rows of a table that page one has room for."""
WORKS_ON_STUDIES = ("check", "calibrate")
"""Commands whose scenarios are the settings of studies."""


def brief_of(folder: Path, heading: Heading | None = None) -> Brief:
    """What the brief of a run folder says. A heading replaces the one that the folder has kept.

    Raises:
        FolderError: if it is no run's folder, not finished, or does not hold what it takes.
    """
    manifest = _manifest(folder)
    names = list(manifest.inputs["scenarios"])
    try:
        scenarios = [read_input(folder, name) for name in names]
    except ScenarioError as error:
        raise FolderError(f"{folder} does not hold its scenarios: {error}") from None
    kept = recall_all(folder)
    head = heading or kept.heading
    speaker = speaker_of(head)
    said = spoken(kept.said, speaker)
    pictures = [replace(one, words=speaker.say(named("picture", one.words))) for one in pictures_of(folder)]
    values = [{key: value_of(scenario, key) for key in KEYS} for scenario in scenarios]
    at_work = [one for one in ASSUMPTIONS if any(map(one.is_at_work, values))]
    unstudied = sum(not one.is_studied for one in at_work)
    designed = sum(one.standing == "designers say so" for one in at_work)
    counts = {"unstudied": unstudied, "all": len(at_work), "designed": designed}
    decides = kept.decision is not None
    body = _titled(said.body)
    first = () if decides else _first(said, body, pictures, speaker)
    sections = [
        Section("questions", (Terms(tuple(_questions_of(kept, scenarios))),)) if decides else None,
        Section("changed", _changed(scenarios, speaker)) if manifest.command not in WORKS_ON_STUDIES else None,
        Section("answer", tuple(Paragraph(line, leads=True) for line in said.answer)) if decides else None,
        Section("sure", (Points(said.notes),)),
        Section("numbers", tuple(_numbers(body, said.more, first)), appendix=True),
        Section("pictures", _drawn(pictures, first), appendix=True),
        Section(
            "assumed",
            (
                Paragraph(sentence("assumed.studies", **counts)),
                Rows(
                    Table(
                        "",
                        tuple(speaker.say(sentence(f"assumed.{what}")) for what in ("title", "standing", "words")),
                        tuple(
                            (
                                speaker.say(named("assumption", one.title)),
                                speaker.say(named("standing", STANDINGS[one.standing])),
                                speaker.say(named("evidence", one.evidence)),
                            )
                            for one in at_work
                        ),
                    ),
                    sentence("assumed.table"),
                ),
            ),
            appendix=True,
        ),
        Section("repeat", (Terms(tuple(_repeat(manifest, folder, speaker.language)), exact=True),), appendix=True),
    ]
    trust = [*(kept.decision.trust if kept.decision else ()), sentence("trust.studies", **counts)]
    if head.currency != head.amounts:
        trust.append(sentence("currency.shown"))
    if head.language != IN_ENGLISH.code:
        is_translated = all(isinstance(line, Told) for line in (*kept.said.answer, *kept.said.notes))
        trust.append(sentence("language.pictures" if is_translated else "language.answer"))
    return Brief(
        title=head.title or (kept.decision.title if kept.decision else _title(manifest.inputs, scenarios)),
        heading=head,
        questions=tuple(speaker.say(one) for one in (_asked if decides else _questions)(manifest.inputs, scenarios)),
        decision=kept.decision,
        first=tuple(first),
        trust=tuple(trust),
        sections=tuple(one for one in sections if one is not None and one.blocks),
        unstudied=unstudied,
        designed=designed,
    )


def kept_heading(folder: Path) -> Heading:
    """The heading that the folder has kept.

    Raises:
        FolderError: as `brief_of` does.
    """
    _manifest(folder)
    return recall_all(folder).heading


def _manifest(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if not manifest.finished:
        raise FolderError(
            f"{folder} holds a {manifest.command} that is not finished; go on with the command that began it: "
            f"{manifest.line}"
        )
    return manifest


def _first(
    said: Said, body: Sequence[Rows | tuple[str, ...]], pictures: Sequence[Picture], speaker: Speaker
) -> tuple[Block, ...]:
    """Page one of a command that compares no plans: the answer, its first table and its first figure."""
    rows = next((block for block in body if isinstance(block, Rows)), None)
    if rows is not None and len(rows.table.rows) > MOST_ROWS:
        rows = _headlines(rows.table, speaker)
    lines: list[Block] = [Paragraph(line, leads=True) for line in said.answer]
    if not lines and rows is None:
        lines = [Paragraph(sentence("tables.answer"), leads=True)]
    return (*lines, *([rows] if rows else []), *pictures[:1])


def _titled(body: Sequence[Table | tuple[str, ...]]) -> list[Rows | tuple[str, ...]]:
    """Every table with a title; those that have none are counted."""
    titled: list[Rows | tuple[str, ...]] = []
    number = 0
    for block in body:
        if not isinstance(block, Table):
            titled.append(block)
            continue
        number += not block.title
        titled.append(Rows(block, block.title or sentence("table.number", number=number)))
    return titled


def _headlines(table: Table, speaker: Speaker) -> Rows | None:
    """The rows of a long table that a meeting asks for: who collaborates, what survives, what it yields and costs."""
    wanted = [speaker.say(label(outcome)) for outcome in PAGE_ONE]
    rows = tuple(row for row in table.rows if row[0] in wanted)
    return Rows(replace(table, rows=rows), sentence("table.main")) if rows else None


def _numbers(body: Sequence[Rows | tuple[str, ...]], more: Sequence[Table], first: Sequence[Block]) -> "list[Block]":
    blocks: list[Block] = []
    for block in body:
        if isinstance(block, Rows):
            blocks += [] if block in first else [block]
        else:
            blocks += [Paragraph(line) for line in block if line]
    return [*blocks, *(Rows(table, table.title) for table in more)]


def _drawn(pictures: Sequence[Picture], first: Sequence[Block]) -> tuple[Block, ...]:
    if not pictures:
        return (Paragraph(sentence("pictures.none")),)
    return tuple(one for one in pictures if one not in first)


def _asked(inputs: Mapping[str, Any], scenarios: Sequence[Scenario]) -> tuple[Words, ...]:
    """What the baseline asks: it says what network this is about."""
    return tuple(_question(one) for one in scenarios if one.name == inputs.get("baseline"))


def _questions_of(kept: Kept, scenarios: Sequence[Scenario]) -> list[tuple[Words, Words]]:
    """What each plan asks."""
    called = kept.decision.called if kept.decision else {}
    return [(called.get(one.name, title_of(one)), _question(one)) for one in scenarios]


def _question(scenario: Scenario) -> Words:
    return named("scenario.question", scenario.question)


def _title(inputs: Mapping[str, Any], scenarios: Sequence[Scenario]) -> Words:
    command, titles = inputs["command"], [title_of(one) for one in scenarios]
    if command in ("check", "calibrate"):
        return sentence(f"title.{command}")
    if command == "discover":
        return sentence("title.discover", plans=Either(tuple(titles)))
    if command == "optimise":
        title = "title.robust" if "futures" in inputs else "title.optimise"
        return sentence(title, plan=titles[0], budget=Num(inputs["budget"]))
    if command == "portfolio":
        return sentence("title.portfolio", plans=tuple(titles), budget=Num(inputs["budget"]))
    if command == "exit":
        return sentence("title.exit", plan=titles[0])
    if command == "track":
        return sentence("title.track", plan=titles[0], month=str(inputs["month"]))
    if command == "members" and len(titles) == 1:
        return sentence("title.members", plan=titles[0])
    if command == "compare" and len(titles) > 1:
        return alternatives(plan_names(scenarios, inputs["baseline"]), inputs["baseline"])
    if len(titles) > 1 and "baseline" in inputs:
        base = next(title_of(one) for one in scenarios if one.name == inputs["baseline"])
        others = Either(tuple(one for one in titles if one != base))
        return sentence("title.change.members" if command == "members" else "title.change", plan=base, others=others)
    return sentence("title.any", plans=Either(tuple(titles)))


def _questions(inputs: Mapping[str, Any], scenarios: Sequence[Scenario]) -> tuple[Words, ...]:
    """What is asked below the title: by the scenarios themselves, or of them by the command."""
    match inputs["command"]:
        case "check" | "calibrate" | "discover" | "optimise" | "portfolio" | "exit":  # the title says it
            return ()
        case "members" | "explain" as command:
            return (sentence(f"question.{command}"),)
        case "sweep":
            names = [
                KEYS[one["key"]].text.partition(";")[0] for one in inputs["design"]["factors"] if one["key"] in KEYS
            ]
            varied: list[Words] = [named("key", name) for name in names[:MOST_NAMED]]
            if len(names) > MOST_NAMED:
                varied.append(sentence("plan.more", count=len(names) - MOST_NAMED))
            if not varied:
                return (sentence("question.sweep.bases"),)
            return (sentence("question.sweep", varied=tuple(varied)),)
        case _:
            return tuple(dict.fromkeys(map(_question, scenarios)))


def _changed(scenarios: Sequence[Scenario], speaker: Speaker) -> tuple[Block, ...]:
    """Values that differ between the scenarios, with the sources of those that differ from the first."""
    rows = []
    for key in KEYS:
        values = [value_of(one, key) for one in scenarios]
        if all(value == values[0] for value in values):
            continue
        sources = dict.fromkeys(
            source_of(one, key) for one, value in zip(scenarios, values, strict=True) if value != values[0]
        )
        rows.append((key, *map(word, values), "; ".join(sources)))
    if not rows:
        return ()
    key, source = (speaker.say(sentence(f"table.{what}")) for what in ("key", "source"))
    table = Table("", (key, *(one.name for one in scenarios), source), tuple(rows))
    return (Rows(table, sentence("changed.table")),)


def _repeat(manifest: Manifest, folder: Path, language: Language) -> list[tuple[Words, Words]]:
    inputs, versions = manifest.inputs, manifest.versions
    lines: list[tuple[Words, Words]] = [
        (sentence("repeat.command"), manifest.line),
        (sentence("repeat.check"), typed(["legato", "verify", str(folder.name)])),
    ]
    lines += [(sentence(f"repeat.{name}"), str(inputs[name])) for name in ("seed", "replicates") if name in inputs]
    legato = versions.get("legato", "unknown")
    lines.append(("Legato", sentence("repeat.version", legato=legato, model=manifest.model)))
    others = (f"{name} {version}" for name, version in versions.items() if name != "legato")
    lines.append((sentence("repeat.made_with"), ", ".join(others)))
    if manifest.content:
        lines.append((sentence("repeat.content"), manifest.content))
    return [*lines, (sentence("repeat.written"), written(manifest.written, language))]
