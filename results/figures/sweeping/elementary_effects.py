"""Elementary effects: how much each factor moves the outcome, and how much that depends on the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from results.estimates.response import Response
from results.figures.kit.axis_names import write_up
from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.fonts import legible, shortened, width
from results.figures.kit.label_places import Place, clusters, label_places
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height
from results.figures.kit.response_labels import (
    change_unit,
    design_sentence,
    factor_of_scale,
    has_values,
    outcome_title,
    texts_of,
)
from results.figures.kit.style import COLOURS, FAINT, MUTED, SMALL, WIDTH, house_style

MOST_NAMED = 15
"""Factors beyond which numbers stand for names."""
HEIGHT = 260.0
SIGNS = {"raises": ("^", COLOURS[1]), "lowers": ("v", COLOURS[2]), "both ways": ("o", COLOURS[3])}
"""Shape and colour by direction."""
APART = (9.0, 13.0, 18.0, 25.0, 36.0, 50.0, 80.0, 120.0)
"""Distances within which signs share a label, tried in turn until all labels have room (points)."""
MOSTLY = 0.5
"""Share of mu* from which on the signed mean says that a factor goes one way. Ours."""


class ElementaryEffect(Protocol):
    """What is drawn of one factor: its effects over its whole range, in the outcome's unit."""

    @property
    def key(self) -> str:
        """Key of the factor."""

    @property
    def mu(self) -> float:
        """Mean effect, signed."""

    @property
    def mu_star(self) -> float:
        """Mean size of the effect."""

    @property
    def mu_star_low(self) -> float:
        """Lower end of its 95 % interval."""

    @property
    def mu_star_high(self) -> float:
        """Upper end."""

    @property
    def sigma(self) -> float:
        """Standard deviation of the effect."""

    @property
    def luck(self) -> float:
        """The mu* that luck alone would give; 0 where it is not known."""


@runtime_checkable
class MorrisAnalysis(Protocol):
    """Elementary effects of one outcome."""

    @property
    def effects(self) -> Sequence[ElementaryEffect]:
        """One for each factor."""


@dataclass(frozen=True)
class Sign:
    """An effect as it is drawn, in the unit shown."""

    name: str
    x: float
    low: float
    high: float
    y: float
    direction: str
    luck: float


def morris_figures(response: Response, analysis: MorrisAnalysis) -> list[Figure]:
    """mu* against sigma, a sign for each factor with its name; one page, none without effects.

    Args:
        response: what was analysed.
        analysis: its effects; those that are nan are left out.
    """
    scale = factor_of_scale(response.outcome)
    known = [one for one in analysis.effects if np.isfinite([one.mu_star, one.sigma]).all()]
    if not known or not has_values(response):
        return []
    ranked = sorted(known, key=lambda one: -one.mu_star)
    signs = [
        Sign(
            legible(one.key, "a factor"),
            scale * one.mu_star,
            scale * (max(one.mu_star_low, 0.0) if np.isfinite(one.mu_star_low) else one.mu_star),
            scale * (one.mu_star_high if np.isfinite(one.mu_star_high) else one.mu_star),
            scale * one.sigma,
            "both ways" if abs(one.mu) <= MOSTLY * one.mu_star else "raises" if one.mu > 0 else "lowers",
            scale * one.luck,
        )
        for one in ranked
    ]
    with house_style([*texts_of(response.design), *(sign.name for sign in signs)]):
        return [_draw(response, signs, len(analysis.effects) - len(known))]


