"""What robustness costs on average: every plan of the search by its mean and by how robust it is."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.figures.kit.axis_ticks import fitting_ticks, round_ticks, tick_texts
from results.figures.kit.page import MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.response_labels import outcome_words
from results.figures.kit.style import DARK, FAINT, MUTED, WIDTH, house_style
from results.figures.optimising.robust_kinds import KindSigns, key_height, signs_of, write_key
from results.figures.optimising.robust_paths import robust_paths_figure
from results.robust_search.asked import Objective
from results.robust_search.final import RobustFinalist, RobustOptimum
from results.robust_search.judging import score
from results.robust_search.plans import TriedPlan
from results.robust_search.score_words import as_shown, is_more_better, objective_words, scale_shown
from results.robust_search.sureness import Score
from results.words.numbers import scaled

HIGH = 250.0


def draw_robust(found: RobustOptimum, folder: Path) -> list[Path]:
    """Draw a robust search: `robust-paths`, and `robust-mean`, as SVG and PNG.

    Args:
        found: the plans.
        folder: where the files go; made if need be.
    """
    return [
        *save([robust_paths_figure(found)], folder, "robust-paths"),
        *save([robust_mean_figure(found)], folder, "robust-mean"),
    ]


def robust_mean_figure(found: RobustOptimum) -> Figure:
    """Plans of the search by mean and robustness; those of the final in fresh futures, with intervals."""
    asked = found.question
    first = asked.objectives[0]
    mean = Objective("mean", first.outcome or asked.outcomes[0])
    other = Objective("worst-tenth", mean.outcome) if first == mean else first
    signs = signs_of(found)
    extra = [("D", "the most robust plan"), ("s", "as planned")]
    with house_style():
        title = "How robust plans are, and how good on average"
        caption = caption_lines(
            [
                "Further up is more robust, further right better on average. Small marks: plans of the search that "
                "keep the budget, in the futures of the search; grey rings: those that cost more. Large marks with "
                "crosses: the final in fresh futures, with 95 % intervals over futures."
            ]
        )
        top = head_height(title) + 4
        first_row = top + key_height(signs, [words for _, words in extra]) + 20
        page = Page(first_row + HIGH + 40 + caption_height(caption))
        page.head(title, caption)
        write_key(page, top, found, signs, extra)
        unit = {"share": " (% of futures)"}.get(scale_shown(other), "") if other.criterion == "satisficing" else ""
        page.write(MARGIN, first_row - 16, [f"{objective_words(other)}{unit}"], color=MUTED)
        wide = WIDTH - 2 * MARGIN - 40
        axes = page.axes(MARGIN + 34, first_row, wide, HIGH, "robust")
        spots = _searched(axes, found, signs, mean, other)
        spots += _finalists(axes, found, signs, mean, other)
        _span(axes, spots, wide)
        if not is_more_better(other):
            axes.invert_yaxis()
        if not is_more_better(mean):
            axes.invert_xaxis()
        words = f"{outcome_words(mean.outcome)}, average over futures"
        page.write(MARGIN + 34 + wide / 2, first_row + HIGH + 20, [words], ha="center")
        return page.figure


def _shown(objective: Objective, one: Score) -> Score:
    """A score in the unit in which it is drawn."""
    scale = scale_shown(objective)
    there = as_shown(objective, one)
    return Score(scaled(there.value, scale), scaled(there.low, scale), scaled(there.high, scale))


def _searched(
    axes: Axes, found: RobustOptimum, signs: KindSigns, mean: Objective, other: Objective
) -> list[tuple[float, float]]:
    asked, known = found.question, found.searched.known

    def spot(plan: TriedPlan) -> tuple[float, float]:
        x, y = (_shown(one, Score(score(asked, plan, one, known))).value for one in (mean, other))
        return x, y

    spots = []
    for plan in found.searched.plans:
        x, y = spot(plan)
        if not (isfinite(x) and isfinite(y)):
            continue
        spots.append((x, y))
        if plan.keeps(asked.budget):
            axes.plot(
                x, y, markersize=3.2, markeredgewidth=0, alpha=0.75, zorder=3, **signs.of(found.kinds.of(plan.values))
            )
        else:
            axes.plot(x, y, "o", color="none", markeredgecolor=FAINT, markersize=3.5, zorder=2)
    return spots


def _finalists(
    axes: Axes, found: RobustOptimum, signs: KindSigns, mean: Objective, other: Objective
) -> list[tuple[float, float]]:
    spots = []
    for one in found.shown:
        across, up = (_shown(objective, found.score(one, objective)) for objective in (mean, other))
        sign = signs.of(one.kind)
        if isfinite(across.low):
            axes.plot([across.low, across.high], [up.value] * 2, color=sign["color"], linewidth=0.8, zorder=4)
        if isfinite(up.low):
            axes.plot([across.value] * 2, [up.low, up.high], color=sign["color"], linewidth=0.8, zorder=4)
        axes.plot(across.value, up.value, markersize=6, zorder=5, **sign)
        spots += [(across.value, up.value)]
        if one.number in (found.winner.number, 0):
            _outline(axes, found, one, across.value, up.value)
    return spots


def _outline(axes: Axes, found: RobustOptimum, one: RobustFinalist, x: float, y: float) -> None:
    mark, size = ("D", 11) if one.number == found.winner.number else ("s", 10)
    axes.plot(x, y, mark, color=DARK, fillstyle="none", markersize=size, zorder=7)


def _span(axes: Axes, spots: Sequence[tuple[float, float]], wide: float) -> None:
    """Axes from the least to the greatest spot, with air; intervals may run out of them."""
    for values, across in (([x for x, _ in spots], True), ([y for _, y in spots], False)):
        low, high = min(values), max(values)
        air = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
        low, high = low - air, high + air
        if across:
            axes.set_xlim(low, high)
            axes.set_xticks(*fitting_ticks(low, high, wide))
        else:
            axes.set_ylim(low, high)
            ticks = round_ticks(low, high, 6)
            axes.set_yticks(ticks, tick_texts(ticks))
