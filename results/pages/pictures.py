"""The figures of a run folder as parts of a page, in light and in dark."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from results.pages.structure import Picture

PICTURES: Mapping[str, str] = {
    "collaboration-rate": "Members that ever formed a collaboration, and that are collaborating, month by month",
    "own-outcomes": "Outcomes of one's own, month by month",
    "outlook": "What was observed, and what is likely to come of it, month by month",
    "differences": "Differences from the baseline in each headline outcome, with intervals",
    "plane": "What plans cost more and yield more than the baseline, and how sure both are",
    "acceptability": "How likely each plan is the best, by what one of each effect is worth",
    "members": "Members by name: larger the likelier they are to collaborate; lines between the likeliest pairs",
    "member-changes": "What a plan changes for each member's chance to collaborate, with intervals",
    "cash-flow": "What is paid for each budget line in each year, with the interval of the total",
    "network": "The network at its start, halfway, at its closing and a year later",
    "explanation": "Which change makes how much of the difference",
    "effects": "The outcome over the values of each factor",
    "heat-map": "The outcome over two factors at a time",
    "tornado": "How much each factor moves the outcome",
    "parallel": "Every point of the design as a line across its factors",
    "sobol": "Sobol' indices of each factor, with intervals",
    "morris": "Elementary effects of each factor",
    "given": "How much each input matters, by several measures, with intervals",
    "patterns": "What was observed and what the model predicts, pattern by pattern",
    "assumptions": "Which assumptions the facts need",
    "posterior": "Each parameter before and after learning from the facts",
    "posterior-pairs": "Parameters of the posterior two by two",
    "recovery": "Whether known parameters are found again",
    "calibration": "How often came about what was given a chance",
    "fit": "Simulated networks beside the survey, statistic by statistic",
    "box": "Where it fails: every point over the factors that matter most, and the region",
    "money": "What the money goes to, in the best plans of each kind, or along the trade-off",
    "levers": "Every candidate tried, over the values of each lever",
    "exits": "What each way to leave costs, and what survives",
    "elements": "What each element of an exit changes by itself, and what it costs, with intervals",
    "splits": "What each split of the budget gives to whom, and what it adds, with intervals",
    "plans": "What the plans of each network cost, and what they add",
    "front": "The trade-off between outcomes",
    "values": "Which plan is the best, by what outcomes are worth",
    "robust-paths": "Plans of each kind by every criterion of robustness and by cost, as paths",
    "robust-mean": "What robustness costs on average: plans by their mean and by how robust they are",
    "futures": "Each plan across its futures, from worst to best, and its regret",
}
"""What a figure shows, by the beginning of its file's name; in the order in which figures stand."""

_VARIABLES: Mapping[str, str] = {
    "#ffffff": "--paper",
    "#000000": "--drawn",
    "#222222": "--drawn",
    "#555555": "--faded",
    "#bbbbbb": "--pale",
    "#dddddd": "--pale",
    "#f3f3f3": "--stripe",
    "#0072b2": "--blue",
}
"""Colours of our figures that are others on a dark screen: the page says which."""
_COLOUR = re.compile(r"(?P<of>\b(?:fill|stroke|stop-color): )(?P<colour>#[0-9a-f]{6})")


def pictures_of(folder: Path) -> list[Picture]:
    """The figures of a run folder, in the order of PICTURES."""
    return [
        _picture(name, words, file, f"figure-{number}") for number, (name, words, file) in enumerate(_found(folder), 1)
    ]


def first_picture(folder: Path) -> Picture | None:
    """The first of them, by itself, with ids that no other folder's has; None where there is none."""
    for name, words, file in _found(folder)[:1]:
        mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
        return _picture(name, words, file, f"legato-{mark}")
    return None


def _found(folder: Path) -> list[tuple[str, str, Path]]:
    """Name, what it shows, and file of each figure, in the order of PICTURES."""
    found = []
    for file in (folder / "figures").rglob("*.svg"):
        name = file.relative_to(folder / "figures").with_suffix("").as_posix()
        kinds = [kind for kind in PICTURES if name == kind or name.startswith((f"{kind}-", f"{kind}/"))]
        kind = max(kinds, key=len, default="")
        place = list(PICTURES).index(kind) if kind else len(PICTURES)
        found.append((place, _page_number(name), name, PICTURES.get(kind, "A figure"), file))
    return [(name, words, file) for _, _, name, words, file in sorted(found)]


def _picture(name: str, words: str, file: Path, element: str) -> Picture:
    return Picture(element, words, inline(file.read_text(encoding="utf-8"), element), name)


def _page_number(name: str) -> tuple[str, int]:
    stem, _, last = name.rpartition("-")
    return (stem, int(last)) if last.isdecimal() else (name, 1)


def inline(svg: str, name: str) -> str:
    """An SVG as part of a page: without prolog and metadata, with ids that no other has, and the page's colours."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'((?:xlink:)?href)="#([^"]+)"', rf'\1="#{name}-\2"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    svg = _COLOUR.sub(_by_name, svg)
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(?:width|height)="[^"]*"', "", head)
    return f'{head} role="img" aria-labelledby="{name}-words">{rest}'


def _by_name(match: re.Match[str]) -> str:
    colour = match["colour"]
    variable = _VARIABLES.get(colour)
    return f"{match['of']}var({variable}, {colour})" if variable else match[0]
