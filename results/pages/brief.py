"""The decision brief: report.html, one page that needs nothing else, made from a run folder and nothing else.

It begins with the answer. Then come the tables, the figures, what was assumed, how sure it is and of what, and how to
repeat it. Whatever somebody else may have written (titles, names, keys) is escaped.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from results.folders.files import write
from results.folders.folder import BRIEF
from results.folders.inputs import read_input
from results.folders.manifest import FolderError, Manifest, read_manifest
from results.pages.kept_narrative import recall
from results.pages.templates import PAGES, template
from results.words.narrative import Said
from results.words.table import Table, word
from scenarios import ASSUMPTIONS, KEYS, Scenario, ScenarioError, source_of, value_of
from scenarios.files.listing import listed
from scenarios.files.on_every_system import typed
from scenarios.schema.assumptions import STANDINGS

MOST_NAMED = 4
"""Factors of a sweep that its question names."""
WORKS_ON_STUDIES = ("check", "calibrate")
"""Commands whose scenarios are the settings of studies."""
PICTURES: Mapping[str, str] = {
    "collaboration-rate": "Members that ever formed a collaboration, and that are collaborating, month by month",
    "outlook": "What was observed, and what is likely to come of it, month by month",
    "differences": "Differences from the baseline in each headline outcome, with intervals",
    "members": "Members by name: larger the likelier they are to collaborate; lines between the likeliest pairs",
    "member-changes": "What a plan changes for each member's chance to collaborate, with intervals",
    "network": "The network at its start, halfway, at its closing and a year later",
    "explanation": "Which change makes how much of the difference",
    "effects": "The outcome over the values of each factor",
    "heat-map": "The outcome over two factors at a time",
    "tornado": "How much each factor moves the outcome",
    "parallel": "Every point of the design as a line across its factors",
    "sobol": "Sobol' indices of each factor, with intervals",
    "morris": "Elementary effects of each factor",
    "patterns": "What was observed and what the model predicts, pattern by pattern",
    "assumptions": "Which assumptions the facts need",
    "posterior": "Each parameter before and after learning from the facts",
    "posterior-pairs": "Parameters of the posterior two by two",
    "recovery": "Whether known parameters are found again",
    "fit": "Simulated networks beside the survey, statistic by statistic",
    "box": "Where it fails: every point over the factors that matter most, and the region",
    "money": "What the money goes to, in uses that are as good as the best, or along the trade-off",
    "levers": "Every candidate tried, over the values of each lever",
    "front": "The trade-off of two outcomes",
    "futures": "Each plan across its futures, from worst to best, and its regret",
}
"""What a figure shows, by the beginning of its file's name; in the order in which figures stand."""


@dataclass(frozen=True)
class Picture:
    """A figure.

    Attributes:
        id: of its element.
        words: what it shows.
        svg: its markup, ours, without anything that a page may not hold twice.
    """

    id: str
    words: str
    svg: str


@dataclass(frozen=True)
class Brief:
    """What stands on the page.

    Attributes:
        title: of the page.
        questions: what the scenarios ask.
        said: what the command said.
        pictures: its figures.
        changed: what differs between the scenarios; None where nothing does.
        assumed: active mechanisms, and how well each is supported.
        unstudied: how many of them no study supports (count).
        designed: how many of these rest on the word of those who designed a network (count).
        repeat: (what, value): how to have the same again.
    """

    title: str
    questions: tuple[str, ...]
    said: Said
    pictures: tuple[Picture, ...]
    changed: Table | None
    assumed: Table
    unstudied: int
    designed: int
    repeat: tuple[tuple[str, str], ...]


def write_brief(folder: Path) -> Path:
    """Write report.html into a finished run folder; the same bytes as long as the folder is the same.

    Raises:
        FolderError: if it is no run's folder, not finished, or does not hold what it takes.
    """
    file = folder / BRIEF
    write(file, page(brief_of(folder)).encode(errors="xmlcharrefreplace"))
    return file


def brief_of(folder: Path) -> Brief:
    """What the brief of a run folder says; see `write_brief`."""
    manifest = _manifest(folder)
    inputs = manifest.inputs
    names = list(inputs["scenarios"])
    try:
        scenarios = [read_input(folder, name) for name in names]
    except ScenarioError as error:
        raise FolderError(f"{folder} does not hold its scenarios: {error}") from None
    values = [{key: value_of(scenario, key) for key in KEYS} for scenario in scenarios]
    at_work = [one for one in ASSUMPTIONS if any(map(one.is_at_work, values))]
    many = manifest.command in WORKS_ON_STUDIES
    return Brief(
        title=_title(inputs, scenarios),
        questions=_questions(inputs, scenarios),
        said=recall(folder),
        pictures=tuple(_pictures(folder)),
        changed=None if many else _changed(scenarios),
        assumed=Table(
            "",
            ("what the model assumes", "how well supported", "in words"),
            tuple((one.title, STANDINGS[one.standing], one.evidence) for one in at_work),
        ),
        unstudied=sum(not one.is_studied for one in at_work),
        designed=sum(one.standing == "designers say so" for one in at_work),
        repeat=tuple(_repeat(manifest, folder)),
    )