def _draw(response: Response, signs: Sequence[Sign], lost: int) -> Figure:
    right, ceiling = 1.06 * max(sign.high for sign in signs) or 1.0, 1.12 * max(sign.y for sign in signs) or 1.0
    unit = change_unit(response.outcome)
    ticks = round_ticks(0, ceiling, 6)
    texts = tick_texts(ticks)
    label = [f"sigma: standard deviation of the effect {unit}".rstrip()]
    left = MARGIN + len(label) * SMALL * LEADING + 4 + max(width(text, SMALL) for text in texts) + 7
    wide = WIDTH - MARGIN - left
    spots = [(wide * (0.015 + 0.985 * sign.x / right), HEIGHT * (0.03 + 0.97 * sign.y / ceiling)) for sign in signs]
    groups, places, numbered = _labels(signs, spots, wide)

    title = f"{outcome_title(response.outcome)}: effects of the factors (Morris)"
    caption = caption_lines(_caption(response, signs, lost, len(groups) < len(signs)))
    columns = 3 if all(width(sign.name, SMALL) + 24 < (WIDTH - 2 * MARGIN) / 3 for sign in signs) else 2
    per_column = -(-len(signs) // columns)
    listed = per_column * SMALL * LEADING + 10 if numbered else 0.0
    key = SMALL * LEADING + 8
    top, foot = head_height(title) + key, 2 * SMALL * LEADING + 12
    page = Page(top + HEIGHT + foot + listed + caption_height(caption))
    page.head(title, caption)
    _draw_key(page, left, head_height(title) + key / 2 - 3, {sign.direction for sign in signs})
    axes = page.axes(left, top, wide, HEIGHT, "morris")
    axes.set(xlim=(-0.015 / 0.985 * right, right), ylim=(-0.03 / 0.97 * ceiling, ceiling))
    axes.set_xticks(*fitting_ticks(0, right, wide))
    axes.set_yticks(ticks, texts)
    _draw_signs(axes, signs, right, ceiling)
    write_up(page, MARGIN, top + HEIGHT / 2, label)
    under = top + HEIGHT + SMALL * LEADING + 6
    page.write(left + wide / 2, under, [f"mu*: mean size of the effect {unit}".rstrip()], ha="center")
    for place in places:
        _write_label(page, left, top, place)
    if numbered:
        room = (WIDTH - 2 * MARGIN) / columns
        for number, sign in enumerate(signs):
            x, y = MARGIN + number // per_column * room, top + HEIGHT + foot + 4 + number % per_column * SMALL * LEADING
            page.write(x + 14, y, [str(number + 1)], ha="right", weight="bold")
            page.write(x + 19, y, shortened(sign.name, room - 26, SMALL, 1))
    return page.figure


def _labels(
    signs: Sequence[Sign], spots: Sequence[tuple[float, float]], wide: float
) -> tuple[list[list[int]], list[Place], bool]:
    """Which signs share a label, where the labels stand, and whether they are numbers: names where all have room."""
    for apart in APART:
        groups = clusters(spots, apart)
        for numbered in (False, True) if len(signs) <= MOST_NAMED else (True,):
            labels = [
                (spots[group[0]], _numbers(group) if numbered else tuple(signs[place].name for place in group))
                for group in groups
            ]
            places = label_places(spots, labels, wide, HEIGHT)
            if places is not None:
                return groups, places, numbered
    return [], [], True


def _numbers(group: Sequence[int]) -> tuple[str, ...]:
    """Numbers of signs that share a label, four to a line."""
    numbers = [str(number + 1) for number in group]
    return tuple(", ".join(numbers[start : start + 4]) for start in range(0, len(numbers), 4))


def _draw_signs(axes: Axes, signs: Sequence[Sign], right: float, ceiling: float) -> None:
    far = min(right, ceiling)
    axes.plot([0, far], [0, far], color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1, label="sigma = mu*")
    if luck := max(sign.luck for sign in signs):
        axes.axvspan(0, min(luck, right), color="#EEEEEE", linewidth=0, zorder=0, label="luck")
    for sign in signs:
        shape, colour = SIGNS[sign.direction]
        axes.plot([sign.low, sign.high], [sign.y, sign.y], color=FAINT, linewidth=1.0, zorder=2, label="interval")
        axes.plot(sign.x, sign.y, shape, markersize=6, color=colour, markeredgecolor="white", markeredgewidth=0.6,
                  zorder=3, label=sign.name, clip_on=False)  # fmt: skip


def _write_label(page: Page, left: float, top: float, place: Place) -> None:
    """A name beside its sign, with a thin line to it where it stands further off."""
    bottom = top + HEIGHT
    if place.leads:
        ends = [(left + x, bottom - y) for x, y in (place.spot, place.nearest)]
        page.sheet.plot(*zip(*ends, strict=True), color=MUTED, linewidth=0.5)
    halo = [withStroke(linewidth=2.0, foreground="white")]
    x, y = left + place.box[0], bottom - place.box[3]
    for line in place.lines:
        page.sheet.text(x, y + 0.98 * SMALL, line, size=SMALL, va="baseline", path_effects=halo, label="label")
        y += SMALL * LEADING


def _draw_key(page: Page, left: float, middle: float, directions: set[str]) -> None:
    x = left
    entries = {"raises": "raises the outcome", "lowers": "lowers it", "both ways": "raises or lowers it"}
    for direction, words in entries.items():
        if direction not in directions:
            continue
        shape, colour = SIGNS[direction]
        page.sheet.plot(x + 4, middle, shape, markersize=6, color=colour, markeredgecolor="white", markeredgewidth=0.6)
        page.write(x + 12, middle, [words], middle=True)
        x += 12 + width(words, SMALL) + 14
    page.sheet.plot([x, x + 16], [middle, middle], color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
    page.write(x + 21, middle, ["sigma = mu*"], middle=True)


def _caption(response: Response, signs: Sequence[Sign], lost: int, shared: bool) -> list[str]:
    said = [design_sentence(response)]
    if all(sign.x == 0 for sign in signs):
        said.append("The outcome is the same everywhere: no factor has an effect.")
    else:
        said.append(
            "Effects are those of a factor's whole range. The further right, the more a factor matters; the higher, "
            "the more its effect depends on the other factors, or on where in its range it is. Above the dashed line "
            "this outweighs the effect itself. Grey lines: 95 % interval of mu*."
        )
    if any(sign.luck for sign in signs):
        said.append("Grey area: as far right as luck alone would put a factor without any effect.")
    if any(sign.direction == "both ways" for sign in signs):
        said.append("Raises or lowers: the signed mean is at most half of mu*.")
    if shared:
        said.append("Signs close to each other share a label.")
    if lost:
        said.append(f"Left out, since they could not be estimated: {lost}.")
    return said
