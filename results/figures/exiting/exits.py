"""How to leave: every plan by what the rest costs and what it comes to, and what each element is worth by itself."""

from math import isfinite
from pathlib import Path

from matplotlib.figure import Figure

from results.exiting.changes_told import is_better, is_worse
from results.exiting.elements import Element
from results.exiting.exits import Found
from results.exiting.plans import Plan, Shape
from results.exiting.telling import element_told
from results.figures.kit.axis_ticks import fitting_ticks
from results.figures.kit.fonts import width, wrapped
from results.figures.kit.page import LEADING, MARGIN, Page, caption_height, caption_lines, head_height, save
from results.figures.kit.response_labels import outcome_words
from results.figures.kit.style import COLOURS, DARK, FAINT, MUTED, SMALL, WIDTH, house_style
from results.words.currency import shown_currency
from results.words.numbers import scaled
from simulation.outcomes import outcome_named

SHAPES: dict[Shape, str] = {"full": "o", "reduced": "s", "steps": "^"}
SHAPE_WORDS: dict[Shape, str] = {
    "full": "in full to the end", "reduced": "reduced work plan", "steps": "down in equal steps",
}  # fmt: skip
LEFT_WORDS = ("nothing left", "capstone", "handover", "capstone and handover")
LEFT_COLOURS = (FAINT, COLOURS[3], COLOURS[2], COLOURS[1])
HIGH = 250.0
ROW, COST_ROOM, NAMES_ROOM = 20.0, 110.0, 206.0


def draw_exits(found: Found, folder: Path) -> list[Path]:
    """Draw `exits` and `elements`, as SVG and PNG.

    Args:
        found: the best plans, and what each element is worth.
        folder: where the files go; made if need be.
    """
    files = save([plans_figure(found)], folder, "exits")
    return [*files, *save([elements_figure(found)], folder, "elements")] if found.elements else files


def _left(plan: Plan) -> int:
    return int(plan.capstone) + 2 * int(plan.handover)