def page(brief: Brief) -> str:
    """The brief as HTML."""
    from markupsafe import Markup

    style = Markup((PAGES / "brief.css").read_text(encoding="utf-8"))  # ours
    markup = [(one, Markup(one.svg)) for one in brief.pictures]  # drawn by us, names in it as outlines
    return template("brief.html").render(brief=brief, style=style, pictures=markup)


def _manifest(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if not manifest.finished:
        raise FolderError(
            f"{folder} holds a {manifest.command} that is not finished; go on with the command that began it: "
            f"{manifest.line}"
        )
    return manifest


def _title(inputs: Mapping[str, Any], scenarios: Sequence[Scenario]) -> str:
    command, titles = inputs["command"], [one.title for one in scenarios]
    if command == "check":
        return "What was observed, and what the model predicts"
    if command == "calibrate":
        return "What the facts say about the parameters"
    if command == "discover":
        return f"{listed(titles, 'or')}: where does it fail?"
    if command == "optimise":
        return f"{titles[0]}: the best use of {inputs['budget']:,.0f} USD"
    if command == "track":
        return f"{titles[0]}: on track in month {inputs['month']}?"
    if command == "members" and len(titles) == 1:
        return f"{titles[0]}: who collaborates, and who depends on whom?"
    if len(titles) > 1 and "baseline" in inputs:
        base = next(one.title for one in scenarios if one.name == inputs["baseline"])
        for_whom = " for whom" if command == "members" else ""
        return f"{base}: what would {listed([one for one in titles if one != base], 'or')} change{for_whom}?"
    return listed(titles, "or")


def _questions(inputs: Mapping[str, Any], scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What is asked below the title: by the scenarios themselves, or of them by the command."""
    match inputs["command"]:
        case "check" | "calibrate" | "discover" | "optimise":  # the title says it
            return ()
        case "members":
            return ("What becomes of each member, by name?",)
        case "explain":
            return ("Which change makes how much of the difference?",)
        case "sweep":
            names = [
                KEYS[one["key"]].text.partition(";")[0] for one in inputs["design"]["factors"] if one["key"] in KEYS
            ]
            varied = [*names[:MOST_NAMED], *([f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else [])]
            return (f"How do outcomes change with {listed(varied)}?",) if varied else ("Which scenario does best?",)
        case _:
            return tuple(dict.fromkeys(one.question for one in scenarios))


def _changed(scenarios: Sequence[Scenario]) -> Table | None:
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
        return None
    return Table("", ("key", *(one.name for one in scenarios), "source"), tuple(rows))


def _repeat(manifest: Manifest, folder: Path) -> list[tuple[str, str]]:
    inputs, versions = manifest.inputs, manifest.versions
    lines = [("command", manifest.line), ("check it", typed(["legato", "verify", str(folder.name)]))]
    lines += [(name, str(inputs[name])) for name in ("seed", "replicates") if name in inputs]
    lines.append(("Legato", f"{versions.get('legato', 'unknown')}, model {manifest.model}"))
    others = (f"{name} {version}" for name, version in versions.items() if name != "legato")
    lines.append(("made with", ", ".join(others)))
    if manifest.content:
        lines.append(("content (SHA-256)", manifest.content))
    return [*lines, ("written", manifest.written)]


def _pictures(folder: Path) -> list[Picture]:
    """The figures of the folder, in the order of PICTURES."""
    found = []
    for file in (folder / "figures").rglob("*.svg"):
        name = file.relative_to(folder / "figures").with_suffix("").as_posix()
        kinds = [kind for kind in PICTURES if name == kind or name.startswith((f"{kind}-", f"{kind}/"))]
        kind = max(kinds, key=len, default="")
        place = list(PICTURES).index(kind) if kind else len(PICTURES)
        found.append((place, _page_number(name), name, PICTURES.get(kind, "A figure"), file))
    pictures = []
    for number, (_, _, _, words, file) in enumerate(sorted(found), start=1):
        name = f"figure-{number}"
        pictures.append(Picture(name, words, inline(file.read_text(encoding="utf-8"), name)))
    return pictures


def _page_number(name: str) -> tuple[str, int]:
    stem, _, last = name.rpartition("-")
    return (stem, int(last)) if last.isdecimal() else (name, 1)


def inline(svg: str, name: str) -> str:
    """An SVG as part of a page: without prolog and metadata, and with ids that no other has."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'((?:xlink:)?href)="#([^"]+)"', rf'\1="#{name}-\2"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    return f'{head} role="img" aria-labelledby="{name}-words">{rest}'