def plans_figure(found: Found) -> Figure:
    """A dot for each plan that was tried: what the rest costs against the outcome that decides."""
    exits = found.exits
    asked, outcome = exits.question, exits.question.outcomes[0]
    scale = outcome_named(outcome).scale
    with house_style():
        title = f"Ways to leave {asked.scenario.title}: what they cost, and what survives"
        caption = caption_lines(
            [
                f"Each sign is one plan; {asked.replicates:,} networks each, all with the same luck.",
                "Ring: the best plan, as it was in this first trial. Cross: as planned. Right of the dashed line: more "
                "than may be spent.",
            ]
        )
        top = head_height(title) + 52
        page = Page(top + HIGH + 40 + caption_height(caption))
        page.head(title, caption)
        _key(page, head_height(title) + 4)
        page.write(MARGIN, top - 12, [outcome_words(outcome)], color=MUTED)
        wide = WIDTH - 2 * MARGIN - 40
        axes = page.axes(MARGIN + 34, top + 6, wide, HIGH, "plans")
        across, up = [], []
        for one in exits.tried:
            x, y = one.cost / 1000, scaled(one.mean(outcome), scale)
            if not (isfinite(x) and isfinite(y)):
                continue
            across.append(x)
            up.append(y)
            colour = LEFT_COLOURS[_left(one.plan)]
            axes.plot(x, y, SHAPES[one.plan.shape], color=colour, markersize=5.5, markeredgewidth=0, zorder=3)
            if one.plan.number == 0:
                axes.plot(x, y, "x", color=DARK, markersize=9, markeredgewidth=1.6, zorder=6)
        best = exits.winner.searched
        axes.plot(best.cost / 1000, scaled(best.mean(outcome), scale), "o", markersize=12, color="none",
                  markeredgecolor=DARK, markeredgewidth=1.4, zorder=5)  # fmt: skip
        limit = (exits.tried[0].cost if asked.budget is None else asked.budget) / 1000
        low, high = _ends(across)
        if low < limit < high:
            axes.axvline(limit, color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.set_xlim(low, high)
        axes.set_xticks(*fitting_ticks(low, high, wide))
        low, high = _ends(up)
        axes.set_ylim(low, high)
        axes.set_yticks(*fitting_ticks(low, high, HIGH))
        said = f"cost after month {asked.month} (thousand {shown_currency()})"
        page.write(MARGIN + 34 + wide / 2, top + HIGH + 24, [said], ha="center")
        return page.figure


def _key(page: Page, top: float) -> None:
    x = MARGIN
    for shape, words in SHAPE_WORDS.items():
        page.sheet.plot(x + 4, top + 6, SHAPES[shape], markersize=6, color=MUTED, markeredgewidth=0)
        page.write(x + 12, top + 6, [words], middle=True)
        x += 12 + width(words, SMALL) + 14
    x = MARGIN
    for words, colour in zip(LEFT_WORDS, LEFT_COLOURS, strict=True):
        page.sheet.plot(x + 4, top + 20, "o", markersize=6, color=colour, markeredgewidth=0)
        page.write(x + 12, top + 20, [words], middle=True)
        x += 12 + width(words, SMALL) + 14


def _ends(values: list[float]) -> tuple[float, float]:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    air = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    return low - air, high + air


def elements_figure(found: Found) -> Figure:
    """A row for each element: what it changes with its interval, and beside it what it costs."""
    asked, shown = found.exits.question, found.elements
    outcome = asked.outcomes[0]
    with house_style():
        title = "What each element changes by itself"
        caption = caption_lines(
            [
                "Averages over all plans that differ in nothing else, network by network with the same luck, with 95 % "
                "intervals that hold for all rows at once. In colour: each by itself at least very probably better "
                "(blue) or worse (orange), as the words have it; of costs, less or more. Grey: not so sure.",
                f"{asked.replicates:,} networks of each plan.",
            ]
        )
        top, high = head_height(title) + 4, ROW * len(shown)
        wide = WIDTH - 2 * MARGIN - NAMES_ROOM - COST_ROOM - 24
        words = wrapped(f"change of {outcome_words(outcome)}", wide, SMALL)
        page = Page(top + high + 24 + len(words) * SMALL * LEADING + caption_height(caption))
        page.head(title, caption)
        left = MARGIN + NAMES_ROOM
        right = left + wide + 24
        for row, one in enumerate(shown):
            lines = wrapped(element_told(one), NAMES_ROOM - 8, SMALL)
            page.write(MARGIN, top + ROW * (row + 0.5), lines, middle=True)
        _panel(page, shown, "change", left, top, wide, high, outcome_named(outcome).scale)
        _panel(page, shown, "cost", right, top, COST_ROOM - 8, high, "usd")
        page.write(left + wide / 2, top + high + 18, words, ha="center")
        page.write(right + COST_ROOM / 2, top + high + 18, [f"cost (thousand {shown_currency()})"], ha="center")
        return page.figure


def _panel(
    page: Page, shown: tuple[Element, ...], label: str, left: float, top: float, wide: float, high: float, scale: str
) -> None:
    axes = page.axes(left, top, wide, high, label)
    ends = [0.0]
    for row, one in enumerate(shown):
        apart = one.differences[0] if label == "change" else one.cost
        values = [scaled(value, scale) for value in (apart.mean, apart.low, apart.high)]  # type: ignore[arg-type]
        ends += [value for value in values if isfinite(value)]
        colour = COLOURS[2] if is_better(apart) else COLOURS[1] if is_worse(apart) else MUTED
        axes.plot(values[1:], [row + 0.5] * 2, color=colour, linewidth=1.4, zorder=2)
        axes.plot(values[0], row + 0.5, "o", color=colour, markersize=4.5, zorder=3)
    low, up = _ends(ends)
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    axes.set(xlim=(low, up), ylim=(len(shown), 0), yticks=[])
    axes.set_xticks(*fitting_ticks(low, up, wide))
    axes.spines["left"].set_visible(False)
